import LockstepDocument
import LockstepEmit

/// `lockstep generate`
enum GenerateCommand {
    static let command = Command(
        name: "generate", summary: "write Swift types and server code, one file a tag",
        options: [
            Option("--output", "-o", value: .folder, summary: "where the files go"),
            Option("--emit", value: .words(["types", "server"]), summary: "what to write"),
            Option("--receive", value: .text, summary: "receive the document's webhooks below this path"),
        ] + SelectionOptions.options, help: help, run: run)

    private static let help = """
        usage: lockstep generate DOCUMENT --output DIR [--emit server,types] [--tags NAMES] [--paths PATHS]
                                [--operations IDS] [--receive PATH] [-v]

        Writes Swift for an OpenAPI document (YAML or JSON; 3.0, 3.1 or 3.2): one file a tag, to read or to commit.
        Files whose contents would not change are not touched. For generation at each build, add the plugin
        LockstepPlugin to a target instead.

          -o, --output DIR     where the files go; made if it is not there
          --emit PARTS         what to write, separated by commas (default: server,types)
                                 types    the types of the schemas
                                 server   operations, protocols, routes, validators and the document itself
          --receive PATH       serve the document's webhooks below this path, such as /hooks; by default they are sent
        \(SelectionOptions.help)
          -v, --verbose        say which files were written, and on the standard error what takes how long

        The files need `import LockstepRuntime`, a product of this package.

        examples: lockstep generate openapi.yaml --output Sources/API/Generated
                  lockstep generate stripe.json --output Sources/Stripe --paths '/v1/customers*,/v1/charges*'

        \(Command.exitCodes)
        """

    private static func run(_ arguments: Arguments) -> Int32 {
        guard let output = arguments["--output"] else {
            Console.printError("lockstep: where to? Add '--output DIR'\n'lockstep help generate' tells more")
            return ExitCode.usage
        }
        var parts: Set<GeneratorOptions.Part> = []
        for word in (arguments["--emit"] ?? "server,types").split(separator: ",") {
            guard let part = GeneratorOptions.Part(rawValue: String(word)) else {
                Console.printError("lockstep: '--emit' takes server and types, not '\(word)'")
                return ExitCode.usage
            }
            parts.insert(part)
        }
        let receiving = arguments["--receive"]
        if let receiving, !Configuration.isPath(receiving) {
            Console.printError("lockstep: '--receive' takes a path like '/hooks', not '\(receiving)'")
            return ExitCode.usage
        }
        let progress = arguments.progress
        let pipeline = Pipeline(
            document: arguments.document, selection: SelectionOptions.selection(arguments), progress: progress)
        let outcome = pipeline.generate(GeneratorOptions(parts: parts, layout: .tags, receiving: receiving))
        Findings.report(outcome.diagnostics, folder: pipeline.folder)
        guard !outcome.hasErrors else { return ExitCode.failure }
        do {
            progress?.begin(.write)
            let written = try OutputFolder(output).write(outcome.files)
            if progress != nil { for name in written { Console.print("\(output)/\(name)") } }
            progress?.finish(outcome, written: written.count)
            return ExitCode.success
        } catch {
            Console.printError("lockstep: cannot write to \(output): \(error)")
            return ExitCode.failure
        }
    }
}
