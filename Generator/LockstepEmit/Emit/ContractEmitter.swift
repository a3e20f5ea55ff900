import LockstepDocument

/// Writes the tables that the runtime reads: routes, validators, and the document itself.
///
/// The texts stand in the bodies of computed properties: the compiler leaves bodies out of what other files depend on, so an
/// edited description recompiles this file and no other.
struct ContractEmitter {
    let routes: String
    /// The messages; empty where there are none.
    let messages: String
    let validators: String
    let bundle: Bundle

    func emit() -> SourceText {
        """
        /// The document as the runtime reads it.
        public enum Contract {
            /// The operations, in document order.
            public static let routes: RouteTable = RouteTable(embedded: routeTable, validators: validators)

            \(messageRoutes)

            /// What checks parameters and bodies: an entry for each schema and each operation.
            public static let validators: ValidatorProgram = ValidatorProgram(embedded: validatorProgram)

            /// The whole document in one file, as JSON.
            public static var documentJSON: StaticString {
                \(SwiftLiteral.rawBlock(bundle.json()))
            }

            /// The whole document in one file, as YAML.
            public static var documentYAML: StaticString {
                \(SwiftLiteral.rawBlock(bundle.yaml()))
            }

            private static var routeTable: StaticString {
                \(SwiftLiteral.rawBlock(routes))
            }

            \(messageTable)

            private static var validatorProgram: StaticString {
                \(SwiftLiteral.rawBlock(validators))
            }
        }
        """
    }

    private var messageRoutes: SourceText {
        guard !messages.isEmpty else { return "" }
        return """
            /// What the server sends by itself: webhooks and callbacks.
            public static let messages: RouteTable = RouteTable(embedded: messageTable, validators: validators)
            """
    }

    private var messageTable: SourceText {
        guard !messages.isEmpty else { return "" }
        return """
            private static var messageTable: StaticString {
                \(SwiftLiteral.rawBlock(messages))
            }
            """
    }
}
