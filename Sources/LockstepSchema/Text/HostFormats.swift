/// Host names and addresses.
enum HostFormats {
    /// RFC 1123: labels of letters, digits and inner hyphens. Labels that start with `xn--` must decode.
    static func isHostname(_ text: [UInt8]) -> Bool {
        guard !text.isEmpty, text.count <= 253 else { return false }
        var labels: [[Unicode.Scalar]] = []
        for label in text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard let decoded = decoded(label) else { return false }
            labels.append(decoded)
        }
        return BidiRule.isKept(labels)
    }

    /// The characters of a label of ASCII, of an A-label those that it stands for; nil where it is no label.
    private static func decoded(_ label: ArraySlice<UInt8>) -> [Unicode.Scalar]? {
        guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-"),
            label.allSatisfy({ TextFormats.isLetter($0) || TextFormats.isDigit($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        guard hasHyphensAt2And3(label) else { return label.map { Unicode.Scalar($0) } }
        // RFC 5891: two hyphens there are for A-labels only, and what those hold must be a valid U-label.
        guard label.prefix(2).elementsEqual("xn".utf8, by: { $0 | 0x20 == $1 }),
            let decoded = Punycode.decode(label.dropFirst(4))
        else { return nil }
        let lower = label.dropFirst(4).map { TextFormats.isLetter($0) ? $0 | 0x20 : $0 }
        return InternationalLabel.isValid(decoded) && Punycode.encode(decoded) == lower ? decoded : nil
    }

    private static func hasHyphensAt2And3(_ label: ArraySlice<UInt8>) -> Bool {
        label.count >= 4 && label.dropFirst(2).prefix(2).allSatisfy { $0 == UInt8(ascii: "-") }
    }

    /// RFC 5890: labels may hold Unicode; full stops of Chinese and Japanese separate, too.
    static func isInternationalHostname(_ text: [UInt8]) -> Bool {
        let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        guard !scalars.isEmpty else { return false }
        let stops: Set<UInt32> = [0x2e, 0x3002, 0xff0e, 0xff61]
        var length = -1
        var labels: [[Unicode.Scalar]] = []
        for label in scalars.split(omittingEmptySubsequences: false, whereSeparator: { stops.contains($0.value) }) {
            if label.allSatisfy(\.isASCII) {
                let ascii = label.map { UInt8(truncatingIfNeeded: $0.value) }
                guard let decoded = decoded(ascii[...]) else { return false }
                labels.append(decoded)
                length += ascii.count + 1
            } else {
                guard InternationalLabel.isValid(Array(label)), let encoded = Punycode.encode(Array(label)),
                    encoded.count + 4 <= 63
                else { return false }
                labels.append(Array(label))
                length += encoded.count + 5
            }
        }
        return length <= 253 && BidiRule.isKept(labels)
    }

    /// Four numbers without leading zeros.
    static func isIPv4(_ text: ArraySlice<UInt8>) -> Bool {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard (1...3).contains(part.count), part.allSatisfy(TextFormats.isDigit),
                    part.count == 1 || part.first != UInt8(ascii: "0")
                else { return false }
                return part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } <= 255
            }
    }

    /// RFC 4291: eight groups, `::` once, an IPv4 address at the end.
    static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
        let groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard groups.count >= 3 else { return false }
        var count = 0
        var gaps = 0
        for (index, group) in groups.enumerated() {
            let isEdge = index == 0 || index == groups.count - 1
            if group.isEmpty {
                // `::` at an edge makes two empty groups there.
                if isEdge {
                    let neighbour = index == 0 ? groups[1] : groups[index - 1]
                    guard neighbour.isEmpty else { return false }
                } else {
                    gaps += 1
                }
            } else if index == groups.count - 1, group.contains(UInt8(ascii: ".")) {
                guard isIPv4(group) else { return false }
                count += 2
            } else {
                guard group.count <= 4, group.allSatisfy(TextFormats.isHex) else { return false }
                count += 1
            }
        }
        return gaps == 0 ? count == 8 : gaps == 1 && count <= 7
    }
}
