import LockstepDocument
import LockstepEmit

/// `lockstep bundle`
enum BundleCommand {
    static let options = ["--format": true, "--output": true, "-o": true].merging(
        SelectionOptions.options, uniquingKeysWith: { first, _ in first })

    static let help = """
        usage: lockstep bundle DOCUMENT [--format json|yaml] [--output FILE] [--tags NAMES] [--paths PATHS]
                              [--operations IDS]

        Prints a document with all files that it refers to as one OpenAPI 3.1 document that needs no other file.

          --format FORMAT      json or yaml (default: yaml)
          -o, --output FILE    write to a file
        \(SelectionOptions.help)

        example: lockstep bundle spec/openapi.yaml --format json > openapi.json
        """

    static func run(_ arguments: Arguments) -> Int32 {
        let format = arguments["--format"] ?? "yaml"
        guard ["json", "yaml"].contains(format) else {
            Console.printError("lockstep: '--format' takes json or yaml, not '\(format)'")
            return ExitCode.usage
        }
        let pipeline = Pipeline(
            document: arguments.document, selection: SelectionOptions.selection(arguments))
        let outcome = pipeline.read()
        Findings.report(outcome.diagnostics, folder: pipeline.folder)
        guard let bundle = outcome.bundle, !outcome.hasErrors else { return ExitCode.failure }
        let text = format == "json" ? bundle.json(indented: true) : bundle.yaml()
        let whole = text.hasSuffix("\n") ? text : text + "\n"
        guard let output = arguments["--output"] ?? arguments["-o"] else {
            Console.printText(whole)
            return ExitCode.success
        }
        do {
            let file = GeneratedFile(name: FilePath.name(of: output), contents: whole)
            _ = try OutputFolder(FilePath.folder(of: output)).write([file])
            return ExitCode.success
        } catch {
            Console.printError("lockstep: cannot write \(output): \(error)")
            return ExitCode.failure
        }
    }
}
