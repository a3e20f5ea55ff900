/// What `--help` prints.
enum Help {
    static let overview = """
        lockstep: Swift from OpenAPI documents.

        usage: lockstep COMMAND DOCUMENT [OPTIONS]

          generate   write Swift types and server code, one file a tag
          check      report everything that is wrong with a document
          bundle     print a document and all files that it refers to as one

        lockstep help COMMAND tells more about one of them.
        Exit codes: 0 done, 1 the document has errors, 2 wrong use.
        """

    static func text(for command: String?) -> String {
        switch command {
        case "generate": GenerateCommand.help
        case "check": CheckCommand.help
        case "bundle": BundleCommand.help
        default: overview
        }
    }
}
