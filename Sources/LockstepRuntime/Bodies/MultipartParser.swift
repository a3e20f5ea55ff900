/// A reader of `multipart/form-data` (RFC 7578, RFC 2046 §5.1) without IO: takes bytes as they come, gives events.
///
/// ```
/// preamble            ignored
/// --boundary CRLF     a part begins
/// header lines CRLF CRLF
/// content
/// CRLF --boundary     the part ends; "--" behind it ends the form, else a part begins
/// epilogue            ignored
/// ```
///
/// It holds back at most one header block or one delimiter's length, whatever the size of the content.
struct MultipartParser {
    /// What has been read.
    enum Event: Equatable {
        /// A part begins.
        case part(MultipartPart)
        /// A piece of its content.
        case content([UInt8])
        /// It ends.
        case endOfPart
    }

    /// What is accepted.
    struct Limits: Sendable {
        var maximumParts = 256
        var maximumHeaderSize = 8192
    }

    private enum State {
        case preamble
        case afterDelimiter
        case headers
        case content
        case epilogue
    }

    private let delimiter: [UInt8]
    private let limits: Limits
    private var state = State.preamble
    private var buffer: [UInt8]
    private var partCount = 0

    init(boundary: String, limits: Limits = Limits()) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.limits = limits
        // The first delimiter may stand at the very beginning, without the line break.
        buffer = [0x0D, 0x0A]
    }

    /// Takes the next bytes.
    mutating func receive(_ bytes: some Collection<UInt8>) throws(MultipartError) -> [Event] {
        buffer.append(contentsOf: bytes)
        var events: [Event] = []
        var position = 0
        while let next = try step(from: position, &events) { position = next }
        buffer.removeFirst(consumed)
        consumed = 0
        return events
    }

    /// Checks that the form has ended.
    func finish() throws(MultipartError) {
        guard case .epilogue = state else { throw .truncated }
    }

    private var consumed = 0

    /// Reads one element; `nil` when more bytes are needed.
    private mutating func step(from position: Int, _ events: inout [Event]) throws(MultipartError) -> Int? {
        let next: Int?
        switch state {
        case .preamble: next = readPreamble(position)
        case .afterDelimiter: next = try readDelimiterEnd(position)
        case .headers: next = try readHeaders(position, &events)
        case .content: next = readContent(position, &events)
        case .epilogue:
            consumed = buffer.count
            next = nil
        }
        if let next { consumed = next }
        return next
    }

    private mutating func readPreamble(_ position: Int) -> Int? {
        guard let found = findDelimiter(from: position) else {
            consumed = max(consumed, buffer.count - delimiter.count + 1)
            return nil
        }
        state = .afterDelimiter
        return found + delimiter.count
    }

    private mutating func readDelimiterEnd(_ position: Int) throws(MultipartError) -> Int? {
        guard buffer.count >= position + 2 else { return nil }
        if buffer[position] == 0x2D, buffer[position + 1] == 0x2D {
            state = .epilogue
            return position + 2
        }
        var index = position
        while index < buffer.count, FieldSyntax.isBlank(buffer[index]) { index += 1 }
        guard index - position <= 64 else { throw .malformed }
        guard buffer.count >= index + 2 else { return nil }
        guard buffer[index] == 0x0D, buffer[index + 1] == 0x0A else { throw .malformed }
        state = .headers
        return index + 2
    }

    private mutating func readHeaders(
        _ position: Int, _ events: inout [Event]
    ) throws(MultipartError) -> Int? {
        var lines: [ArraySlice<UInt8>] = []
        var start = position
        while true {
            guard let end = lineEnd(from: start) else {
                guard buffer.count - position <= limits.maximumHeaderSize else { throw .tooLarge }
                return nil
            }
            guard end - position <= limits.maximumHeaderSize else { throw .tooLarge }
            if end == start { break }
            lines.append(buffer[start..<end])
            start = end + 2
        }
        partCount += 1
        guard partCount <= limits.maximumParts else { throw .tooLarge }
        events.append(.part(try MultipartPart(lines: lines)))
        state = .content
        // The empty line's CRLF may already be the start of the delimiter of an empty part.
        return start
    }

    /// The content starts behind the CRLF of the empty line; that CRLF is kept so that an empty part's delimiter is
    /// found, and skipped here.
    private mutating func readContent(_ position: Int, _ events: inout [Event]) -> Int? {
        let start = isAtPartStart ? position + 2 : position
        if let found = findDelimiter(from: position) {
            if found > start { events.append(.content(Array(buffer[start..<found]))) }
            events.append(.endOfPart)
            isAtPartStart = true
            state = .afterDelimiter
            return found + delimiter.count
        }
        let safe = buffer.count - delimiter.count + 1
        guard safe > start else { return nil }
        events.append(.content(Array(buffer[start..<safe])))
        isAtPartStart = false
        consumed = safe
        return nil
    }

    private var isAtPartStart = true

    private func lineEnd(from start: Int) -> Int? {
        var index = start
        while index + 1 < buffer.count {
            if buffer[index] == 0x0D, buffer[index + 1] == 0x0A { return index }
            index += 1
        }
        return nil
    }

    private func findDelimiter(from start: Int) -> Int? {
        var index = start
        let last = buffer.count - delimiter.count
        while index <= last {
            if buffer[index] == 0x0D, matchesDelimiter(at: index) { return index }
            index += 1
        }
        return nil
    }

    private func matchesDelimiter(at index: Int) -> Bool {
        for offset in delimiter.indices where buffer[index + offset] != delimiter[offset] { return false }
        return true
    }
}

/// Why a form cannot be read.
enum MultipartError: Error, Equatable {
    /// Not in the format.
    case malformed
    /// The form ends before its last delimiter.
    case truncated
    /// More parts or longer headers than allowed.
    case tooLarge

    var problem: Problem {
        switch self {
        case .malformed: .badRequest("The multipart content is malformed")
        case .truncated: .badRequest("The multipart content ends too early")
        case .tooLarge: Problem(413, .contentTooLarge, "The multipart content has too many or too large parts")
        }
    }
}
