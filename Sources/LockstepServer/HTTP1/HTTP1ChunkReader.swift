/// Decodes the chunked transfer coding (RFC 9112 section 7.1), strictly and in linear time.
///
/// ```
/// chunk    1*HEXDIG *( ";" name [ "=" ( token / quoted-string ) ] ) CR LF data CR LF
/// last     1*"0" ...extensions... CR LF trailer-fields CR LF
/// ```
/// No whitespace around any of it, no bare CR or LF, sizes of at most 15 digits. Extensions are checked, bounded and dropped;
/// trailers too: those that would frame or route the request are refused (RFC 9110 section 6.5.1).
struct HTTP1ChunkReader: Sendable {
    private enum Phase: Sendable {
        case size, extensionName, extensionValue, extensionToken, extensionQuoted, extensionEscape, extensionQuoteEnd
        case sizeLineFeed, data, dataReturn, dataLineFeed, trailers, complete
    }

    private let configuration: HTTP1Configuration
    private var phase = Phase.size
    private var size: UInt64 = 0
    private var digits = 0
    private var extensionBytes = 0
    private var nameBytes = 0
    /// Framing bytes beyond one for each byte of content, so far.
    private var overhead = 0
    private var trailer: [UInt8] = []
    private var trailerReader: HTTP1HeadReader

    init(_ configuration: HTTP1Configuration) {
        self.configuration = configuration
        trailerReader = HTTP1HeadReader(trailersOf: configuration)
    }

    var isComplete: Bool { phase == .complete }

    /// Decodes `bytes` from `start`, appending content to `content`; gives the offset behind the last byte that belongs to
    /// the body.
    mutating func read(
        _ bytes: Span<UInt8>, from start: Int, into content: inout [UInt8]
    ) throws(HTTP1Refusal) -> Int {
        var index = start
        while index < bytes.count {
            switch phase {
            case .data:
                let count = min(size, UInt64(bytes.count - index))
                HTTP1Bytes.append(bytes, index, index + Int(count), to: &content)
                index += Int(count)
                size -= count
                overhead = max(0, overhead - Int(count))
                if size == 0 { phase = .dataReturn }
            case .trailers:
                return try readTrailers(bytes, index)
            case .complete:
                return index
            default:
                overhead += 1
                if overhead > configuration.maximumChunkOverheadBytes { throw .chunkOverhead }
                try readFraming(bytes[index])
                index += 1
            }
        }
        return index
    }

    private mutating func readFraming(_ byte: UInt8) throws(HTTP1Refusal) {
        switch phase {
        case .size: try readSize(byte)
        case .sizeLineFeed:
            guard byte == HTTP1Bytes.lineFeed else { throw .bareCarriageReturn }
            phase = size == 0 ? .trailers : .data
        case .dataReturn:
            guard byte == HTTP1Bytes.carriageReturn else { throw .malformedChunkEnd }
            phase = .dataLineFeed
        case .dataLineFeed:
            guard byte == HTTP1Bytes.lineFeed else { throw .malformedChunkEnd }
            phase = .size
            digits = 0
        default: try readExtension(byte)
        }
    }

    private mutating func readSize(_ byte: UInt8) throws(HTTP1Refusal) {
        if let value = HTTP1Bytes.hexValue(byte) {
            guard digits < 15 else { throw .chunkSizeOverflow }
            size = digits == 0 ? UInt64(value) : size << 4 | UInt64(value)
            digits += 1
            return
        }
        guard digits > 0 else { throw .malformedChunkSize }
        extensionBytes = 0
        switch byte {
        case HTTP1Bytes.carriageReturn: phase = .sizeLineFeed
        case UInt8(ascii: ";"): beginExtension()
        case HTTP1Bytes.lineFeed: throw .bareLineFeed
        default: throw .malformedChunkSize
        }
    }

    private mutating func beginExtension() {
        phase = .extensionName
        nameBytes = 0
    }

    private mutating func readExtension(_ byte: UInt8) throws(HTTP1Refusal) {
        extensionBytes += 1
        if extensionBytes > configuration.maximumChunkExtensionBytes { throw .chunkExtensionTooLong }
        switch phase {
        case .extensionName where HTTP1Bytes.isToken(byte):
            nameBytes += 1
        case .extensionName where nameBytes > 0 && byte == UInt8(ascii: "="):
            phase = .extensionValue
        case .extensionName where nameBytes > 0:
            try endExtension(byte)
        case .extensionValue where byte == UInt8(ascii: "\""):
            phase = .extensionQuoted
        case .extensionValue where HTTP1Bytes.isToken(byte), .extensionToken where HTTP1Bytes.isToken(byte):
            phase = .extensionToken
        case .extensionToken, .extensionQuoteEnd:
            try endExtension(byte)
        case .extensionQuoted where byte == UInt8(ascii: "\""):
            phase = .extensionQuoteEnd
        case .extensionQuoted where byte == UInt8(ascii: "\\"):
            phase = .extensionEscape
        case .extensionQuoted where isQuotable(byte), .extensionEscape where isQuotable(byte):
            phase = .extensionQuoted
        default:
            throw byte == HTTP1Bytes.lineFeed ? .bareLineFeed : .malformedChunkExtension
        }
    }

    private mutating func endExtension(_ byte: UInt8) throws(HTTP1Refusal) {
        switch byte {
        case HTTP1Bytes.carriageReturn: phase = .sizeLineFeed
        case UInt8(ascii: ";"): beginExtension()
        case HTTP1Bytes.lineFeed: throw .bareLineFeed
        default: throw .malformedChunkExtension
        }
    }

    private func isQuotable(_ byte: UInt8) -> Bool {
        byte >= HTTP1Bytes.space && byte != 0x7F || byte == HTTP1Bytes.tab
    }

    // MARK: Trailers

    private mutating func readTrailers(_ bytes: Span<UInt8>, _ start: Int) throws(HTTP1Refusal) -> Int {
        // The reader wants the section from its start, so it is kept until complete: bounded, and rare.
        let before = trailer.count
        let end = min(bytes.count, start + configuration.maximumTrailerBytes + 1 - before)
        HTTP1Bytes.append(bytes, start, end, to: &trailer)
        var reader = trailerReader
        let isComplete: Bool
        do throws(HTTP1Refusal) {
            isComplete = try reader.read(trailer.span)
        } catch {
            throw error == .headTooLarge || error == .tooManyFields ? .trailerTooLarge : error
        }
        trailerReader = reader
        guard isComplete else { return end }
        for field in trailerReader.layout.fields { try check(field) }
        phase = .complete
        return start + trailerReader.cursor - before
    }

    private func check(_ field: HTTP1FieldRange) throws(HTTP1Refusal) {
        let start = Int(field.nameStart)
        let end = Int(field.nameEnd)
        for name in Self.forbiddenTrailers where HTTP1Bytes.equals(trailer.span, start, end, name) {
            throw .forbiddenTrailer
        }
    }

    private static let forbiddenTrailers: [StaticString] = [
        "content-length", "transfer-encoding", "host", "connection", "trailer", "te", "upgrade", "expect",
        "authorization", "proxy-authorization", "cookie",
    ]
}
