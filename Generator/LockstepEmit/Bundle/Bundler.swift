import LockstepDocument
import LockstepJSON

/// Puts the files of a document into one: what other files' components hold moves into the document's own, path items that
/// are written in other files are put in place, and references become local.
struct Bundler {
    private let resources: [String: JSONValue]
    private let entry: String
    private var components: ComponentTable
    /// Components of other files that are still to be rewritten.
    private var pending: [(section: String, name: String, value: JSONValue)] = []
    private static let scheme = "lockstep:///"

    static func bundle(_ description: APIDescription) -> JSONValue {
        let file = description.files.first ?? ""
        let entry =
            description.resources.keys.first { $0 == scheme + file }
            ?? description.resources.keys.sorted().first { !$0.contains("~") && $0.hasSuffix(file) } ?? scheme + file
        var bundler = Bundler(resources: description.resources, entry: entry)
        return bundler.run()
    }

    private init(resources: [String: JSONValue], entry: String) {
        self.resources = resources
        self.entry = entry
        components = ComponentTable(resources[entry]?["components"]?.object ?? [])
    }

    private mutating func run() -> JSONValue {
        guard case .object(let members) = resources[entry] else { return resources[entry] ?? .null }
        var result: [JSONMember] = []
        for member in members where member.key != "components" {
            result.append(JSONMember(key: member.key, value: rewrite(member.value, under: member.key)))
        }
        rewriteComponents()
        if !components.isEmpty { result.append(JSONMember(key: "components", value: components.value)) }
        return .object(result)
    }

    private mutating func rewriteComponents() {
        for (section, name, value) in components.own {
            components.set(section, name, rewrite(value, under: section))
        }
        while let next = pending.popLast() {
            components.set(next.section, next.name, rewrite(next.value, under: next.section))
        }
    }

    // MARK: Rewriting

    /// A value with its references made local. `key` is the nearest key that says what kind of object stands here.
    private mutating func rewrite(_ value: JSONValue, under key: String) -> JSONValue {
        switch value {
        case .null, .bool, .number: return value
        case .string(let text): return key == "mapping" ? .string(local(text, section: "schemas")) : value
        case .array(let elements): return .array(elements.map { rewrite($0, under: key) })
        case .object(let members): return rewrite(members, under: key)
        }
    }

    private mutating func rewrite(_ members: [JSONMember], under key: String) -> JSONValue {
        if case .string(let reference)? = members.first(where: { $0.key == "$ref" })?.value {
            if key == "paths" || key == "webhooks", let item = target(reference), !isLocal(reference) {
                return pathItem(item, beside: members)
            }
            var result: [JSONMember] = []
            for member in members {
                if member.key == "$ref" || member.key == "$dynamicRef" {
                    let text = member.value.string ?? ""
                    result.append(JSONMember(key: member.key, value: .string(local(text, section: section(for: key)))))
                } else {
                    result.append(JSONMember(key: member.key, value: rewrite(member.value, under: member.key)))
                }
            }
            return .object(result)
        }
        return .object(
            members.map { member in
                let kind = Self.kinds.contains(member.key) ? member.key : key
                return JSONMember(key: member.key, value: rewrite(member.value, under: kind))
            })
    }

    private mutating func pathItem(_ item: JSONValue, beside members: [JSONMember]) -> JSONValue {
        let siblings = members.filter { $0.key != "$ref" }
        let inherited = (item.object ?? []).filter { member in !siblings.contains { $0.key == member.key } }
        return rewrite(siblings + inherited, under: "pathItems")
    }

    // MARK: References

    private func isLocal(_ reference: String) -> Bool {
        reference.hasPrefix(entry + "#") || reference == entry
    }

    /// The reference inside the bundle; what it refers to in another file becomes a component.
    private mutating func local(_ reference: String, section: String) -> String {
        guard reference.hasPrefix(Self.scheme) else { return reference }
        let (base, fragment) = Self.split(reference)
        if base == entry { return "#" + fragment }
        guard let value = target(reference) else { return reference }
        let parts = fragment.split(separator: "/").map(String.init)
        let isComponent = parts.count == 3 && parts[0] == "components"
        let section = isComponent ? parts[1] : section
        let wish = isComponent ? Self.unescape(parts[2]) : Self.name(of: parts, file: base)
        let (name, isNew) = components.claim(section, wish, for: reference)
        if isNew { pending.insert((section, name, value), at: 0) }
        return "#/components/\(section)/\(name.replacing("~", with: "~0").replacing("/", with: "~1"))"
    }

    private func target(_ reference: String) -> JSONValue? {
        let (base, fragment) = Self.split(reference)
        guard var value = resources[base] else { return nil }
        for part in fragment.split(separator: "/") {
            let key = Self.unescape(String(part))
            guard let next = value[key] ?? Int(key).flatMap({ value[$0] }) else { return nil }
            value = next
        }
        return value
    }

    private static func split(_ reference: String) -> (base: String, fragment: String) {
        guard let hash = reference.firstIndex(of: "#") else { return (reference, "") }
        return (String(reference[..<hash]), String(reference[reference.index(after: hash)...]))
    }

    /// A pointer's part without the escapes of JSON Pointer and of URI fragments.
    private static func unescape(_ part: String) -> String {
        PercentEncoding.decoded(part).replacing("~1", with: "/").replacing("~0", with: "~")
    }

    /// A name for a component made from where it stood.
    private static func name(of parts: [String], file: String) -> String {
        let words = parts.suffix(2).map(unescape).filter { Int($0) == nil }
        let base = words.isEmpty ? FilePath.name(of: file) : words.joined(separator: "-")
        return String(base.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" })
    }

    /// Keys under which objects of one kind stand, by which a reference's section is known.
    private static let kinds: Set<String> = [
        "paths", "webhooks", "parameters", "responses", "headers", "requestBody", "requestBodies", "examples", "links",
        "callbacks", "securitySchemes", "schema", "schemas", "content", "properties", "items", "allOf", "oneOf",
        "anyOf",
        "mapping", "pathItems",
    ]

    private func section(for key: String) -> String {
        switch key {
        case "parameters", "responses", "headers", "examples", "links", "callbacks", "securitySchemes", "pathItems": key
        case "requestBody", "requestBodies": "requestBodies"
        case "paths", "webhooks": "pathItems"
        default: "schemas"
        }
    }
}
