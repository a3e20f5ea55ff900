/// Takes `deepObject` parameters apart: `filter[price][min]=1&filter[tags]=a&filter[tags]=b`.
///
/// OpenAPI defines one level; further levels and repeated names for lists (also as `tags[]`) are what clients send.
enum DeepObjectParser {
    /// Levels below the parameter's name.
    static let maximumDepth = 8

    /// The members that the items give to the parameter; `nil` if there are none.
    static func parse(_ items: [QueryItems.Item], name: String) throws(RawValueError) -> RawValue? {
        var root = Node()
        for item in items {
            guard let full = item.name, let path = path(full, under: name) else { continue }
            guard path.count <= maximumDepth else { throw .tooLarge }
            try root.insert(item.value, at: path[...])
        }
        return root.children.isEmpty ? nil : root.value
    }

    /// Whether an item belongs to the parameter.
    static func claims(_ itemName: String, name: String) -> Bool {
        path(itemName, under: name) != nil
    }

    /// The keys of `name[a][b]`; an empty last key (`tags[]`) only says that there may be several.
    private static func path(_ text: String, under name: String) -> [String]? {
        guard text.count > name.count + 1, text.hasPrefix(name) else { return nil }
        var rest = text.dropFirst(name.count)
        var path: [String] = []
        while !rest.isEmpty {
            guard rest.first == "[", let close = rest.firstIndex(of: "]") else { return nil }
            path.append(String(rest[rest.index(after: rest.startIndex)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        if path.count > 1, path.last == "" { path.removeLast() }
        return path
    }

    private struct Node {
        var texts: [ArraySlice<UInt8>] = []
        var children: [(name: String, node: Node)] = []

        mutating func insert(_ text: ArraySlice<UInt8>, at path: ArraySlice<String>) throws(RawValueError) {
            guard let name = path.first else {
                texts.append(text)
                guard children.isEmpty else { throw .style }
                return
            }
            guard texts.isEmpty else { throw .style }
            if let index = children.firstIndex(where: { $0.name == name }) {
                try children[index].node.insert(text, at: path.dropFirst())
            } else {
                var node = Node()
                try node.insert(text, at: path.dropFirst())
                children.append((name, node))
            }
        }

        var value: RawValue {
            if children.isEmpty { return texts.count == 1 ? .text(texts[0]) : .list(texts) }
            return .nested(children.map { ($0.name, $0.node.value) })
        }
    }
}
