/// The cookies of a request (RFC 6265 §4.2).
struct CookieItems: Sendable {
    private(set) var items: [(name: String, value: ArraySlice<UInt8>)] = []

    /// Reads all `Cookie` lines; at most 256 cookies are kept. Quotes around a value are not part of it.
    init(_ headers: HTTPFields) {
        guard headers.contains("Cookie") else { return }
        for line in headers.values("Cookie") {
            for pair in line.utf8.split(separator: 0x3B) where items.count < 256 {
                let bytes = FieldSyntax.trimmed(Array(pair)[...])
                guard let equals = bytes.firstIndex(of: 0x3D) else { continue }
                var value = bytes[(equals + 1)...]
                if value.count >= 2, value.first == 0x22, value.last == 0x22 { value = value.dropFirst().dropLast() }
                items.append((String(decoding: bytes[..<equals], as: UTF8.self), value))
            }
        }
    }

    /// The raw values of a name.
    func rawValues(_ name: String) -> [ArraySlice<UInt8>] {
        items.filter { $0.name == name }.map(\.value)
    }

    /// The values of a name as text.
    func values(_ name: String) -> [String] {
        rawValues(name).map { String(decoding: $0, as: UTF8.self) }
    }
}
