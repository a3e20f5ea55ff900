import LockstepDocument
import LockstepJSON

/// Takes the part of a published document that a selection of its operations needs.
struct BundleSelection {
    private static let prefix = "#/components/"

    /// `GET /users`
    private let operations: Set<String>
    private let webhooks: Set<String>
    private let tags: Set<String>
    private let schemes: Set<String>

    /// What stays is what the description still has.
    init(_ description: APIDescription) {
        operations = Set(description.operations.map { "\($0.method) \($0.path.description)" })
        webhooks = Set(
            description.webhooks.compactMap { operation in
                if case .webhook(let name) = operation.role { "\(operation.method) \(name)" } else { nil }
            })
        tags = Set(description.tags.map(\.name))
        schemes = Set(description.securitySchemes.map(\.name))
    }

    func apply(to bundle: Bundle) -> Bundle {
        guard let members = bundle.document.object else { return bundle }
        var kept = members.compactMap { member -> JSONMember? in
            switch member.key {
            case "paths": JSONMember(key: member.key, value: items(member.value, operations))
            case "webhooks": JSONMember(key: member.key, value: items(member.value, webhooks))
            case "tags": JSONMember(key: member.key, value: declaredTags(member.value))
            case "security": JSONMember(key: member.key, value: requirements(member.value))
            default: member
            }
        }
        kept.removeAll { ["webhooks", "tags", "security"].contains($0.key) && $0.value.isEmptyContainer }
        guard let position = kept.firstIndex(where: { $0.key == "components" }) else {
            return Bundle(document: .object(kept))
        }
        let rest = kept.enumerated().filter { $0.offset != position }.map(\.element.value)
        kept[position].value = components(kept[position].value, reachedFrom: rest)
        kept.removeAll { $0.key == "components" && $0.value.isEmptyContainer }
        return Bundle(document: .object(kept))
    }

    // MARK: Operations

    /// How the bundle, which is a 3.1 document, names what came with OpenAPI 3.2.
    private static let newer = "x-openapi-3.2-"
    private static let methods: Set<String> = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace", newer + "query",
    ]

    /// The path items with their wanted operations; without those that have none.
    private func items(_ value: JSONValue, _ wanted: Set<String>) -> JSONValue {
        let names = Set(wanted.map { $0.drop { $0 != " " }.dropFirst() })
        return .object(
            (value.object ?? []).compactMap { item in
                guard names.contains(item.key[...]) else { return item.key.hasPrefix("x-") ? item : nil }
                let members = (item.value.object ?? []).compactMap { member -> JSONMember? in
                    if member.key == Self.newer + "additionalOperations" {
                        let others = (member.value.object ?? []).filter { wanted.contains("\($0.key) \(item.key)") }
                        return others.isEmpty ? nil : JSONMember(key: member.key, value: .object(others))
                    }
                    guard Self.methods.contains(member.key) else { return member }
                    let method = member.key.split(separator: "-").last ?? ""
                    return wanted.contains("\(method.uppercased()) \(item.key)") ? member : nil
                }
                return JSONMember(key: item.key, value: .object(members))
            })
    }

    private func declaredTags(_ value: JSONValue) -> JSONValue {
        .array((value.array ?? []).filter { tags.contains($0["name"]?.string ?? "") })
    }

    private func requirements(_ value: JSONValue) -> JSONValue {
        .array((value.array ?? []).filter { ($0.object ?? []).allSatisfy { schemes.contains($0.key) } })
    }

    // MARK: Components

    /// The components that are referred to, from outside or by one another.
    private func components(_ value: JSONValue, reachedFrom roots: [JSONValue]) -> JSONValue {
        var known: [String: JSONValue] = [:]
        for section in value.object ?? [] {
            for member in section.value.object ?? [] { known["\(section.key)/\(member.key)"] = member.value }
        }
        var reached: Set<String> = []
        var open = roots
        while let next = open.popLast() {
            for name in Self.references(in: next) where reached.insert(name).inserted {
                if let target = known[name] { open.append(target) }
            }
        }
        return .object(
            (value.object ?? []).compactMap { section in
                guard let members = section.value.object, !section.key.hasPrefix("x-") else { return section }
                let kept = members.filter { member in
                    section.key == "securitySchemes"
                        ? schemes.contains(member.key) : reached.contains("\(section.key)/\(member.key)")
                }
                return kept.isEmpty ? nil : JSONMember(key: section.key, value: .object(kept))
            })
    }

    /// The components that strings of a value name: in `$ref`s and in the mappings of discriminators.
    private static func references(in root: JSONValue) -> [String] {
        var names: [String] = []
        var open = [root]
        while let value = open.popLast() {
            switch value {
            case .null, .bool, .number: break
            case .string(let text):
                guard text.hasPrefix(prefix) else { continue }
                let parts = text.dropFirst(prefix.count).split(separator: "/", maxSplits: 2)
                guard parts.count > 1 else { continue }
                names.append("\(parts[0])/\(unescaped(parts[1]))")
            case .array(let elements): open += elements
            case .object(let members): open += members.map(\.value)
            }
        }
        return names
    }

    /// A token of a JSON Pointer in a URI, without its escapes.
    private static func unescaped(_ token: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(token.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self).replacing("~1", with: "/").replacing("~0", with: "~")
    }
}

extension JSONValue {
    fileprivate var isEmptyContainer: Bool { array?.isEmpty == true || object?.isEmpty == true }
}
