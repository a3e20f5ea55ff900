import LockstepRuntime

/// The payment of `BenchServer/openapi.yaml`, written as the generator writes it.
struct Payment: JSONCoded {
    var id: UUID
    var amount: String
    var currency: String
    var status: Status
    var createdAt: Timestamp
    var note: String?
    var method: PaymentMethod
    var tags: [String]?
    var capture: Bool?

    init(_ json: ValidJSON) {
        id = json[0].uuid
        amount = json[1].string
        currency = json[2].string
        status = Status(json[3])
        createdAt = json[4].timestamp
        note = json[5].optional(String.self)
        method = PaymentMethod(json[6])
        tags = json[7].optional([String].self)
        capture = json[8].optional(Bool.self)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.field("id", id)
        json.field("amount", amount)
        json.field("currency", currency)
        json.field("status", status)
        json.field("createdAt", createdAt)
        json.field("note", note)
        json.field("method", method)
        json.field("tags", tags)
        json.field("capture", capture)
        json.endObject()
    }

    static let shape: Shape = .object([
        ShapeProperty("id", .scalar(.uuid), isRequired: true),
        ShapeProperty("amount", .scalar(.string), isRequired: true),
        ShapeProperty("currency", .scalar(.string), isRequired: true),
        ShapeProperty("status", .enumeration(["pending", "processing", "completed", "failed"]), isRequired: true),
        ShapeProperty("createdAt", .scalar(.timestamp), isRequired: true),
        ShapeProperty("note", .scalar(.string)),
        ShapeProperty("method", .named("PaymentMethod"), isRequired: true),
        ShapeProperty("tags", .array(.scalar(.string))),
        ShapeProperty("capture", .scalar(.bool)),
    ])
}

enum Status: String, JSONCoded {
    case pending, processing, completed, failed

    init(_ json: ValidJSON) {
        switch json.choice {
        case 0: self = .pending
        case 1: self = .processing
        case 2: self = .completed
        default: self = .failed
        }
    }

    func write(to json: inout JSONWriter) { json.string(rawValue) }
}

enum PaymentMethod: JSONCoded {
    case card(CardMethod)
    case transfer(TransferMethod)

    init(_ json: ValidJSON) {
        switch json.branch {
        case 0: self = .card(CardMethod(json.payload))
        default: self = .transfer(TransferMethod(json.payload))
        }
    }

    func write(to json: inout JSONWriter) {
        switch self {
        case .card(let card): card.write(to: &json)
        case .transfer(let transfer): transfer.write(to: &json)
        }
    }

    static let shape: Shape = .union(
        [
            ShapeAlternative(schema: "bench#/$defs/CardMethod", shape: CardMethod.shape, values: ["card"]),
            ShapeAlternative(schema: "bench#/$defs/TransferMethod", shape: TransferMethod.shape, values: ["transfer"]),
        ], discriminator: "kind")
}

struct CardMethod: JSONCoded {
    var last4: String
    var holder: String
    var expires: String

    init(_ json: ValidJSON) {
        last4 = json[0].string
        holder = json[1].string
        expires = json[2].string
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.field("kind", "card")
        json.field("last4", last4)
        json.field("holder", holder)
        json.field("expires", expires)
        json.endObject()
    }

    static let shape: Shape = .object([
        ShapeProperty("last4", .scalar(.string), isRequired: true),
        ShapeProperty("holder", .scalar(.string), isRequired: true),
        ShapeProperty("expires", .scalar(.string), isRequired: true),
    ])
}

struct TransferMethod: JSONCoded {
    var iban: String

    init(_ json: ValidJSON) { iban = json[0].string }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.field("kind", "transfer")
        json.field("iban", iban)
        json.endObject()
    }

    static let shape: Shape = .object([ShapeProperty("iban", .scalar(.string), isRequired: true)])
}

/// The schemas of `BenchServer/openapi.yaml` as JSON, and of the other texts.
let schemas = """
    {"$defs": {
      "Payment": {
        "type": "object", "additionalProperties": false,
        "required": ["id", "amount", "currency", "status", "createdAt", "method"],
        "properties": {
          "id": {"type": "string", "format": "uuid"},
          "amount": {"type": "string", "format": "decimal", "pattern": "^[0-9]{1,8}(\\\\.[0-9]{1,2})?$"},
          "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
          "status": {"type": "string", "enum": ["pending", "processing", "completed", "failed"]},
          "createdAt": {"type": "string", "format": "date-time"},
          "note": {"type": "string", "maxLength": 140},
          "method": {"$ref": "#/$defs/PaymentMethod"},
          "tags": {"type": "array", "maxItems": 10, "items": {"type": "string", "minLength": 1, "maxLength": 40}},
          "capture": {"type": "boolean"}}},
      "PaymentMethod": {
        "oneOf": [{"$ref": "#/$defs/CardMethod"}, {"$ref": "#/$defs/TransferMethod"}],
        "discriminator": {"propertyName": "kind",
          "mapping": {"card": "#/$defs/CardMethod", "transfer": "#/$defs/TransferMethod"}}},
      "CardMethod": {
        "type": "object", "required": ["kind", "last4", "holder", "expires"],
        "properties": {
          "kind": {"type": "string", "const": "card"},
          "last4": {"type": "string", "pattern": "^[0-9]{4}$"},
          "holder": {"type": "string", "minLength": 1, "maxLength": 100},
          "expires": {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"}}},
      "TransferMethod": {
        "type": "object", "required": ["kind", "iban"],
        "properties": {
          "kind": {"type": "string", "const": "transfer"},
          "iban": {"type": "string", "minLength": 15, "maxLength": 34}}},
      "Payments": {"type": "array", "items": {"$ref": "#/$defs/Payment"}},
      "Filter": {
        "oneOf": [{"$ref": "#/$defs/AllFilter"}, {"$ref": "#/$defs/FieldFilter"}],
        "discriminator": {"propertyName": "kind",
          "mapping": {"all": "#/$defs/AllFilter", "field": "#/$defs/FieldFilter"}}},
      "AllFilter": {
        "type": "object", "required": ["kind", "of"],
        "properties": {
          "kind": {"type": "string", "const": "all"},
          "of": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Filter"}}}},
      "FieldFilter": {
        "type": "object", "required": ["kind", "name", "least"],
        "properties": {
          "kind": {"type": "string", "const": "field"},
          "name": {"type": "string", "minLength": 1},
          "least": {"type": "integer", "format": "int64", "minimum": 0}}},
      "Messages": {
        "type": "array",
        "items": {
          "type": "object", "required": ["author", "text"],
          "properties": {"author": {"type": "string", "maxLength": 80}, "text": {"type": "string", "maxLength": 2000}}}}}}
    """
