/// The `name=value` pairs of a query, or of a form body, still encoded.
///
/// `&` separates; `+` is a space, as forms have always written it; a name without `=` has the empty value.
struct QueryItems: Sendable {
    struct Item: Sendable {
        /// The decoded name; `nil` if it is malformed.
        let name: String?
        /// The raw value.
        let value: ArraySlice<UInt8>
    }

    /// More pairs than anybody needs; what is beyond them is reported by ``isTooLong``.
    static let maximumCount = 1024

    private(set) var items: [Item] = []
    private(set) var isTooLong = false

    init(_ query: Substring?) {
        self.init(bytes: query.map { Array($0.utf8) } ?? [])
    }

    init(bytes: [UInt8]) {
        var start = 0
        while start <= bytes.count, !bytes.isEmpty {
            let end = bytes[start...].firstIndex(of: 0x26) ?? bytes.count
            if end > start { append(bytes[start..<end]) }
            if isTooLong { return }
            start = end + 1
        }
    }

    private mutating func append(_ pair: ArraySlice<UInt8>) {
        guard items.count < QueryItems.maximumCount else {
            isTooLong = true
            return
        }
        let equals = pair.firstIndex(of: 0x3D) ?? pair.endIndex
        let value = equals < pair.endIndex ? pair[(equals + 1)...] : pair[pair.endIndex...]
        items.append(Item(name: PercentCoding.decode(pair[..<equals], plusIsSpace: true), value: value))
    }

    /// The raw values of a name.
    func rawValues(_ name: String) -> [ArraySlice<UInt8>] {
        items.filter { $0.name == name }.map(\.value)
    }

    /// The decoded values of a name; malformed ones are left out.
    func values(_ name: String) -> [String] {
        rawValues(name).compactMap { PercentCoding.decode($0, plusIsSpace: true) }
    }
}
