/// Words that generated names must not be, or must be escaped for.
enum ReservedWords {
    /// Keywords that need backticks as a member or label.
    static let keywords: Set<String> = [
        "actor", "Any", "any", "as", "associatedtype", "async", "await", "break", "case", "catch", "class", "continue",
        "default",
        "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func",
        "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup",
        "private", "protocol", "public", "repeat", "rethrows", "return", "self", "Self", "some", "static", "struct",
        "subscript", "super", "switch", "throw", "throws", "true", "try", "Type", "typealias", "var", "where", "while",
    ]

    /// A type name as it is, or with `Model` behind where Swift or the runtime gives the name a meaning already.
    static func escapedType(_ name: String) -> String {
        swiftTypes.contains(name) || runtimeTypes.contains(name) || generatedTypes.contains(name)
            ? name + "Model" : name
    }

    /// Names of the language and the standard library that generated code or its readers rely on.
    private static let swiftTypes: Set<String> = [
        "Any", "AnyObject", "Array", "ArraySlice", "AsyncSequence", "Bool", "Character", "Clock", "Codable",
        "Collection",
        "Comparable", "Decodable", "Dictionary", "Double", "Duration", "Encodable", "Equatable", "Error", "Float",
        "Hashable", "Identifiable", "Instant", "Int", "Int128", "Int16", "Int32", "Int64", "Int8", "Never", "Optional",
        "Protocol", "Range", "RawRepresentable", "Result", "Self", "Sendable", "Sequence", "Set", "StaticString",
        "String",
        "Substring", "Swift", "Task", "Type", "UInt", "UInt16", "UInt32", "UInt64", "UInt8", "Unicode", "Void", "Data",
        "Date", "URL",
    ]

    /// Public types of the modules that `import LockstepRuntime` brings in. A test compares this list with the sources.
    static let runtimeTypes: Set<String> = [
        "APIKeyCredential", "APIService", "AcceptHeader", "Admission", "ArrivingFile", "AuthenticationError",
        "Authenticator",
        "Base64", "BasePath", "BasicCredential", "BearerCredential", "BodyDefinition", "BodySource", "Boxed",
        "BoxedOptional",
        "BufferedBodySource", "CalendarDate", "ClientCertificate", "ClosureResponder", "ContentDefinition", "Decimal",
        "DecimalString",
        "DeprecatedOperation", "Endpoint", "EntityTag", "EntityTagCondition", "FilePart", "FileSequence",
        "HTTPCredential",
        "HTTPFields", "HTTPMethod",
        "HTTPStatus", "ItemSequence",
        "JSONCoded", "JSONDocument", "JSONElements", "JSONKind", "JSONLimits", "JSONMember", "JSONMembers",
        "JSONNode", "JSONParseError", "JSONTapeBuilder", "JSONValue", "JSONWriteError", "JSONWriter", "LogField",
        "LogLevel", "LogRecord", "LogSink", "LogThreshold", "LogValue", "Logger", "ManualTime", "MediaType",
        "CallbackURLWriter", "ExpressionError", "ExpressionText", "LinkWriter", "MessageSender", "MessageWriter",
        "Middleware",
        "MonotonicTime", "MultipartPart", "MultipartReader", "ParameterDefinition", "ParameterType", "Presence",
        "NetworkAddress", "OutgoingError", "OutgoingPolicy", "OutgoingRequest", "OutgoingResponse", "OutgoingTransport",
        "OutgoingURL", "Principal", "Problem", "ProblemCode", "ProblemConvertible", "ProblemRenderer",
        "ProgramTextError", "RawValues",
        "ReceivedResponse", "Request", "RequestBody", "RequestContext", "Responder", "Response", "ResponseDefinition",
        "ResponseObservation", "ResponseRecorder", "ResponseViolation", "ResponseWriter", "Route", "RouteTable",
        "RouteTableError", "Router", "ScalarKind", "SchemaCompileError", "SchemaCompiler", "SchemaDiagnostic",
        "SecurityRequirement", "SecurityScheme", "ServerSentEvent", "ServiceConfigurationError", "Shape",
        "ShapeAlternative",
        "ShapeProperty", "StringEnumeration", "SystemTime", "TimeSource", "Timestamp", "TraceContext", "UUID",
        "UndocumentedResponse",
        "ValidElements",
        "ValidJSON", "ValidMembers", "ValidParameters",
        "ValidPart", "ValidRequest", "ValidationFailure", "ValidationResult",
        "ValidatorEntry", "ValidatorProgram",
    ]

    /// Names that every generated module declares, at its top or inside each operation.
    static let generatedTypes: Set<String> = ["Contract", "SecurityAPI", Sharing.namespace, "Input", "Output"]
}
