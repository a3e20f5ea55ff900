import LockstepJSON

/// The meta-schema of JSON Schema 2020-12, for schemas that refer to it.
enum MetaSchemas {
    private static let base = "https://json-schema.org/draft/2020-12/"

    /// The document of a URI, nil when it is none of the meta-schema's.
    static func value(_ uri: String) -> JSONValue? {
        guard uri.hasPrefix(base) else { return nil }
        let name = String(uri.dropFirst(base.count))
        if name == "schema" { return schema }
        guard name.hasPrefix("meta/"), let members = parts[String(name.dropFirst(5))] else { return nil }
        return vocabulary(String(name.dropFirst(5)), members)
    }

    private static let names = [
        "core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content",
    ]

    private static let schema: JSONValue = .object([
        JSONMember(key: "$schema", value: .string(base + "schema")),
        JSONMember(key: "$id", value: .string(base + "schema")),
        JSONMember(key: "$dynamicAnchor", value: "meta"),
        JSONMember(
            key: "allOf",
            value: .array(names.map { .object([JSONMember(key: "$ref", value: .string("meta/" + $0))]) })),
        JSONMember(key: "type", value: ["object", "boolean"]),
    ])

    private static func vocabulary(_ name: String, _ text: String) -> JSONValue? {
        guard case .object(let members) = try? JSONValue.parse(text) else { return nil }
        return .object(
            [
                JSONMember(key: "$schema", value: .string(base + "schema")),
                JSONMember(key: "$id", value: .string(base + "meta/" + name)),
                JSONMember(key: "$dynamicAnchor", value: "meta"),
                JSONMember(key: "type", value: ["object", "boolean"]),
            ] + members)
    }

    private static let parts: [String: String] = [
        "core": """
        {"properties": {
          "$id": {"$ref": "#/$defs/uriReferenceString", "pattern": "^[^#]*#?$"},
          "$schema": {"$ref": "#/$defs/uriString"},
          "$ref": {"$ref": "#/$defs/uriReferenceString"},
          "$anchor": {"$ref": "#/$defs/anchorString"},
          "$dynamicRef": {"$ref": "#/$defs/uriReferenceString"},
          "$dynamicAnchor": {"$ref": "#/$defs/anchorString"},
          "$vocabulary": {"type": "object", "propertyNames": {"$ref": "#/$defs/uriString"},
            "additionalProperties": {"type": "boolean"}},
          "$comment": {"type": "string"},
          "$defs": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}}},
         "$defs": {
          "anchorString": {"type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"},
          "uriString": {"type": "string", "format": "uri"},
          "uriReferenceString": {"type": "string", "format": "uri-reference"}}}
        """,
        "applicator": """
        {"properties": {
          "prefixItems": {"$ref": "#/$defs/schemaArray"},
          "items": {"$dynamicRef": "#meta"}, "contains": {"$dynamicRef": "#meta"},
          "additionalProperties": {"$dynamicRef": "#meta"},
          "properties": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}},
          "patternProperties": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"},
            "propertyNames": {"format": "regex"}},
          "dependentSchemas": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}},
          "propertyNames": {"$dynamicRef": "#meta"},
          "if": {"$dynamicRef": "#meta"}, "then": {"$dynamicRef": "#meta"}, "else": {"$dynamicRef": "#meta"},
          "allOf": {"$ref": "#/$defs/schemaArray"}, "anyOf": {"$ref": "#/$defs/schemaArray"},
          "oneOf": {"$ref": "#/$defs/schemaArray"}, "not": {"$dynamicRef": "#meta"}},
         "$defs": {"schemaArray": {"type": "array", "minItems": 1, "items": {"$dynamicRef": "#meta"}}}}
        """,
        "unevaluated": """
        {"properties": {
          "unevaluatedItems": {"$dynamicRef": "#meta"}, "unevaluatedProperties": {"$dynamicRef": "#meta"}}}
        """,
        "validation": """
        {"properties": {
          "type": {"anyOf": [{"$ref": "#/$defs/simpleTypes"},
            {"type": "array", "items": {"$ref": "#/$defs/simpleTypes"}, "minItems": 1, "uniqueItems": true}]},
          "const": true, "enum": {"type": "array"},
          "multipleOf": {"type": "number", "exclusiveMinimum": 0},
          "maximum": {"type": "number"}, "exclusiveMaximum": {"type": "number"},
          "minimum": {"type": "number"}, "exclusiveMinimum": {"type": "number"},
          "maxLength": {"$ref": "#/$defs/count"}, "minLength": {"$ref": "#/$defs/count"},
          "pattern": {"type": "string", "format": "regex"},
          "maxItems": {"$ref": "#/$defs/count"}, "minItems": {"$ref": "#/$defs/count"},
          "uniqueItems": {"type": "boolean"},
          "maxContains": {"$ref": "#/$defs/count"}, "minContains": {"$ref": "#/$defs/count"},
          "maxProperties": {"$ref": "#/$defs/count"}, "minProperties": {"$ref": "#/$defs/count"},
          "required": {"$ref": "#/$defs/stringArray"},
          "dependentRequired": {"type": "object", "additionalProperties": {"$ref": "#/$defs/stringArray"}}},
         "$defs": {
          "count": {"type": "integer", "minimum": 0},
          "simpleTypes": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]},
          "stringArray": {"type": "array", "items": {"type": "string"}, "uniqueItems": true}}}
        """,
        "meta-data": """
        {"properties": {
          "title": {"type": "string"}, "description": {"type": "string"}, "default": true,
          "deprecated": {"type": "boolean"}, "readOnly": {"type": "boolean"}, "writeOnly": {"type": "boolean"},
          "examples": {"type": "array", "items": true}}}
        """,
        "format-annotation": #"{"properties": {"format": {"type": "string"}}}"#,
        "format-assertion": #"{"properties": {"format": {"type": "string"}}}"#,
        "content": """
        {"properties": {
          "contentEncoding": {"type": "string"}, "contentMediaType": {"type": "string"},
          "contentSchema": {"$dynamicRef": "#meta"}}}
        """,
    ]
}
