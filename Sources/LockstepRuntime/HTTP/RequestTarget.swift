/// Where path and query lie in a request target (RFC 9112 §3.2), as offsets into its UTF-8.
struct RequestTarget: Sendable {
    let pathStart: Int
    let pathEnd: Int
    /// The first byte of the query, or -1 without a `?`.
    let queryStart: Int
    let end: Int

    /// Reads origin form (`/a?b`), absolute form (`http://host/a?b`) and `*`. A fragment, which no client may send,
    /// ends the target.
    init(_ target: String) {
        let bytes = target.utf8
        var pathStart = 0
        if let first = bytes.first, first != 0x2F, first != 0x2A {
            pathStart = RequestTarget.authorityEnd(bytes)
        }
        let count = bytes.count
        var pathEnd = -1
        var end = -1
        // The closure only reads the lent buffer; native strings, which all request targets are, always lend one.
        bytes.withContiguousStorageIfAvailable { buffer in
            for index in pathStart..<count {
                let byte = buffer[index]
                if byte == 0x3F, pathEnd < 0 {
                    pathEnd = index
                } else if byte == 0x23 {
                    end = index
                    break
                }
            }
        }
        self.end = end < 0 ? count : end
        self.pathStart = Swift.min(pathStart, self.end)
        self.pathEnd = pathEnd < 0 ? self.end : pathEnd
        queryStart = pathEnd < 0 ? -1 : pathEnd + 1
    }

    /// Some bytes of the path, by offsets into it.
    func pathBytes(of target: String, _ range: Range<Int>) -> ArraySlice<UInt8> {
        let whole = (pathStart + range.lowerBound)..<(pathStart + range.upperBound)
        let bytes = target.utf8.withContiguousStorageIfAvailable { Array($0[whole]) }
        return (bytes ?? Array(Array(target.utf8)[whole]))[...]
    }

    func path(of target: String) -> Substring {
        if pathStart == pathEnd { return "/" }
        return slice(target, pathStart, pathEnd)
    }

    func query(of target: String) -> Substring? {
        queryStart < 0 ? nil : slice(target, queryStart, end)
    }

    private func slice(_ target: String, _ start: Int, _ end: Int) -> Substring {
        let utf8 = target.utf8
        return target[utf8.index(utf8.startIndex, offsetBy: start)..<utf8.index(utf8.startIndex, offsetBy: end)]
    }

    /// Skips `scheme://authority`; the whole target when it is neither form (CONNECT's `host:port`).
    private static func authorityEnd(_ bytes: String.UTF8View) -> Int {
        var slashes = 0
        var index = 0
        for byte in bytes {
            if byte == 0x2F {
                slashes += 1
                if slashes == 3 { return index }
            } else if byte == 0x3F || byte == 0x23, slashes == 2 {
                return index
            }
            index += 1
        }
        return index
    }
}
