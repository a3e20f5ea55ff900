/// Finds what must not be in a log by how it looks: JSON Web Tokens, credentials behind `Bearer` or `Basic`, card numbers.
///
/// The logger has redacted fields by name before; this looks at every finished line, whoever wrote it, so that a secret
/// in the wrong field does not get out either. Only the contents of JSON strings are looked at, so a line stays JSON.
struct LogPatterns: Sendable {
    private static let replacement = Array("[redacted]".utf8)

    /// Blots out what looks secret in `line` from `start` on. Without a finding the line is scanned once and not changed.
    static func redact(_ line: inout [UInt8], from start: Int) {
        var findings: [Range<Int>] = []
        var scanner = Scanner(position: start)
        while let range = scanner.next(in: line.span) { findings.append(range) }
        for range in findings.reversed() { line.replaceSubrange(range, with: replacement) }
    }

    private struct Scanner {
        var position: Int
        private var isInString = false

        init(position: Int) { self.position = position }

        mutating func next(in line: Span<UInt8>) -> Range<Int>? {
            while position < line.count {
                let byte = line[position]
                if byte == UInt8(ascii: "\"") {
                    isInString.toggle()
                } else if isInString {
                    if byte == UInt8(ascii: "\\") {
                        position += 2
                        continue
                    }
                    if let end = secretEnd(in: line, byte) {
                        let range = position..<end
                        position = end
                        return range
                    }
                }
                position &+= 1
            }
            return nil
        }

        /// The end of a secret that starts at the position.
        private func secretEnd(in line: Span<UInt8>, _ byte: UInt8) -> Int? {
            switch byte {
            case UInt8(ascii: "e"): return tokenEnd(in: line)
            case UInt8(ascii: "B"), UInt8(ascii: "b"): return credentialEnd(in: line)
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard position == 0 || !isWord(line[position - 1]) else { return nil }
                return cardEnd(in: line)
            default: return nil
            }
        }

        /// `eyJ…` with two dots: header, payload, signature.
        private func tokenEnd(in line: Span<UInt8>) -> Int? {
            guard position + 2 < line.count, line[position + 1] == UInt8(ascii: "y"),
                line[position + 2] == UInt8(ascii: "J")
            else { return nil }
            var dots = 0
            var end = position
            while end < line.count, isBase64(line[end]) || line[end] == UInt8(ascii: ".") {
                if line[end] == UInt8(ascii: ".") { dots += 1 }
                end += 1
            }
            return dots >= 2 ? end : nil
        }

        private func credentialEnd(in line: Span<UInt8>) -> Int? {
            for scheme in ["bearer ", "basic "] as [StaticString] {
                let start = position + scheme.utf8CodeUnitCount
                guard start < line.count, HTTP1Bytes.equals(line, position, start, scheme) else { continue }
                var end = start
                while end < line.count, line[end] > 0x20, line[end] != UInt8(ascii: "\""),
                    line[end] != UInt8(ascii: "\\")
                {
                    end += 1
                }
                if end - start >= 6 { return end }
            }
            return nil
        }

        /// 13 to 19 digits, alone or with single spaces or hyphens between them, whose check digit is right (ISO/IEC 7812).
        private func cardEnd(in line: Span<UInt8>) -> Int? {
            var count = 0
            var end = position
            while end < line.count, count <= 19 {
                let byte = line[end]
                if HTTP1Bytes.isDigit(byte) {
                    count += 1
                } else if byte == HTTP1Bytes.space || byte == UInt8(ascii: "-") {
                    guard end + 1 < line.count, HTTP1Bytes.isDigit(line[end + 1]) else { break }
                } else {
                    break
                }
                end += 1
            }
            guard (13...19).contains(count), end >= line.count || !isWord(line[end]) else { return nil }
            return hasCheckDigit(line, end) ? end : nil
        }

        private func hasCheckDigit(_ line: Span<UInt8>, _ end: Int) -> Bool {
            var sum = 0
            var isDoubled = false
            for index in (position..<end).reversed() where HTTP1Bytes.isDigit(line[index]) {
                let digit = Int(line[index] &- 0x30) * (isDoubled ? 2 : 1)
                sum += digit > 9 ? digit - 9 : digit
                isDoubled.toggle()
            }
            return sum % 10 == 0
        }

        private func isBase64(_ byte: UInt8) -> Bool {
            isWord(byte) || byte == UInt8(ascii: "-")
        }

        private func isWord(_ byte: UInt8) -> Bool {
            HTTP1Bytes.isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_")
        }
    }
}
