/// A value of a request or its response, as callbacks and links name it: `$request.body#/callbackUrl`.
public enum RuntimeExpression: Sendable, Hashable {
    /// The URL of the request.
    case url
    /// The method of the request.
    case method
    /// The status of the response.
    case statusCode
    /// A part of the request.
    case request(Source)
    /// A part of the response.
    case response(Source)

    /// A part of a message.
    public enum Source: Sendable, Hashable {
        /// A header field.
        case header(String)
        /// A parameter of the query.
        case query(String)
        /// A parameter of the path.
        case path(String)
        /// The content, or what a JSON Pointer finds in it; an empty pointer is the whole.
        case body(pointer: String)
    }

    /// Why a text is no runtime expression.
    public struct Fault: Error, Sendable, Equatable {
        /// What is wrong, as a sentence that begins with the expression.
        public let message: String
        /// What may be meant.
        public let hint: String?
    }

    /// Reads `$request.query.page`, without braces.
    public init(_ text: String) throws(Fault) {
        switch text {
        case "$url": self = .url
        case "$method": self = .method
        case "$statusCode": self = .statusCode
        default:
            if text.hasPrefix("$request.") {
                self = .request(try Self.source(text.dropFirst("$request.".count), of: text))
            } else if text.hasPrefix("$response.") {
                self = .response(try Self.source(text.dropFirst("$response.".count), of: text))
            } else {
                throw Fault(
                    message: "'\(text)' is not a runtime expression",
                    hint: "one of $url, $method, $statusCode, $request.… and $response.…")
            }
        }
    }

    private static func source(_ text: Substring, of whole: String) throws(Fault) -> Source {
        if text == "body" { return .body(pointer: "") }
        if text.hasPrefix("body#") {
            let pointer = String(text.dropFirst("body#".count))
            guard JSONPointer.parse(pointer) != nil else {
                throw Fault(
                    message: "'\(whole)' does not end with a JSON Pointer", hint: "such as $request.body#/callbackUrl")
            }
            return .body(pointer: pointer)
        }
        let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("header", 2): return .header(parts[1])
        case ("query", 2): return .query(parts[1])
        case ("path", 2): return .path(parts[1])
        default:
            throw Fault(
                message: "'\(whole)' names no part of a message",
                hint: "header.NAME, query.NAME, path.NAME, body or body#/POINTER")
        }
    }
}

/// A text with runtime expressions in braces: `{$request.query.callbackUrl}/data`.
public struct ExpressionTemplate: Sendable, Hashable {
    /// A piece of the text.
    public enum Piece: Sendable, Hashable {
        /// Text as it is.
        case text(String)
        /// What stands in its place at run time.
        case expression(RuntimeExpression)
    }

    /// The pieces in order.
    public var pieces: [Piece]

    /// Reads a text with expressions in braces, or one that is an expression itself.
    public init(_ text: String) throws(RuntimeExpression.Fault) {
        if text.hasPrefix("$") {
            pieces = [.expression(try RuntimeExpression(text))]
            return
        }
        pieces = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw RuntimeExpression.Fault(message: "a brace of '\(text)' is not closed", hint: nil)
            }
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            pieces.append(.expression(try RuntimeExpression(String(rest[rest.index(after: open)..<close]))))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
    }
}
