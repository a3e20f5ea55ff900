import LockstepJSON

/// The components of a bundle by section and name, in the order in which they were met.
struct ComponentTable {
    private var sections: [(name: String, entries: [JSONMember])] = []
    private var names: [String: String] = [:]
    /// Members of `components` that hold no named objects, such as `x-` members.
    private var others: [JSONMember] = []

    init(_ members: [JSONMember]) {
        for member in members {
            if case .object(let entries) = member.value, !member.key.hasPrefix("x-") {
                sections.append((member.key, entries))
            } else {
                others.append(member)
            }
        }
    }

    var isEmpty: Bool { sections.allSatisfy(\.entries.isEmpty) && others.isEmpty }

    /// The components that the document itself holds.
    var own: [(section: String, name: String, value: JSONValue)] {
        sections.flatMap { section in section.entries.map { (section.name, $0.key, $0.value) } }
    }

    var value: JSONValue {
        .object(sections.map { JSONMember(key: $0.name, value: .object($0.entries)) } + others)
    }

    /// The name of what a reference means, and whether it is new here.
    mutating func claim(_ section: String, _ wish: String, for reference: String) -> (name: String, isNew: Bool) {
        if let name = names[reference] { return (name, false) }
        let index = self.index(of: section)
        var name = wish
        var number = 2
        while sections[index].entries.contains(where: { $0.key == name }) {
            name = wish + String(number)
            number += 1
        }
        sections[index].entries.append(JSONMember(key: name, value: .null))
        names[reference] = name
        return (name, true)
    }

    mutating func set(_ section: String, _ name: String, _ value: JSONValue) {
        let index = self.index(of: section)
        if let entry = sections[index].entries.firstIndex(where: { $0.key == name }) {
            sections[index].entries[entry].value = value
        } else {
            sections[index].entries.append(JSONMember(key: name, value: value))
        }
    }

    private mutating func index(of section: String) -> Int {
        if let index = sections.firstIndex(where: { $0.name == section }) { return index }
        sections.append((section, []))
        return sections.count - 1
    }
}
