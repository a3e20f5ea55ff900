/// Cuts a body at its separators without IO: takes bytes as they come, gives what lies between, piece by piece.
///
/// It holds back at most one piece, whose length is bounded, and looks at each byte once.
struct ItemSplitter {
    /// What ends a piece.
    enum Separator {
        /// A line feed; a carriage return before it belongs to it.
        case lineFeed
        /// A line feed, a carriage return, or both.
        case lineBreak
        /// A record separator.
        case recordSeparator
    }

    /// A piece is longer than allowed.
    struct TooLong: Error {}

    private let separator: Separator
    private let limit: Int
    private var buffer: [UInt8] = []
    /// Where the next piece begins.
    private var start = 0
    /// Up to here there is no separator.
    private var scanned = 0
    private var isAtBeginning = true
    /// The last piece ended with a carriage return: a line feed right behind it belongs to it.
    private var skipsLineFeed = false

    init(_ separator: Separator, limit: Int) {
        self.separator = separator
        self.limit = limit
    }

    /// Takes the next bytes.
    mutating func receive(_ bytes: [UInt8]) {
        if start == buffer.count {
            buffer = bytes
        } else {
            buffer.removeFirst(start)
            buffer.append(contentsOf: bytes)
        }
        scanned -= start
        start = 0
    }

    /// The next piece without what ends it; `nil` when more bytes are needed.
    mutating func next() throws(TooLong) -> ArraySlice<UInt8>? {
        if skipsLineFeed, start < buffer.count {
            if buffer[start] == 0x0A { start += 1 }
            scanned = start
            skipsLineFeed = false
        }
        guard let end = findSeparator() else {
            guard buffer.count - start <= limit else { throw TooLong() }
            return nil
        }
        guard end - start <= limit else { throw TooLong() }
        let piece = buffer[start..<end]
        start = end + 1
        scanned = start
        if separator == .lineBreak, buffer[end] == 0x0D { skipsLineFeed = true }
        return trimmed(piece)
    }

    /// What stands behind the last separator, when no more bytes come.
    mutating func rest() -> ArraySlice<UInt8> {
        defer { start = buffer.count }
        return trimmed(buffer[start...])
    }

    private mutating func findSeparator() -> Int? {
        while scanned < buffer.count {
            let byte = buffer[scanned]
            let isEnd =
                switch separator {
                case .lineFeed: byte == 0x0A
                case .lineBreak: byte == 0x0A || byte == 0x0D
                case .recordSeparator: byte == ItemFraming.recordSeparator
                }
            if isEnd { return scanned }
            scanned += 1
        }
        return nil
    }

    /// Without the byte order mark at the very beginning, and without the carriage return of a line.
    private mutating func trimmed(_ piece: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var piece = piece
        if isAtBeginning {
            isAtBeginning = false
            if piece.starts(with: [0xEF, 0xBB, 0xBF]) { piece = piece.dropFirst(3) }
        }
        if separator == .lineFeed, piece.last == 0x0D { piece = piece.dropLast() }
        return piece
    }
}
