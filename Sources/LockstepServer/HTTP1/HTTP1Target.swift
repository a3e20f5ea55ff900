import LockstepRuntime

/// The forms of a request target (RFC 9112 section 3.2) and the Host rules that go with them.
enum HTTP1Target {
    /// The target in origin form, or `*`.
    static func originForm(
        _ bytes: Span<UInt8>, _ layout: borrowing HTTP1HeadLayout, host: HTTP1FieldRange?, method: HTTPMethod
    ) throws(HTTP1Refusal) -> String {
        let start = layout.targetStart
        let end = layout.targetEnd
        switch bytes[start] {
        case UInt8(ascii: "/"):
            try checkHost(bytes, host, minorVersion: layout.minorVersion)
            try checkPath(bytes, start, end)
            return HTTP1Bytes.text(bytes, start, end)
        case UInt8(ascii: "*"):
            guard end - start == 1, method == .options else { throw .targetForm }
            try checkHost(bytes, host, minorVersion: layout.minorVersion)
            return HTTP1Bytes.text(bytes, start, end)
        default:
            return try absoluteForm(bytes, start, end, host: host, minorVersion: layout.minorVersion)
        }
    }

    private static func checkHost(
        _ bytes: Span<UInt8>, _ host: HTTP1FieldRange?, minorVersion: UInt8
    ) throws(HTTP1Refusal) {
        guard let host else {
            if minorVersion == 0 { return }
            throw .missingHost
        }
        guard isAuthority(bytes, Int(host.valueStart), Int(host.valueEnd)) else { throw .malformedHost }
    }

    /// `http://authority/path`: the authority must be the Host field's, so that no two parties can disagree on it.
    private static func absoluteForm(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, host: HTTP1FieldRange?, minorVersion: UInt8
    ) throws(HTTP1Refusal) -> String {
        var index = start
        while index < end, bytes[index] != UInt8(ascii: ":") { index &+= 1 }
        guard end - index >= 3, bytes[index + 1] == UInt8(ascii: "/"), bytes[index + 2] == UInt8(ascii: "/") else {
            throw .targetForm
        }
        guard HTTP1Bytes.equals(bytes, start, index, "http") || HTTP1Bytes.equals(bytes, start, index, "https") else {
            throw .targetScheme
        }
        let authority = index + 3
        index = authority
        while index < end, bytes[index] != UInt8(ascii: "/"), bytes[index] != UInt8(ascii: "?") { index &+= 1 }
        guard isAuthority(bytes, authority, index) else { throw .malformedTarget }
        try checkHost(bytes, host, minorVersion: minorVersion)
        if let host { guard same(bytes, authority..<index, host) else { throw .targetHostMismatch } }
        try checkPath(bytes, index, end)
        let path = HTTP1Bytes.text(bytes, index, end)
        return path.utf8.first == UInt8(ascii: "/") ? path : "/" + path
    }

    private static func same(_ bytes: Span<UInt8>, _ authority: Range<Int>, _ host: HTTP1FieldRange) -> Bool {
        let start = Int(host.valueStart)
        guard Int(host.valueEnd) - start == authority.count else { return false }
        for offset in 0..<authority.count
        where lowercased(bytes[authority.lowerBound + offset]) != lowercased(bytes[start + offset]) {
            return false
        }
        return true
    }

    /// Percent-encodings of the path must be whole, and must not hide a NUL.
    private static func checkPath(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) throws(HTTP1Refusal) {
        var index = start
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "?") { return }
            if byte == UInt8(ascii: "%") {
                guard index + 2 < end, let high = HTTP1Bytes.hexValue(bytes[index + 1]),
                    let low = HTTP1Bytes.hexValue(bytes[index + 2]), high | low != 0
                else { throw .malformedTarget }
                index &+= 2
            }
            index &+= 1
        }
    }

    /// `host [":" port]`: a registered name, an IPv4 address or an IPv6 address in brackets; no user info, not empty.
    static func isAuthority(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard start < end else { return false }
        var index = start
        if bytes[index] == UInt8(ascii: "[") {
            index &+= 1
            while index < end, isAddress(bytes[index]) { index &+= 1 }
            guard index < end, bytes[index] == UInt8(ascii: "]"), index > start + 2 else { return false }
            index &+= 1
        } else {
            while index < end, isName(bytes[index]) { index &+= 1 }
            guard index > start else { return false }
        }
        guard index < end else { return true }
        guard bytes[index] == UInt8(ascii: ":"), end - index <= 6 else { return false }
        index &+= 1
        var port = 0
        while index < end {
            guard HTTP1Bytes.isDigit(bytes[index]) else { return false }
            port = port * 10 + Int(bytes[index] &- 0x30)
            index &+= 1
        }
        return port <= 65_535
    }

    private static func isAddress(_ byte: UInt8) -> Bool {
        HTTP1Bytes.hexValue(byte) != nil || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }

    /// Letters, digits, `-`, `.`, `_` and the sub-delimiters and percent sign of RFC 3986's reg-name.
    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "@"), UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"),
            UInt8(ascii: "}"), UInt8(ascii: ","):
            false
        default: HTTP1Bytes.isTarget(byte)
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
