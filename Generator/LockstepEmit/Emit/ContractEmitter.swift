import LockstepDocument

/// Writes the tables that the runtime reads: routes, validators, and the document itself.
///
/// The texts stand in the bodies of computed properties: the compiler leaves bodies out of what other files depend on, so an
/// edited description recompiles this file and no other.
struct ContractEmitter {
    let routes: String
    let validators: String
    let bundle: Bundle

    func emit() -> SourceText {
        """
        /// The document as the runtime reads it.
        public enum Contract {
            /// The operations, in document order.
            public static let routes: RouteTable = RouteTable(embedded: routeTable, validators: validators)

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

            private static var validatorProgram: StaticString {
                \(SwiftLiteral.rawBlock(validators))
            }
        }
        """
    }
}
