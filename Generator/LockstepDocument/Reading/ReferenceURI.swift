/// The little of RFC 3986 that references between files need.
enum ReferenceURI {
    /// The scheme under which files are resources. It names no place on any machine.
    static let scheme = "lockstep"

    /// The URI of a file: its path under `lockstep:///`, each leading `..` written `~up`, which no resolver takes away.
    static func resourceURI(ofFile name: String) -> String {
        let parts = name.utf8.split(separator: UInt8(ascii: "/")).map { part in
            String(Substring(part)) == ".." ? "~up" : encode(String(Substring(part)), allowed: pathCharacters)
        }
        return "\(scheme):///" + parts.joined(separator: "/")
    }

    /// A reference in its two halves; the fragment is percent-decoded, `nil` where there is no `#`.
    static func split(_ reference: String) -> (base: String, fragment: String?)? {
        guard let hash = reference.utf8.firstIndex(of: UInt8(ascii: "#")) else { return (reference, nil) }
        let fragment = reference.utf8[reference.utf8.index(after: hash)...]
        guard let decoded = decode(String(Substring(fragment))) else { return nil }
        return (String(Substring(reference.utf8[..<hash])), decoded)
    }

    /// The scheme in front of `:`, where there is one.
    static func scheme(of reference: String) -> String? {
        guard let colon = reference.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let scheme = reference.utf8[..<colon]
        guard let first = scheme.first, isLetter(first), scheme.count > 1 else { return nil }
        guard scheme.allSatisfy({ isLetter($0) || isDigit($0) || [0x2B, 0x2D, 0x2E].contains($0) }) else { return nil }
        return String(Substring(scheme)).lowercased()
    }

    /// The name of the file that `path` means in the file `name`; `nil` for an absolute path.
    static func fileName(_ path: String, relativeTo name: String) -> String? {
        guard !path.hasPrefix("/") else { return nil }
        var parts = name.utf8.split(separator: UInt8(ascii: "/")).dropLast().map { String(Substring($0)) }
        for piece in path.utf8.split(separator: UInt8(ascii: "/")) {
            let part = String(Substring(piece))
            if part == "." { continue }
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    /// A URI reference resolved against an absolute base (RFC 3986 §5.2, without query handling beyond copying).
    static func resolve(_ reference: String, against base: String) -> String {
        if scheme(of: reference) != nil { return reference }
        let baseWithoutFragment =
            base.utf8.firstIndex(of: UInt8(ascii: "#")).map { String(Substring(base.utf8[..<$0])) } ?? base
        if reference.isEmpty { return baseWithoutFragment }
        if reference.hasPrefix("#") { return baseWithoutFragment + reference }
        let scheme = scheme(of: baseWithoutFragment) ?? ""
        let rest = baseWithoutFragment.dropFirst(scheme.count + 1)
        guard rest.hasPrefix("//") else { return reference }
        if reference.hasPrefix("//") { return "\(scheme):\(reference)" }
        let authority = rest.dropFirst(2).prefix { $0 != "/" && $0 != "?" }
        let front = "\(scheme)://\(authority)"
        if reference.hasPrefix("/") { return front + reference }
        let path = rest.dropFirst(2 + authority.count).prefix { $0 != "?" }
        // A path that ends with a slash is a folder: what is relative to it lies inside.
        let file = path.drop { $0 == "/" } + (path.hasSuffix("/") ? "-" : "")
        guard let name = fileName(reference, relativeTo: String(file)) else { return reference }
        let folded = name.split(separator: "/").filter { $0 != ".." }.joined(separator: "/")
        return front + "/" + folded + (reference.hasSuffix("/") && !folded.isEmpty ? "/" : "")
    }

    /// A JSON Pointer as a URI fragment.
    static func encodeFragment(_ pointer: String) -> String { encode(pointer, allowed: fragmentCharacters) }

    /// Percent escapes replaced; `nil` where one is malformed or the bytes are not UTF-8.
    static func decode(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    // MARK: Characters

    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    private static let pathCharacters = unreserved.union("!$&'()*+,;=:@".utf8)
    private static let fragmentCharacters = pathCharacters.union("/?".utf8)

    private static func encode(_ text: String, allowed: Set<UInt8>) -> String {
        guard !text.utf8.allSatisfy(allowed.contains) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if allowed.contains(byte) {
                bytes.append(byte)
            } else {
                let digits = Array("0123456789ABCDEF".utf8)
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
