/// A response status code (RFC 9110 §15).
public struct HTTPStatus: RawRepresentable, Sendable, Hashable, Comparable, ExpressibleByIntegerLiteral,
    CustomStringConvertible
{
    private let number: UInt16

    /// The three-digit code.
    public var code: Int { Int(number) }

    /// The three-digit code.
    public var rawValue: Int { Int(number) }

    /// A status with this code; codes outside 100…999 become 500, because no such response can be sent.
    public init(_ code: Int) {
        number = (100...999).contains(code) ? UInt16(code) : 500
    }

    /// A status with this code; codes outside 100…999 become 500, because no such response can be sent.
    public init(rawValue: Int) {
        self.init(rawValue)
    }

    /// A status with this code; codes outside 100…999 become 500, because no such response can be sent.
    public init(integerLiteral value: Int) {
        self.init(value)
    }

    /// Orders by code.
    public static func < (left: HTTPStatus, right: HTTPStatus) -> Bool { left.number < right.number }

    /// The code and its reason phrase: `404 Not Found`.
    public var description: String { reasonPhrase.isEmpty ? "\(code)" : "\(code) \(reasonPhrase)" }
}

extension HTTPStatus {
    /// 2xx
    public var isSuccessful: Bool { (200...299).contains(number) }
    /// 4xx
    public var isClientError: Bool { (400...499).contains(number) }
    /// 5xx
    public var isServerError: Bool { (500...599).contains(number) }
    /// 1xx, 204 and 304 never carry content (RFC 9110 §6.4.1).
    public var forbidsContent: Bool { number < 200 || number == 204 || number == 304 }

    /// The registered reason phrase, or an empty string.
    public var reasonPhrase: String {
        switch number {
        case 100...199: informationalPhrase
        case 200...299: successPhrase
        case 300...399: redirectionPhrase
        case 400...499: clientErrorPhrase
        default: serverErrorPhrase
        }
    }

    private var informationalPhrase: String {
        switch number {
        case 100: "Continue"
        case 101: "Switching Protocols"
        case 103: "Early Hints"
        default: ""
        }
    }

    private var successPhrase: String {
        switch number {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 203: "Non-Authoritative Information"
        case 204: "No Content"
        case 205: "Reset Content"
        case 206: "Partial Content"
        default: ""
        }
    }

    private var redirectionPhrase: String {
        switch number {
        case 300: "Multiple Choices"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        default: ""
        }
    }

    private var clientErrorPhrase: String {
        switch number {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 402: "Payment Required"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 407: "Proxy Authentication Required"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 423: "Locked"
        case 424: "Failed Dependency"
        case 426: "Upgrade Required"
        case 428: "Precondition Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 451: "Unavailable For Legal Reasons"
        default: ""
        }
    }

    private var serverErrorPhrase: String {
        switch number {
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        case 507: "Insufficient Storage"
        default: ""
        }
    }
}
