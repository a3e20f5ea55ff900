public import LockstepJSON

/// What can be called next with a response: the `link` object.
public struct Link: Sendable {
    /// The key under `links`.
    public var name: String
    /// The `Operation.id` of what is called; `nil` where it lies in a document that was not read.
    public var operationID: String?
    /// A value or runtime expression for parameters of that operation, in document order.
    public var parameters: [Argument]
    /// A value or runtime expression for its body.
    public var requestBody: JSONValue?
    /// CommonMark.
    public var description: String?
    /// Where it stands.
    public var origin: Origin

    /// Makes a link.
    public init(
        name: String, operationID: String?, parameters: [Argument] = [], requestBody: JSONValue? = nil,
        description: String? = nil, origin: Origin
    ) {
        self.name = name
        self.operationID = operationID
        self.parameters = parameters
        self.requestBody = requestBody
        self.description = description
        self.origin = origin
    }

    /// A parameter of the linked operation and what to give it.
    public struct Argument: Sendable {
        /// The name, `path.id` where the location is given too.
        public var name: String
        /// A constant, or a runtime expression as a string.
        public var value: JSONValue

        /// Makes an argument.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}
