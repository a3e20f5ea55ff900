import LockstepDocument
import LockstepEmit

/// `lockstep check`
enum CheckCommand {
    static let options = ["--strict": false]

    static let help = """
        usage: lockstep check DOCUMENT [--strict]

        Reads a document and all files that it refers to, and reports everything that is wrong, not only the first error:
        structure, references, schemas and patterns, and what cannot be generated.

          --strict   warnings count as errors

        example: lockstep check spec/openapi.yaml
        """

    static func run(_ arguments: Arguments) -> Int32 {
        let pipeline = Pipeline(document: arguments.document)
        let outcome = pipeline.generate()
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
