/// URIs, IRIs and URI templates.
enum URIFormats {
    static func isURI(_ text: [UInt8], allowsUnicode: Bool) -> Bool {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), isScheme(text[..<colon]) else { return false }
        return isRest(text[(colon + 1)...], allowsUnicode)
    }

    static func isReference(_ text: [UInt8], allowsUnicode: Bool) -> Bool {
        if isURI(text, allowsUnicode: allowsUnicode) { return true }
        // The first segment of a relative path holds no colon.
        let path = text.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        return !path.contains(UInt8(ascii: ":")) && isRest(text[...], allowsUnicode)
    }

    private static func isScheme(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, TextFormats.isLetter(first) else { return false }
        return text.allSatisfy { TextFormats.isLetter($0) || TextFormats.isDigit($0) || "+-.".utf8.contains($0) }
    }

    /// Everything after the scheme.
    private static func isRest(_ text: ArraySlice<UInt8>, _ allowsUnicode: Bool) -> Bool {
        var rest = text
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            guard consists(rest[(hash + 1)...], of: ":@/?", allowsUnicode) else { return false }
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            guard consists(rest[(mark + 1)...], of: ":@/?", allowsUnicode) else { return false }
            rest = rest[..<mark]
        }
        if rest.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            guard isAuthority(rest[..<slash], allowsUnicode) else { return false }
            rest = rest[slash...]
        }
        return consists(rest, of: ":@/", allowsUnicode)
    }

    private static func isAuthority(_ text: ArraySlice<UInt8>, _ allowsUnicode: Bool) -> Bool {
        var rest = text
        if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
            guard consists(rest[..<at], of: ":", allowsUnicode) else { return false }
            rest = rest[(at + 1)...]
        }
        if rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let literal = rest[(rest.startIndex + 1)..<end]
            guard HostFormats.isIPv6(literal) || isFutureAddress(literal) else { return false }
            rest = rest[(end + 1)...]
            return rest.isEmpty || rest.first == UInt8(ascii: ":") && rest.dropFirst().allSatisfy(TextFormats.isDigit)
        }
        if let colon = rest.lastIndex(of: UInt8(ascii: ":")) {
            guard rest[(colon + 1)...].allSatisfy(TextFormats.isDigit) else { return false }
            rest = rest[..<colon]
        }
        return consists(rest, of: "", allowsUnicode)
    }

    private static func isFutureAddress(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, first | 0x20 == UInt8(ascii: "v"),
            let dot = text.firstIndex(of: UInt8(ascii: "."))
        else { return false }
        let version = text[(text.startIndex + 1)..<dot]
        let address = text[(dot + 1)...]
        return !version.isEmpty && version.allSatisfy(TextFormats.isHex) && !address.isEmpty
            && consists(address, of: ":", false) && !address.contains(UInt8(ascii: "%"))
    }

    /// Unreserved characters, sub-delimiters, percent escapes, and some more.
    private static func consists(_ text: ArraySlice<UInt8>, of more: String, _ allowsUnicode: Bool) -> Bool {
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < text.endIndex, TextFormats.isHex(text[index + 1]), TextFormats.isHex(text[index + 2])
                else { return false }
                index += 2
            } else if byte >= 0x80 {
                guard allowsUnicode else { return false }
            } else if !TextFormats.isLetter(byte), !TextFormats.isDigit(byte),
                !"-._~!$&'()*+,;=".utf8.contains(byte), !more.utf8.contains(byte)
            {
                return false
            }
            index += 1
        }
        return true
    }

    /// RFC 6570: literals and expressions.
    static func isTemplate(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "{"):
                guard let end = rest.firstIndex(of: UInt8(ascii: "}")), isExpression(rest[..<end]) else { return false }
                rest = rest[(end + 1)...]
            case UInt8(ascii: "}"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
                UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), 0...0x20, 0x7f:
                return false
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst(), let low = rest.popFirst(), TextFormats.isHex(high),
                    TextFormats.isHex(low)
                else { return false }
            default: break
            }
        }
        return true
    }

    private static func isExpression(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        if let first = rest.first, "+#./;?&=,!@|".utf8.contains(first) { rest = rest.dropFirst() }
        return rest.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).allSatisfy { variable in
            var name = variable
            if name.last == UInt8(ascii: "*") {
                name = name.dropLast()
            } else if let colon = name.firstIndex(of: UInt8(ascii: ":")) {
                let length = name[(colon + 1)...]
                guard (1...4).contains(length.count), length.first != UInt8(ascii: "0"),
                    length.allSatisfy(TextFormats.isDigit)
                else { return false }
                name = name[..<colon]
            }
            return isVariable(name)
        }
    }

    private static func isVariable(_ name: ArraySlice<UInt8>) -> Bool {
        name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && consists(part, of: "", false)
                && part.allSatisfy {
                    TextFormats.isLetter($0) || TextFormats.isDigit($0) || $0 == UInt8(ascii: "_")
                        || $0 == UInt8(ascii: "%")
                }
        }
    }
}
