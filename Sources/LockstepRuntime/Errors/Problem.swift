public import LockstepJSON

/// An error that the client is told about, with a private part that only the log sees.
///
/// Throw one from a handler to answer with it. Anything else that is thrown becomes a 500 that names the request id
/// and nothing more.
public struct Problem: Error, Sendable, CustomStringConvertible {
    /// The status to answer with.
    public var status: HTTPStatus
    /// The stable name that clients switch on.
    public var code: ProblemCode
    /// A sentence for people. It never repeats input.
    public var message: String
    /// More, for machines: for a validation error the list of failures.
    public var details: JSONValue?
    /// Header fields for the response, such as `Retry-After`.
    public var headers: HTTPFields
    /// What went wrong underneath, for the log only.
    public var cause: (any Error)?
    /// The failures behind `details`, where the request does not match the document.
    var issues: [ValidationIssue] = []

    /// A problem of these parts.
    public init(
        _ status: HTTPStatus, _ code: ProblemCode, _ message: String, details: JSONValue? = nil,
        headers: HTTPFields = HTTPFields(), cause: (any Error)? = nil
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.headers = headers
        self.cause = cause
    }

    /// Status and code; neither details nor cause.
    public var description: String { "\(status.code) \(code)" }
}

/// An error that knows which problem it is to a client, such as a database that is not there (503).
public protocol ProblemConvertible: Error {
    /// The public part, with `self` as its cause where that helps the log.
    var problem: Problem { get }
}

extension Problem {
    /// 401 for a request without a credential.
    public static var noToken: Problem {
        Problem(401, .unauthorized, "No token provided", headers: ["WWW-Authenticate": "Bearer"])
    }

    /// 401 for a credential that was not accepted (RFC 6750 §3.1).
    public static var invalidToken: Problem {
        Problem(
            401, .unauthorized, "Invalid token", headers: ["WWW-Authenticate": "Bearer error=\"invalid_token\""])
    }

    /// 403 for a principal without the roles or scopes of the operation.
    public static var forbidden: Problem {
        Problem(403, .forbidden, "Insufficient permissions")
    }

    /// 404
    public static var notFound: Problem {
        Problem(404, .notFound, "Not found")
    }

    /// 405 with the methods that the resource knows.
    public static func methodNotAllowed(allow: String) -> Problem {
        Problem(405, .methodNotAllowed, "Method not allowed", headers: ["Allow": allow])
    }

    /// 406: none of the media types that the operation produces is acceptable.
    public static var notAcceptable: Problem {
        Problem(406, .notAcceptable, "None of the acceptable media types can be produced")
    }

    /// 400 for a request that is not well-formed.
    public static func badRequest(_ message: String) -> Problem {
        Problem(400, .badRequest, message)
    }

    /// 413 for more content than is allowed.
    public static func contentTooLarge(limit: Int) -> Problem {
        Problem(413, .contentTooLarge, "The content is larger than \(limit) bytes")
    }

    /// 501 for an operation that has no implementation yet.
    public static var notImplemented: Problem {
        Problem(501, .notImplemented, "Not implemented")
    }

    /// 503, with the number of seconds after which to try again.
    public static func unavailable(retryAfter seconds: Int = 1, cause: (any Error)? = nil) -> Problem {
        Problem(
            503, .unavailable, "Service unavailable", headers: ["Retry-After": "\(max(0, seconds))"], cause: cause)
    }

    /// 503 when this server's deadline for the request has passed. (504 is for a handler whose own upstream is late.)
    public static var deadlineExceeded: Problem {
        Problem(503, .timeout, "The request took too long", headers: ["Retry-After": "1"])
    }
}
