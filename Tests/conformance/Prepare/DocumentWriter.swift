import ConformanceSupport
import Foundation
import LockstepRuntime

/// Writes an OpenAPI document whose components are the schemas of some groups, each in a file of its own, so that `#` means
/// the schema; and the Swift that lists the types which become of them.
///
/// A schema is asked through an object that holds it as a required property. So null is asked like any other value.
struct DocumentWriter {
    let part: Part
    let module: String
    let document: Packing.Document
    let suite: Suite
    let folder: URL

    func write() throws {
        let schemas = folder.appending(path: "schemas")
        try FileManager.default.createDirectory(at: schemas, withIntermediateDirectories: true)
        var components: [JSONMember] = try document.needsRemotes ? writeRemotes() : []
        var table = """
            public import ConformanceSupport
            import LockstepRuntime

            public func add\(module)(to subjects: inout Subjects) {

            """
        for group in document.groups {
            let name = Self.typeName(group.name)
            try write(prepared(group.schema), to: schemas.appending(path: "\(name).json"))
            components.append(JSONMember(key: name, value: ["$ref": .string("schemas/\(name).json")]))
            components.append(JSONMember(key: "\(name)Holder", value: Self.holder(of: name)))
            table += "    subjects.add(\"\(group.name)\", Contract.validators[\"\(name)Holder\"], \(name)Holder.self)\n"
        }
        let root: JSONValue = [
            "openapi": .string(part.version), "info": ["title": .string(module), "version": "1"], "paths": [:],
            "components": ["schemas": .object(components)],
        ]
        try write(root, to: folder.appending(path: "openapi.json"))
        try Data("\(table)}\n".utf8).write(to: folder.appending(path: "Table.swift"))
    }

    private static func holder(of name: String) -> JSONValue {
        [
            "type": "object", "required": ["value"],
            "properties": ["value": ["$ref": .string("#/components/schemas/\(name)")]],
        ]
    }

    /// `if-then-else/3` → `IfThenElse3`
    private static func typeName(_ name: String) -> String {
        name.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private func prepared(_ schema: JSONValue) -> JSONValue {
        guard !part.keepsDialect, case .object(let members) = schema else { return schema }
        return .object(members.filter { $0.key != "$schema" })
    }

    /// The remote schemas as files that name themselves; the components that make them part of the document.
    private func writeRemotes() throws -> [JSONMember] {
        var components: [JSONMember] = []
        for (index, remote) in suite.remotes.enumerated() {
            let own = Packing.identifiers(of: remote.schema)
            guard own.union([remote.uri]).isDisjoint(with: document.identifiers) else { continue }
            var files: [(name: String, schema: JSONValue)] = [("Remote\(index)", remote.schema)]
            if case .object(let members) = remote.schema {
                if let id = remote.schema["$id"]?.string {
                    // Known by another name than its address: the address leads there.
                    if id != remote.uri {
                        files.append(("Address\(index)", ["$id": .string(remote.uri), "$ref": .string(id)]))
                    }
                } else {
                    files[0].schema = .object([JSONMember(key: "$id", value: .string(remote.uri))] + members)
                }
            }
            for file in files {
                try write(file.schema, to: folder.appending(path: "schemas/\(file.name).json"))
                components.append(JSONMember(key: file.name, value: ["$ref": .string("schemas/\(file.name).json")]))
            }
        }
        return components
    }

    private func write(_ value: JSONValue, to url: URL) throws {
        try Data(value.text.utf8).write(to: url)
    }
}
