/// A request method (RFC 9110 §9). Methods are case-sensitive; any token is allowed.
public struct HTTPMethod: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The method as it appears in the request line.
    public let rawValue: String

    /// A method with this exact name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A method with this exact name.
    public init(_ name: String) {
        rawValue = name
    }

    /// The method as it appears in the request line.
    public var description: String { rawValue }
}

extension HTTPMethod {
    /// `GET`
    public static var get: HTTPMethod { HTTPMethod("GET") }
    /// `HEAD`
    public static var head: HTTPMethod { HTTPMethod("HEAD") }
    /// `POST`
    public static var post: HTTPMethod { HTTPMethod("POST") }
    /// `PUT`
    public static var put: HTTPMethod { HTTPMethod("PUT") }
    /// `PATCH`
    public static var patch: HTTPMethod { HTTPMethod("PATCH") }
    /// `DELETE`
    public static var delete: HTTPMethod { HTTPMethod("DELETE") }
    /// `OPTIONS`
    public static var options: HTTPMethod { HTTPMethod("OPTIONS") }
    /// `TRACE`
    public static var trace: HTTPMethod { HTTPMethod("TRACE") }
    /// `CONNECT`
    public static var connect: HTTPMethod { HTTPMethod("CONNECT") }
    /// `QUERY` (OpenAPI 3.2)
    public static var query: HTTPMethod { HTTPMethod("QUERY") }

    /// The name for a metrics label: one of the registered methods, else `_OTHER`, so that labels stay bounded.
    public var metricsLabel: String {
        switch rawValue {
        case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY": rawValue
        default: "_OTHER"
        }
    }
}
