/// The stable, machine-readable name of an error: what clients switch on.
///
/// A struct, so that an application adds codes of its own: `static let noFunds: ProblemCode = "INSUFFICIENT_FUNDS"`.
public struct ProblemCode: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name as clients see it.
    public let rawValue: String

    /// A code of this name.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// A code of this name.
    public init(stringLiteral value: String) { rawValue = value }
    /// The name as clients see it.
    public var description: String { rawValue }
}

extension ProblemCode {
    /// 400: the request does not match the document.
    public static let validation: ProblemCode = "VALIDATION_ERROR"
    /// 400: the request is not well-formed.
    public static let badRequest: ProblemCode = "BAD_REQUEST"
    /// 401
    public static let unauthorized: ProblemCode = "UNAUTHORIZED"
    /// 403
    public static let forbidden: ProblemCode = "FORBIDDEN"
    /// 404
    public static let notFound: ProblemCode = "NOT_FOUND"
    /// 405
    public static let methodNotAllowed: ProblemCode = "METHOD_NOT_ALLOWED"
    /// 406
    public static let notAcceptable: ProblemCode = "NOT_ACCEPTABLE"
    /// 408, and 503 when the server's own deadline has passed
    public static let timeout: ProblemCode = "TIMEOUT"
    /// 409
    public static let conflict: ProblemCode = "CONFLICT"
    /// 412
    public static let preconditionFailed: ProblemCode = "PRECONDITION_FAILED"
    /// 413
    public static let contentTooLarge: ProblemCode = "PAYLOAD_TOO_LARGE"
    /// 415
    public static let unsupportedMediaType: ProblemCode = "UNSUPPORTED_MEDIA_TYPE"
    /// 428
    public static let preconditionRequired: ProblemCode = "PRECONDITION_REQUIRED"
    /// 429
    public static let tooManyRequests: ProblemCode = "RATE_LIMITED"
    /// 500
    public static let `internal`: ProblemCode = "INTERNAL"
    /// 501
    public static let notImplemented: ProblemCode = "NOT_IMPLEMENTED"
    /// 503
    public static let unavailable: ProblemCode = "UNAVAILABLE"
}
