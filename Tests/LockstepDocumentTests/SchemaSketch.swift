import LockstepJSON
import Testing

@testable import LockstepDocument

/// The types of a document with these component schemas, a line each.
func sketch(_ schemas: String, version: String = "3.1.0", warnings: Int = 0) throws -> [String] {
    let text =
        "openapi: \(version)\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
        + schemas.split(separator: "\n").map { "    \($0)\n" }.joined()
    let result = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
    #expect(result.diagnostics.filter { $0.severity > .note }.count == warnings, "\(result.diagnostics)")
    return try #require(result.description).schemas.map { "\($0.name) = \(Sketch.of($0.schema))" }
}

/// A schema in one line.
enum Sketch {
    static func of(_ schema: Schema) -> String { kind(schema.kind) + (schema.isNullable ? "?" : "") }

    private static func kind(_ kind: SchemaKind) -> String {
        switch kind {
        case .any: "any"
        case .never: "never"
        case .null: "null"
        case .boolean: "boolean"
        case .integer(let format): "integer" + (format.map { "(\($0))" } ?? "")
        case .number(let format): "number" + (format.map { "(\($0))" } ?? "")
        case .string(let format): "string" + (format.map { "(\($0))" } ?? "")
        case .enumeration(let values):
            "enum(" + values.values.map(\.value.text).joined(separator: " | ") + (values.isOpen ? " …)" : ")")
        case .array(let items): "[\(of(items))]"
        case .tuple(let tuple):
            "(" + tuple.prefix.map(of).joined(separator: ", ") + (tuple.rest.map { ", \(of($0))…" } ?? "") + ")"
        case .map(let values): "map(\(of(values)))"
        case .object(let object):
            "{" + (object.properties.map(property) + rest(object.additional)).joined(separator: ", ") + "}"
        case .union(let union):
            "\(union.rule)" + (union.discriminator.map { "[\($0.property)]" } ?? "")
                + "(" + union.alternatives.map(alternative).joined(separator: " | ") + ")"
        case .reference(let name): name
        }
    }

    private static func property(_ property: ObjectSchema.Property) -> String {
        "\(property.name)\(property.isRequired ? "" : "?"): \(of(property.schema))"
    }

    private static func rest(_ additional: ObjectSchema.AdditionalProperties) -> [String] {
        switch additional {
        case .unmentioned: []
        case .forbidden: ["!"]
        case .schema(let schema): ["*: \(of(schema))"]
        }
    }

    private static func alternative(_ alternative: UnionSchema.Alternative) -> String {
        alternative.discriminatorValues.map { "\($0): " }.joined() + of(alternative.schema)
    }
}
