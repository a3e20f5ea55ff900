import LockstepDocument
import LockstepEmit

/// The command that the build plugin runs.
enum GenerateCommand {
    /// What the plugin passes.
    private struct Arguments {
        var folder: String?
        var output: String?
        var shards: Int?
        var inputs: [String] = []

        init?(_ words: [String]) {
            var rest = words[...]
            while let option = rest.popFirst() {
                guard let value = rest.popFirst() else { return nil }
                switch option {
                case "--folder": folder = value
                case "--output": output = value
                case "--shards": shards = Int(value)
                case "--input": inputs.append(value)
                default: return nil
                }
            }
        }
    }

    /// Runs with the arguments after the program's name; the answer is the exit code.
    static func run(_ words: [String]) -> Int32 {
        guard let arguments = Arguments(words), let folder = arguments.folder, let output = arguments.output else {
            Console.printError("error: lockstep-generate --folder DIR --output DIR [--shards N] --input FILE...")
            return 2
        }
        let project = Project.find(in: folder)
        report(project.2, folder)
        guard let document = project.document, !project.2.contains(where: { $0.severity == .error }) else { return 1 }
        if let expected = arguments.shards, let wanted = project.configuration.shards, wanted != expected {
            Console.printError(
                "\(folder)/\(Configuration.fileName):1:1: error: the build still expects \(expected) shards"
                    + " (touch Package.swift, so that SwiftPM asks the plugin again)")
            return 1
        }
        let shards =
            arguments.shards ?? project.configuration.shards
            ?? Generator.shards(forBytes: arguments.inputs.reduce(0) { $0 + FilePath.size(of: $1) })
        let progress = project.configuration.isVerbose ? Progress() : nil
        let pipeline = Pipeline(
            document: document, declared: arguments.inputs, selection: project.configuration.selection,
            progress: progress)
        let outcome = pipeline.generate(
            GeneratorOptions(layout: .shards(shards), receiving: project.configuration.receiving))
        report(outcome.diagnostics, pipeline.folder)
        guard !outcome.hasErrors else { return 1 }
        do {
            progress?.begin(.write)
            let written = try OutputFolder(output).write(outcome.files)
            progress?.finish(outcome, written: written.count)
            return 0
        } catch {
            Console.printError("error: cannot write to \(output): \(error)")
            return 1
        }
    }

    private static func report(_ diagnostics: [Diagnostic], _ folder: String) {
        for diagnostic in diagnostics {
            Console.printError(diagnostic.rendered(relativeTo: folder))
        }
    }
}
