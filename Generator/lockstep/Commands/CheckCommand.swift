import LockstepDocument
import LockstepEmit

/// `lockstep check`
enum CheckCommand {
    static let command = Command(
        name: "check", summary: "report everything that is wrong with a document",
        options: [Option("--strict", summary: "warnings count as errors")], help: help, run: run)

    private static let help = """
        usage: lockstep check DOCUMENT [--strict] [-v]

        Reads a document and all files that it refers to, and reports everything that is wrong, not only the first error:
        structure, references, schemas and patterns, and what cannot be generated.

          --strict        warnings count as errors
          -v, --verbose   say on the standard error what takes how long

        Findings go to the standard error as FILE:LINE:COLUMN: SEVERITY: what [#/json/pointer] (hint).

        examples: lockstep check spec/openapi.yaml
                  lockstep check --strict openapi.json || exit 1

        \(Command.exitCodes)
        """

    private static func run(_ arguments: Arguments) -> Int32 {
        let progress = arguments.progress
        let pipeline = Pipeline(document: arguments.document, progress: progress)
        let outcome = pipeline.generate()
        progress?.finish(outcome)
        Findings.report(outcome.diagnostics, folder: pipeline.folder)
        let warnings = outcome.diagnostics.filter { $0.severity == .warning }.count
        let errors = outcome.diagnostics.filter { $0.severity == .error }.count
        let operations = outcome.description?.operations.count ?? 0
        if errors == 0 {
            Console.print("\(arguments.document): \(operations) operations, \(warnings) warnings")
        } else {
            Console.print("\(arguments.document): \(errors) errors, \(warnings) warnings")
        }
        return errors > 0 || arguments["--strict"] != nil && warnings > 0 ? ExitCode.failure : ExitCode.success
    }
}
