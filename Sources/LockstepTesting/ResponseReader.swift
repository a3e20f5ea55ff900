import LockstepRuntime

/// Reads one complete HTTP/1.1 response, strictly enough for tests.
enum ResponseReader {
    /// What is wrong with a response.
    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    static func read(_ bytes: [UInt8], isHead: Bool) throws(Malformed) -> TestResponse {
        var rest = bytes[...]
        while true {
            let (status, headers, content) = try head(rest)
            // Interim responses come before the final one.
            if status.code < 200, status.code != 101 {
                rest = content
                continue
            }
            let body = try body(content, status, headers, isHead: isHead)
            return TestResponse(status: status, headers: headers, body: body)
        }
    }

    private static func head(
        _ bytes: ArraySlice<UInt8>
    ) throws(Malformed) -> (HTTPStatus, HTTPFields, ArraySlice<UInt8>) {
        var rest = bytes
        let statusLine = try line(&rest)
        guard statusLine.hasPrefix("HTTP/1.1 "), let code = Int(statusLine.dropFirst(9).prefix(3)) else {
            throw Malformed(description: "no status line in \(bytes.count) bytes")
        }
        var headers = HTTPFields()
        while true {
            let field = try line(&rest)
            if field.isEmpty { return (HTTPStatus(code), headers, rest) }
            guard let colon = field.firstIndex(of: ":") else { throw Malformed(description: "a field without colon") }
            let value = field[field.index(after: colon)...].drop { $0 == " " }
            guard headers.append(String(field[..<colon]), String(value)) else {
                throw Malformed(description: "a field name that is no token")
            }
        }
    }

    private static func body(
        _ bytes: ArraySlice<UInt8>, _ status: HTTPStatus, _ headers: HTTPFields, isHead: Bool
    ) throws(Malformed) -> [UInt8] {
        if isHead || status.forbidsContent {
            guard bytes.isEmpty else { throw Malformed(description: "content where none may be") }
            return []
        }
        if headers.list("Transfer-Encoding", contains: "chunked") { return try chunked(bytes) }
        guard let length = headers["Content-Length"] else { return Array(bytes) }
        guard Int(length) == bytes.count else {
            throw Malformed(description: "Content-Length \(length), but \(bytes.count) bytes came")
        }
        return Array(bytes)
    }

    private static func chunked(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> [UInt8] {
        var rest = bytes
        var body: [UInt8] = []
        while true {
            let sizeLine = try line(&rest)
            guard let size = Int(sizeLine.prefix { $0 != ";" }, radix: 16), size <= rest.count else {
                throw Malformed(description: "a malformed chunk")
            }
            if size == 0 { return body }
            body.append(contentsOf: rest.prefix(size))
            rest = rest.dropFirst(size)
            guard try line(&rest).isEmpty else { throw Malformed(description: "a chunk without end") }
        }
    }

    private static func line(_ rest: inout ArraySlice<UInt8>) throws(Malformed) -> String {
        guard let end = rest.firstIndex(of: 0x0A), end > rest.startIndex, rest[end - 1] == 0x0D else {
            throw Malformed(description: "the response ends too early")
        }
        defer { rest = rest[(end + 1)...] }
        return String(decoding: rest[rest.startIndex..<(end - 1)], as: UTF8.self)
    }
}
