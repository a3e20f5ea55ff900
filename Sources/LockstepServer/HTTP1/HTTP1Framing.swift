import LockstepRuntime

/// What the fields of a head mean for the connection: how long the content is, and what happens after the response.
///
/// RFC 9112 section 6.3 lets a server repair some contradictions; each repair is a way to read a request differently than the
/// proxy in front, so all of them are refused here: two lengths (equal or not), a list of lengths, a length beside a coding,
/// a coding in HTTP/1.0, any coding but `chunked`.
struct HTTP1Framing: Sendable {
    enum Body: Sendable, Equatable {
        case none
        case length(Int)
        case chunked
    }

    private(set) var body = Body.none
    private(set) var keepAlive: Bool
    private(set) var expectsContinue = false
    /// The value of the only Host field.
    private(set) var host: HTTP1FieldRange?
    private let minorVersion: UInt8
    private var length: Int?
    private var isChunked = false
    private var hasKeepAlive = false
    private var hasClose = false

    init(_ bytes: Span<UInt8>, _ layout: borrowing HTTP1HeadLayout) throws(HTTP1Refusal) {
        minorVersion = layout.minorVersion
        keepAlive = true
        for index in layout.fields.indices {
            let field = layout.fields[index]
            let start = Int(field.nameStart)
            let end = Int(field.nameEnd)
            switch end - start {
            case 4:
                if HTTP1Bytes.equals(bytes, start, end, "host") { try setHost(field) }
            case 6:
                if HTTP1Bytes.equals(bytes, start, end, "expect") { try readExpect(bytes, field) }
            case 10:
                if HTTP1Bytes.equals(bytes, start, end, "connection") { try readConnection(bytes, field) }
            case 14:
                if HTTP1Bytes.equals(bytes, start, end, "content-length") { try readLength(bytes, field) }
            case 17:
                if HTTP1Bytes.equals(bytes, start, end, "transfer-encoding") { try readCoding(bytes, field) }
            default: break
            }
        }
        if isChunked {
            guard length == nil else { throw .lengthAndCoding }
            guard minorVersion == 1 else { throw .codingInHTTP10 }
            body = .chunked
        } else if let length {
            body = length == 0 ? .none : .length(length)
        }
        keepAlive = !hasClose && (minorVersion == 1 || hasKeepAlive)
    }

    private mutating func setHost(_ field: HTTP1FieldRange) throws(HTTP1Refusal) {
        guard host == nil else { throw .duplicateHost }
        host = field
    }

    private mutating func readLength(_ bytes: Span<UInt8>, _ field: HTTP1FieldRange) throws(HTTP1Refusal) {
        guard length == nil else { throw .duplicateLength }
        var value = 0
        let end = Int(field.valueEnd)
        var index = Int(field.valueStart)
        guard index < end else { throw .malformedLength }
        while index < end {
            let byte = bytes[index]
            guard HTTP1Bytes.isDigit(byte) else { throw .malformedLength }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int(byte &- 0x30))
            guard !overflow, !carry else { throw .bodyTooLarge }
            value = sum
            index &+= 1
        }
        length = value
    }

    private mutating func readCoding(_ bytes: Span<UInt8>, _ field: HTTP1FieldRange) throws(HTTP1Refusal) {
        guard !isChunked else { throw .duplicateCoding }
        let start = Int(field.valueStart)
        let end = Int(field.valueEnd)
        guard HTTP1Bytes.equals(bytes, start, end, "chunked") else {
            throw Self.isUnsupportedCoding(bytes, start, end) ? .unsupportedCoding : .malformedCoding
        }
        isChunked = true
    }

    /// Whether the value is one other coding, or a list of them that ends in `chunked`: a well-formed request that this server
    /// does not implement (501), unlike one whose end cannot be known (400).
    private static func isUnsupportedCoding(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end - start > 9, HTTP1Bytes.equals(bytes, end - 7, end, "chunked") else { return false }
        var codingStart = start
        for index in start..<(end - 7) {
            let byte = bytes[index]
            if byte == UInt8(ascii: ",") {
                if index == codingStart || HTTP1Bytes.equals(bytes, codingStart, index, "chunked") { return false }
                codingStart = index + 1
            } else if byte == HTTP1Bytes.space, index == codingStart {
                codingStart = index + 1
            } else if !HTTP1Bytes.isToken(byte) {
                return false
            }
        }
        return codingStart == end - 7
    }

    private mutating func readExpect(_ bytes: Span<UInt8>, _ field: HTTP1FieldRange) throws(HTTP1Refusal) {
        // RFC 9110 section 10.1.1: an expectation in HTTP/1.0 is ignored.
        guard minorVersion == 1 else { return }
        guard HTTP1Bytes.equals(bytes, Int(field.valueStart), Int(field.valueEnd), "100-continue") else {
            throw .unsupportedExpectation
        }
        expectsContinue = true
    }

    /// Tokens separated by commas; `close` and `keep-alive` mean something here. `Upgrade` is never accepted, so its option
    /// is ignored like any other.
    private mutating func readConnection(_ bytes: Span<UInt8>, _ field: HTTP1FieldRange) throws(HTTP1Refusal) {
        var index = Int(field.valueStart)
        let end = Int(field.valueEnd)
        while index < end {
            let start = index
            while index < end, HTTP1Bytes.isToken(bytes[index]) { index &+= 1 }
            if HTTP1Bytes.equals(bytes, start, index, "close") { hasClose = true }
            if HTTP1Bytes.equals(bytes, start, index, "keep-alive") { hasKeepAlive = true }
            while index < end, bytes[index] == HTTP1Bytes.space || bytes[index] == HTTP1Bytes.tab { index &+= 1 }
            guard index < end else { return }
            guard bytes[index] == UInt8(ascii: ",") else { throw .malformedConnection }
            index &+= 1
            while index < end, bytes[index] == HTTP1Bytes.space || bytes[index] == HTTP1Bytes.tab { index &+= 1 }
        }
    }
}
