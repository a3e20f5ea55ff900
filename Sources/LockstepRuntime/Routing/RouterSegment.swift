/// One segment of a request's path while it is matched.
struct RouterSegment {
    private let path: UnsafeBufferPointer<UInt8>
    private let range: Range<Int>
    private let isEncoded: Bool

    init(_ path: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isEncoded: Bool) {
        self.path = path
        self.range = range
        self.isEncoded = isEncoded
    }

    /// Whether the decoded segment is this text.
    func equals(_ text: [UInt8]) -> Bool {
        match(text, from: range.lowerBound) == range.upperBound
    }

    /// Not empty, and neither `.` nor `..`, in whatever encoding.
    var canBeParameter: Bool {
        !range.isEmpty && !equals([0x2E]) && !equals([0x2E, 0x2E])
    }

    /// Matches a segment of literals and parameters; each parameter takes as little as it can, the last one the rest.
    func match(_ segment: PathTemplate.Segment, _ captures: inout PathCaptures) -> Bool {
        match(segment.pieces[...], from: range.lowerBound, &captures)
    }

    private func match(
        _ pieces: ArraySlice<PathTemplate.Piece>, from start: Int, _ captures: inout PathCaptures
    ) -> Bool {
        switch pieces.first {
        case nil:
            return start == range.upperBound
        case .literal(let text):
            guard let end = match(text, from: start) else { return false }
            return match(pieces.dropFirst(), from: end, &captures)
        case .parameter:
            let mark = captures.count
            var end = start + 1
            while end <= range.upperBound {
                captures.append(start..<end)
                if match(pieces.dropFirst(), from: end, &captures) { return true }
                captures.truncate(to: mark)
                end += 1
            }
            return false
        }
    }

    /// The end of `text` at `start`, comparing decoded bytes; `nil` if something else stands there.
    private func match(_ text: [UInt8], from start: Int) -> Int? {
        var position = start
        for byte in text {
            guard position < range.upperBound else { return nil }
            if isEncoded, path[position] == 0x25 {
                guard position + 2 < range.upperBound,
                    let high = PercentCoding.hexValue(path[position + 1]),
                    let low = PercentCoding.hexValue(path[position + 2]), high << 4 | low == byte
                else { return nil }
                position += 3
            } else {
                guard path[position] == byte else { return nil }
                position += 1
            }
        }
        return position
    }

    static func hasWellFormedEscapes(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < path.count {
            if path[index] == 0x25 {
                guard index + 2 < path.count, PercentCoding.hexValue(path[index + 1]) != nil,
                    PercentCoding.hexValue(path[index + 2]) != nil
                else { return false }
                index += 2
            }
            index += 1
        }
        return true
    }
}
