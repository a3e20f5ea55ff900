/// The members of a mapping in document order, found by key.
struct Mapping {
    /// One member.
    struct Entry {
        var key: String
        var value: Node
    }

    /// The members in document order. Keys are unique.
    private(set) var entries: [Entry] = []
    /// Positions by key; empty while there are so few that a scan is quicker.
    private var positions: [String: Int] = [:]

    private static let indexedFrom = 12

    init() {}

    /// Makes a mapping of members whose keys differ.
    init(_ entries: [Entry]) {
        self.entries = entries
        if entries.count >= Self.indexedFrom { index() }
    }

    var isEmpty: Bool { entries.isEmpty }
    var count: Int { entries.count }
    var keys: [String] { entries.map(\.key) }

    subscript(key: String) -> Node? {
        get { position(of: key).map { entries[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): entries[position].value = value
            case (let position?, nil):
                entries.remove(at: position)
                if !positions.isEmpty { index() }
            case (nil, let value?):
                entries.append(Entry(key: key, value: value))
                if !positions.isEmpty {
                    positions[key] = entries.count - 1
                } else if entries.count >= Self.indexedFrom {
                    index()
                }
            case (nil, nil): break
            }
        }
    }

    func mapValues(_ transform: (Node) -> Node) -> Mapping {
        var result = self
        for position in entries.indices { result.entries[position].value = transform(entries[position].value) }
        return result
    }

    private func position(of key: String) -> Int? {
        positions.isEmpty ? entries.firstIndex { $0.key == key } : positions[key]
    }

    private mutating func index() {
        positions = Dictionary(entries.indices.map { (entries[$0].key, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
