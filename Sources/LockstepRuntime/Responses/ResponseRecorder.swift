/// Is told of every response of a service that validates its responses.
public protocol ResponseRecorder: Sendable {
    /// A response was given. `violations` are its differences from the document; none is the rule.
    func record(_ observation: ResponseObservation)
}

/// One response, held against the document.
public struct ResponseObservation: Sendable {
    /// The operation.
    public let route: Route
    /// The status that was answered.
    public let status: HTTPStatus
    /// How the response differs from the document.
    public let violations: [ResponseViolation]
}

/// A difference between a response and the document.
public struct ResponseViolation: Sendable, Equatable, CustomStringConvertible {
    /// What kind of difference.
    public enum Kind: String, Sendable {
        /// The operation does not declare the status.
        case undocumentedStatus
        /// The declared response has no such media type, or has content where none is declared.
        case mediaType
        /// The content does not match its schema.
        case content
        /// A declared header field is missing or does not match its schema.
        case header
    }

    /// What kind of difference.
    public let kind: Kind
    /// What exactly, without any of the response's content.
    public let message: String

    /// Kind and message.
    public var description: String { "\(kind.rawValue): \(message)" }
}
