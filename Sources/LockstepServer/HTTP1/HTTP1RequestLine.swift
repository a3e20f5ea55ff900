/// `method SP request-target SP HTTP-version` (RFC 9112 section 3), with single spaces and nothing else.
enum HTTP1RequestLine {
    /// Longest method that is told apart from an unknown one.
    private static let maximumMethodBytes = 32

    static func read(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, into layout: inout HTTP1HeadLayout
    ) throws(HTTP1Refusal) {
        var index = start
        while index < end, HTTP1Bytes.isToken(bytes[index]) { index &+= 1 }
        guard index < end, bytes[index] == HTTP1Bytes.space else {
            throw index < end ? .malformedMethod : .malformedRequestLine
        }
        guard index > start else { throw .malformedRequestLine }
        guard index - start <= maximumMethodBytes else { throw .unknownMethod }
        layout.methodStart = start
        layout.methodEnd = index

        index &+= 1
        layout.targetStart = index
        while index < end, HTTP1Bytes.isTarget(bytes[index]) { index &+= 1 }
        layout.targetEnd = index
        guard index > layout.targetStart else { throw .malformedRequestLine }
        guard index < end else { throw .malformedRequestLine }
        guard bytes[index] == HTTP1Bytes.space else { throw .malformedTarget }
        layout.minorVersion = try version(bytes, index + 1, end)
    }

    /// The minor version of `HTTP/1.0` or `HTTP/1.1`; any other `HTTP/d.d` is 505, anything else malformed.
    private static func version(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) throws(HTTP1Refusal) -> UInt8 {
        guard end - start == 8,
            bytes[start] == UInt8(ascii: "H"), bytes[start + 1] == UInt8(ascii: "T"),
            bytes[start + 2] == UInt8(ascii: "T"), bytes[start + 3] == UInt8(ascii: "P"),
            bytes[start + 4] == UInt8(ascii: "/"), bytes[start + 6] == UInt8(ascii: "."),
            HTTP1Bytes.isDigit(bytes[start + 5]), HTTP1Bytes.isDigit(bytes[start + 7])
        else {
            throw bytes[start] == HTTP1Bytes.space ? .malformedRequestLine : .malformedVersion
        }
        guard bytes[start + 5] == UInt8(ascii: "1"), bytes[start + 7] <= UInt8(ascii: "1") else {
            throw .unsupportedVersion
        }
        return bytes[start + 7] &- 0x30
    }
}
