/// Reads the lines of a head (RFC 9112 section 2 to 5), strictly and in linear time.
///
/// The reader is given the head's bytes from their start each time more have come, and resumes where it stopped, so no byte is
/// looked at twice however the input is cut. It refuses at the first byte that cannot belong to a valid head:
/// - lines end in CR LF; a bare CR, a bare LF or any other control character (NUL too) is refused;
/// - one empty line before the request line is skipped (RFC 9112 section 2.2), no other whitespace is;
/// - single spaces in the request line, no whitespace before a colon, no folded lines.
/// What the fields mean together is `HTTP1Framing`'s question. The same reader reads trailer sections.
struct HTTP1HeadReader: Sendable {
    private enum Phase: Sendable {
        case start, requestLine, fieldStart, fieldName, fieldWhitespace, fieldValue, complete
    }

    let maximumRequestLineBytes: Int
    let maximumHeadBytes: Int
    let maximumFields: Int

    private(set) var layout = HTTP1HeadLayout()
    /// The next byte to look at; once complete, the number of bytes of the head.
    private(set) var cursor = 0
    private var phase = Phase.start
    private var hasSkippedLine = false
    private var lineStart = 0
    private var nameEnd = 0
    private var valueStart = 0

    init(_ configuration: HTTP1Configuration) {
        maximumRequestLineBytes = configuration.maximumRequestLineBytes
        maximumHeadBytes = configuration.maximumHeadBytes
        maximumFields = configuration.maximumFields
    }

    /// A reader of a trailer section: fields only.
    init(trailersOf configuration: HTTP1Configuration) {
        maximumRequestLineBytes = 0
        maximumHeadBytes = configuration.maximumTrailerBytes
        maximumFields = configuration.maximumFields
        phase = .fieldStart
    }

    /// Whether no byte of a head has been seen (an empty line before it does not count).
    var isUntouched: Bool { phase == .start }

    /// Prepares for the next head and keeps the memory.
    mutating func reset() {
        layout.removeAll()
        cursor = 0
        phase = .start
        hasSkippedLine = false
        lineStart = 0
    }

    /// Reads on; true once the head is complete, with `cursor` behind its last byte.
    ///
    /// Only the bytes within the limit are looked at, so the verdict on an oversized head does not depend on how it was cut.
    mutating func read(_ received: Span<UInt8>) throws(HTTP1Refusal) -> Bool {
        let bytes = received.extracting(first: maximumHeadBytes)
        while true {
            let more: Bool
            switch phase {
            case .start: more = try skipEmptyLine(bytes)
            case .requestLine: more = try readRequestLine(bytes)
            case .fieldStart: more = try startField(bytes)
            case .fieldName: more = try readName(bytes)
            case .fieldWhitespace: more = skipWhitespace(bytes)
            case .fieldValue: more = try readValue(bytes)
            case .complete: return true
            }
            if !more {
                if bytes.count == maximumHeadBytes { throw .headTooLarge }
                return false
            }
        }
    }

    // MARK: Lines

    private mutating func skipEmptyLine(_ bytes: Span<UInt8>) throws(HTTP1Refusal) -> Bool {
        guard cursor < bytes.count else { return false }
        switch bytes[cursor] {
        case HTTP1Bytes.carriageReturn:
            guard cursor + 1 < bytes.count else { return false }
            guard bytes[cursor + 1] == HTTP1Bytes.lineFeed else { throw .bareCarriageReturn }
            guard !hasSkippedLine else { throw .leadingWhitespace }
            hasSkippedLine = true
            cursor += 2
        case HTTP1Bytes.lineFeed: throw .bareLineFeed
        case HTTP1Bytes.space, HTTP1Bytes.tab: throw .leadingWhitespace
        default:
            lineStart = cursor
            phase = .requestLine
        }
        return true
    }

    private mutating func readRequestLine(_ bytes: Span<UInt8>) throws(HTTP1Refusal) -> Bool {
        cursor = HTTP1Bytes.firstControl(in: bytes, from: cursor)
        if cursor - lineStart > maximumRequestLineBytes { throw .requestLineTooLong }
        guard try lineEnds(bytes) else { return false }
        try HTTP1RequestLine.read(bytes, lineStart, cursor, into: &layout)
        endLine()
        return true
    }

    private mutating func startField(_ bytes: Span<UInt8>) throws(HTTP1Refusal) -> Bool {
        guard cursor < bytes.count else { return false }
        switch bytes[cursor] {
        case HTTP1Bytes.carriageReturn:
            guard cursor + 1 < bytes.count else { return false }
            guard bytes[cursor + 1] == HTTP1Bytes.lineFeed else { throw .bareCarriageReturn }
            cursor += 2
            phase = .complete
        case HTTP1Bytes.lineFeed: throw .bareLineFeed
        case HTTP1Bytes.space, HTTP1Bytes.tab:
            throw layout.fields.isEmpty ? .whitespaceBeforeFields : .foldedField
        default:
            guard layout.fields.count < maximumFields else { throw .tooManyFields }
            lineStart = cursor
            phase = .fieldName
        }
        return true
    }

    private mutating func readName(_ bytes: Span<UInt8>) throws(HTTP1Refusal) -> Bool {
        var index = cursor
        while index < bytes.count, HTTP1Bytes.isToken(bytes[index]) { index &+= 1 }
        cursor = index
        guard index < bytes.count else { return false }
        switch bytes[index] {
        case HTTP1Bytes.colon:
            guard index > lineStart else { throw .malformedFieldName }
            nameEnd = index
            cursor = index + 1
            phase = .fieldWhitespace
            return true
        case HTTP1Bytes.space, HTTP1Bytes.tab:
            throw .whitespaceBeforeColon
        case HTTP1Bytes.carriageReturn:
            // Wait for the byte behind it, so that the verdict does not depend on how the input is cut.
            guard index + 1 < bytes.count else { return false }
            throw bytes[index + 1] == HTTP1Bytes.lineFeed ? .missingColon : .bareCarriageReturn
        case HTTP1Bytes.lineFeed: throw .bareLineFeed
        default: throw .malformedFieldName
        }
    }

    private mutating func skipWhitespace(_ bytes: Span<UInt8>) -> Bool {
        while cursor < bytes.count {
            let byte = bytes[cursor]
            guard byte == HTTP1Bytes.space || byte == HTTP1Bytes.tab else {
                valueStart = cursor
                phase = .fieldValue
                return true
            }
            cursor &+= 1
        }
        return false
    }

    private mutating func readValue(_ bytes: Span<UInt8>) throws(HTTP1Refusal) -> Bool {
        cursor = HTTP1Bytes.firstControl(in: bytes, from: cursor)
        while cursor < bytes.count, bytes[cursor] == HTTP1Bytes.tab {
            cursor = HTTP1Bytes.firstControl(in: bytes, from: cursor + 1)
        }
        guard try lineEnds(bytes) else { return false }
        var valueEnd = cursor
        while valueEnd > valueStart {
            let byte = bytes[valueEnd - 1]
            guard byte == HTTP1Bytes.space || byte == HTTP1Bytes.tab else { break }
            valueEnd -= 1
        }
        layout.fields.append(
            HTTP1FieldRange(
                nameStart: UInt32(truncatingIfNeeded: lineStart), nameEnd: UInt32(truncatingIfNeeded: nameEnd),
                valueStart: UInt32(truncatingIfNeeded: valueStart), valueEnd: UInt32(truncatingIfNeeded: valueEnd)))
        endLine()
        return true
    }

    /// Whether a line ends at the cursor; false when more bytes are needed to know.
    private func lineEnds(_ bytes: Span<UInt8>) throws(HTTP1Refusal) -> Bool {
        guard cursor < bytes.count else { return false }
        switch bytes[cursor] {
        case HTTP1Bytes.carriageReturn:
            guard cursor + 1 < bytes.count else { return false }
            guard bytes[cursor + 1] == HTTP1Bytes.lineFeed else { throw .bareCarriageReturn }
            return true
        case HTTP1Bytes.lineFeed: throw .bareLineFeed
        default: throw .controlCharacter
        }
    }

    private mutating func endLine() {
        cursor += 2
        phase = .fieldStart
    }
}
