/// Mail addresses.
enum MailFormats {
    /// RFC 5321's `Mailbox`: dotted atoms or a quoted string, then a host name or an address literal.
    static func isEmail(_ text: [UInt8], allowsUnicode: Bool) -> Bool {
        guard let at = text.lastIndex(of: UInt8(ascii: "@")), at > 0, at < text.count - 1 else { return false }
        let local = text[..<at]
        let domain = text[(at + 1)...]
        guard isQuoted(local, allowsUnicode) || isDotAtom(local, allowsUnicode) else { return false }
        if domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]") { return isLiteral(domain) }
        let host = Array(domain)
        return allowsUnicode ? HostFormats.isInternationalHostname(host) : HostFormats.isHostname(host)
    }

    private static func isDotAtom(_ text: ArraySlice<UInt8>, _ allowsUnicode: Bool) -> Bool {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { isAtom($0) || allowsUnicode && $0 >= 0x80 }
        }
    }

    private static func isAtom(_ byte: UInt8) -> Bool {
        TextFormats.isLetter(byte) || TextFormats.isDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isQuoted(_ text: ArraySlice<UInt8>, _ allowsUnicode: Bool) -> Bool {
        guard text.count >= 2, text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") else { return false }
        var rest = text.dropFirst().dropLast()
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\") {
                guard let escaped = rest.popFirst(), escaped >= 0x20, escaped < 0x7f else { return false }
            } else if byte == UInt8(ascii: "\"") || byte < 0x20 || byte == 0x7f || byte >= 0x80 && !allowsUnicode {
                return false
            }
        }
        return true
    }

    private static func isLiteral(_ domain: ArraySlice<UInt8>) -> Bool {
        let inner = domain.dropFirst().dropLast()
        let prefix = Array("IPv6:".utf8)
        if inner.starts(with: prefix) { return HostFormats.isIPv6(inner.dropFirst(prefix.count)) }
        return HostFormats.isIPv4(inner)
    }
}
