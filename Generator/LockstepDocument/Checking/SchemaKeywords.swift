/// The keywords of a Schema Object and what their values must be.
enum SchemaKeywords {
    /// What a keyword's value must be.
    enum Shape {
        case any
        case string
        case boolean
        case number
        case count
        case strings
        case array
        case schema
        case schemas
        case schemaMap
        case type
        case object(ObjectKind)
        case map

        /// Whether null is a value of its own, or is read by a rule of its own.
        var allowsNull: Bool {
            switch self {
            case .any, .type: true
            case .string, .boolean, .number, .count, .strings, .array, .schema, .schemas, .schemaMap, .object, .map:
                false
            }
        }
    }

    /// JSON Schema 2020-12 and OpenAPI's own.
    static let shapes: [String: Shape] = [
        // Core
        "$ref": .string, "$id": .string, "$schema": .string, "$anchor": .string, "$dynamicAnchor": .string,
        "$dynamicRef": .string, "$comment": .string, "$vocabulary": .map, "$defs": .schemaMap,
        "definitions": .schemaMap,
        // Applicators
        "allOf": .schemas, "anyOf": .schemas, "oneOf": .schemas, "not": .schema, "if": .schema, "then": .schema,
        "else": .schema, "dependentSchemas": .schemaMap, "prefixItems": .schemas, "items": .schema, "contains": .schema,
        "properties": .schemaMap, "patternProperties": .schemaMap, "additionalProperties": .schema,
        "propertyNames": .schema, "unevaluatedItems": .schema, "unevaluatedProperties": .schema,
        "contentSchema": .schema,
        // Assertions
        "type": .type, "enum": .array, "const": .any, "multipleOf": .number, "maximum": .number,
        "exclusiveMaximum": .number, "minimum": .number, "exclusiveMinimum": .number, "maxLength": .count,
        "minLength": .count, "pattern": .string, "maxItems": .count, "minItems": .count, "uniqueItems": .boolean,
        "maxContains": .count, "minContains": .count, "maxProperties": .count, "minProperties": .count,
        "required": .strings, "dependentRequired": .map,
        // Annotations
        "format": .string, "contentEncoding": .string, "contentMediaType": .string, "title": .string,
        "description": .string, "default": .any, "deprecated": .boolean, "readOnly": .boolean, "writeOnly": .boolean,
        "examples": .array,
        // OpenAPI
        "discriminator": .object(.discriminator), "xml": .object(.xml), "externalDocs": .object(.externalDocumentation),
        "example": .any,
    ]

    /// Keywords that OpenAPI 3.0 does not have.
    static let since3_1: Set<String> = [
        "$id", "$schema", "$anchor", "$dynamicAnchor", "$dynamicRef", "$vocabulary", "$defs", "definitions", "if",
        "then",
        "else", "dependentSchemas", "prefixItems", "contains", "patternProperties", "propertyNames", "unevaluatedItems",
        "unevaluatedProperties", "contentSchema", "const", "maxContains", "minContains", "dependentRequired",
        "contentEncoding", "contentMediaType", "examples",
    ]

    /// Keywords that say nothing about which values are valid.
    static let annotations: Set<String> = [
        "title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples", "example", "externalDocs",
        "xml", "$comment", "$defs", "definitions", "$id", "$schema", "$anchor", "$dynamicAnchor",
    ]

    /// Keywords of other drafts, and what to write in their place.
    static let foreign: [String: String] = [
        "dependencies": "write dependentRequired or dependentSchemas", "additionalItems": "write prefixItems and items",
        "id": "write $id", "$recursiveRef": "write $dynamicRef", "$recursiveAnchor": "write $dynamicAnchor",
        "extends": "write allOf", "disallow": "write not", "divisibleBy": "write multipleOf",
    ]

    /// The names that `type` may have.
    static let typeNames = ["null", "boolean", "object", "array", "number", "string", "integer"]

    /// Type names of other languages, and what they mean here.
    static let typeAliases: [String: String] = [
        "int": "integer", "int32": "integer", "int64": "integer", "long": "integer", "float": "number",
        "double": "number",
        "decimal": "number", "bool": "boolean", "str": "string", "text": "string", "date": "string",
        "datetime": "string",
        "date-time": "string", "uuid": "string", "file": "string", "binary": "string", "list": "array", "map": "object",
        "dict": "object", "nil": "null", "none": "null",
    ]
}
