import LockstepEmit

/// The options that take a part of a document.
enum SelectionOptions {
    static let options = [
        Option("--tags", value: .text, summary: "only operations with one of these tags"),
        Option("--paths", value: .text, summary: "only operations at these paths"),
        Option("--operations", value: .text, summary: "only operations with these operationIds"),
    ]

    static let help = """
          --tags NAMES         only operations with one of these tags, separated by commas
          --paths PATHS        only operations at these paths; '/users*' is all that begin so
          --operations IDS     only operations with these operationIds
                                 Several of the three add up. Schemas, tags and security schemes that none of these
                                 operations reaches are left out.
        """

    static func selection(_ arguments: Arguments) -> Selection {
        Selection(
            tags: Configuration.list(arguments["--tags"] ?? ""), paths: Configuration.list(arguments["--paths"] ?? ""),
            operations: Configuration.list(arguments["--operations"] ?? ""))
    }
}
