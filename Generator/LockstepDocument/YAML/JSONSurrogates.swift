/// JSON writes characters beyond U+FFFF as two `\u` escapes, which YAML refuses. In a file that is JSON, each pair becomes
/// one `\U` escape of the same meaning before libyaml sees it.
enum JSONSurrogates {
    /// The bytes with pairs replaced, where the file is JSON and has any.
    static func replacingPairs(in bytes: [UInt8]) -> [UInt8] {
        guard isJSON(bytes), let first = firstPair(in: bytes, from: 0) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var copied = 0
        var next: Int? = first
        while let pair = next, let scalar = scalar(in: bytes, at: pair) {
            result += bytes[copied..<pair]
            let digits = String(scalar, radix: 16)
            result += Array("\\U\(String(repeating: "0", count: 8 - digits.count))\(digits)".utf8)
            copied = pair + 12
            next = firstPair(in: bytes, from: copied)
        }
        result += bytes[copied...]
        return result
    }

    private static func isJSON(_ bytes: [UInt8]) -> Bool {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        return content.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
    }

    /// The next backslash of a surrogate pair that is itself not escaped.
    private static func firstPair(in bytes: [UInt8], from start: Int) -> Int? {
        var position = start
        while position + 12 <= bytes.count {
            guard bytes[position] == UInt8(ascii: "\\") else {
                position += 1
                continue
            }
            if scalar(in: bytes, at: position) != nil { return position }
            position += 2
        }
        return nil
    }

    private static func scalar(in bytes: [UInt8], at position: Int) -> UInt32? {
        guard position + 12 <= bytes.count, let high = unit(in: bytes, at: position),
            let low = unit(in: bytes, at: position + 6), (0xD800...0xDBFF).contains(high),
            (0xDC00...0xDFFF).contains(low)
        else { return nil }
        return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }

    private static func unit(in bytes: [UInt8], at position: Int) -> UInt32? {
        guard bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u") else { return nil }
        return UInt32(String(decoding: bytes[(position + 2)..<(position + 6)], as: UTF8.self), radix: 16)
    }
}
