import LockstepDocument
import LockstepEmit

/// `lockstep bundle`
enum BundleCommand {
    static let command = Command(
        name: "bundle", summary: "print a document and all files that it refers to as one",
        options: [
            Option("--format", value: .words(["json", "yaml"]), summary: "json or yaml"),
            Option("--output", "-o", value: .file, summary: "write to a file"),
        ] + SelectionOptions.options, help: help, run: run)

    private static let help = """
        usage: lockstep bundle DOCUMENT [--format json|yaml] [--output FILE] [--tags NAMES] [--paths PATHS]
                              [--operations IDS] [-v]

        Prints a document with all files that it refers to as one OpenAPI 3.1 document that needs no other file.

          --format FORMAT      json or yaml (default: yaml)
          -o, --output FILE    write to a file
        \(SelectionOptions.help)
          -v, --verbose        say on the standard error what takes how long

        examples: lockstep bundle spec/openapi.yaml --format json > openapi.json
                  lockstep bundle spec/openapi.yaml --tags Payments --output payments.yaml

        \(Command.exitCodes)
        """

    private static func run(_ arguments: Arguments) -> Int32 {
        let format = arguments["--format"] ?? "yaml"
        guard ["json", "yaml"].contains(format) else {
            Console.printError("lockstep: '--format' takes json or yaml, not '\(format)'")
            return ExitCode.usage
        }
        let progress = arguments.progress
        let pipeline = Pipeline(
            document: arguments.document, selection: SelectionOptions.selection(arguments), progress: progress)
        let outcome = pipeline.read()
        progress?.finish(outcome)
        Findings.report(outcome.diagnostics, folder: pipeline.folder)
        guard let bundle = outcome.bundle, !outcome.hasErrors else { return ExitCode.failure }
        let text = format == "json" ? bundle.json(indented: true) : bundle.yaml()
        let whole = text.hasSuffix("\n") ? text : text + "\n"
        guard let output = arguments["--output"] else {
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
