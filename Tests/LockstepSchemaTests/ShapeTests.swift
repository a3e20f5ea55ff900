import LockstepJSON
import LockstepSchema
import Testing

/// What a generator writes for a schema: the types here are read from slots.
@Suite struct ShapeTests {
    static let schemas: JSONValue = [
        "$defs": [
            "Payment": [
                "type": "object", "required": ["amount", "method"], "additionalProperties": false,
                "properties": [
                    "amount": ["type": "number", "minimum": 1, "multipleOf": 1],
                    "note": ["type": ["string", "null"], "maxLength": 10],
                    "method": ["$ref": "#/$defs/Method"],
                    "status": ["enum": ["NEW", "PAID"]],
                    "tags": ["type": "array", "items": ["type": "string"]],
                    "parts": ["type": "array", "items": ["$ref": "#/$defs/Payment"]],
                ],
            ],
            "Method": ["oneOf": [["$ref": "#/$defs/Card"], ["$ref": "#/$defs/Transfer"]]],
            "Card": [
                "type": "object", "required": ["type", "number"],
                "properties": ["type": ["const": "card"], "number": ["type": "string", "pattern": "^[0-9]{4}$"]],
            ],
            "Transfer": [
                "type": "object", "required": ["type", "iban"],
                "properties": ["type": ["const": "transfer"], "iban": ["type": "string"]],
            ],
            "Stamp": [
                "type": "object", "required": ["id", "at"],
                "properties": [
                    "id": ["type": "string", "format": "uuid"], "at": ["type": "string", "format": "date-time"],
                    "seen": ["type": ["string", "null"], "format": "date-time"],
                    "others": ["type": "array", "items": ["type": "string", "format": "uuid"]],
                ],
            ],
            "CheckedStamp": [
                "allOf": [
                    ["$ref": "#/$defs/Stamp"], ["properties": ["id": ["type": "string", "pattern": "^[0-9a-f-]*$"]]],
                ]
            ],
            "Extra": [
                "type": "object", "properties": ["a": ["type": "integer"]],
                "additionalProperties": ["type": "integer"],
            ],
        ]
    ]

    static let shapes: [String: Shape] = [
        "Payment": .object([
            ShapeProperty("amount", .scalar(.decimal), isRequired: true),
            ShapeProperty("note", .nullable(.scalar(.string))),
            ShapeProperty("method", .named("Method"), isRequired: true),
            ShapeProperty("status", .enumeration(["NEW", "PAID"])),
            ShapeProperty("tags", .array(.scalar(.string))),
            ShapeProperty("parts", .array(.named("Payment"))),
        ]),
        "Method": .union(
            [
                ShapeAlternative(
                    schema: "doc#/$defs/Card",
                    shape: .object([ShapeProperty("number", .scalar(.string), isRequired: true)])),
                ShapeAlternative(
                    schema: "doc#/$defs/Transfer",
                    shape: .object([ShapeProperty("iban", .scalar(.string), isRequired: true)])),
            ]),
        "Stamp": .object([
            ShapeProperty("id", .scalar(.uuid), isRequired: true),
            ShapeProperty("at", .scalar(.timestamp), isRequired: true),
            ShapeProperty("seen", .nullable(.scalar(.timestamp))),
            ShapeProperty("others", .array(.scalar(.uuid))),
        ]),
        "CheckedStamp": .named("Stamp"),
        "Extra": .object([ShapeProperty("a", .scalar(.int32))], additional: .scalar(.int64)),
    ]

    static func program() throws -> ValidatorProgram {
        let compiler = SchemaCompiler(resources: ["doc": schemas], shapes: shapes)
        return try compiler.compile(
            ["Payment", "Stamp", "CheckedStamp", "Extra"].map {
                .init(name: $0, schema: "doc#/$defs/\($0)", shape: .named($0))
            })
    }

    private func validate(_ text: String, as name: String = "Payment") throws -> ValidationResult {
        let program = try ValidatorProgram(serialized: Self.program().serialized())
        return program[name].validate(try JSONDocument.parse(text))
    }

    @Test func `slots lead to each property, whatever the order in the text`() throws {
        let text =
            #"{"note":"hi","method":{"iban":"DE1","type":"transfer"},"status":"PAID","amount":12.0,"tags":["a","b"]}"#
        let json = try #require(try validate(text).valid)
        #expect(json[0].decimal.description == "12.0")
        #expect(json[1].optional(String.self) == "hi")
        #expect(json[2].branch == 1)
        #expect(json[2].payload[0].string == "DE1")
        #expect(json[3].choice == 1)
        #expect([String](json[4]) == ["a", "b"])
        #expect(!json[5].isPresent)
    }

    @Test func `recursive elements have frames of their own`() throws {
        let inner = #"{"amount":2,"method":{"type":"card","number":"1234"}}"#
        let text = #"{"amount":1,"note":null,"method":{"type":"card","number":"1234"},"parts":[\#(inner),\#(inner)]}"#
        let json = try #require(try validate(text).valid)
        #expect(json[1].isNull && Presence<String>(json[1]) == .null)
        #expect(json[5].elements.map { $0[0].int } == [2, 2])
        #expect(json[5].elements.map { $0[2].payload[0].string } == ["1234", "1234"])
    }

    @Test(arguments: ["Stamp", "CheckedStamp"])
    func `identifiers and instants read as they are written`(_ name: String) throws {
        let id = "0f8fad5b-d9cb-469f-a165-70867728950e"
        let other = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
        let text =
            #"{"at":"2026-02-28T23:59:59.25+01:00","id":"\#(id)","seen":"1969-12-31T23:59:59Z","others":["\#(other)"]}"#
        let json = try #require(try validate(text, as: name).valid)
        #expect(json[0].uuid.text == id)
        #expect(json[1].timestamp.description == "2026-02-28T22:59:59.250Z")
        #expect(json[2].optional(Timestamp.self)?.seconds == -1)
        #expect([UUID](json[3]).map(\.text) == [other])
        let null = try #require(
            try validate(#"{"at":"2026-02-28T23:59:59Z","id":"\#(id)","seen":null}"#, as: name).valid)
        #expect(null[0].uuid.text == id && null[2].isNull && !null[3].isPresent)
        #expect(try validate(#"{"at":"2026-02-30T23:59:59Z","id":"\#(id.dropLast())"}"#, as: name).failures.count == 2)
    }

    @Test func `additional members are kept beside the properties`() throws {
        let json = try #require(try validate(#"{"x":1,"a":2,"y":3}"#, as: "Extra").valid)
        #expect(json[0].int32 == 2)
        #expect([String: Int64](json.additional(after: 1)) == ["x": 1, "y": 3])
    }

    @Test func `what a Swift type cannot hold is refused`() throws {
        let failures = try validate(#"{"a":3000000000,"b":99999999999999999999}"#, as: "Extra").failures
        #expect(failures.map(\.pointer) == ["/a", "/b"])
        #expect(failures.map(\.expected) == ["int32", "int64"])
    }

    @Test func `every failure is told in document order with pointer, keyword and limit`() throws {
        let text = #"{"amount":0.5,"note":"12345678901","method":{"type":"card","number":"x"},"other":1}"#
        let failures = try validate(text).failures
        #expect(
            failures.map { "\($0.pointer) \($0.keyword) \($0.expected)" } == [
                "/amount minimum 1", "/amount multipleOf 1", "/note maxLength 10",
                "/method/number pattern ^[0-9]{4}$", "/other additionalProperties ",
            ])
        #expect(failures.first?.message == "must be at least 1")
    }

    @Test func `an unknown alternative is told with the values that exist`() throws {
        let failures = try validate(#"{"amount":1,"method":{"type":"cash"}}"#).failures
        #expect(failures.map(\.description) == ["/method/type: must be one of: card, transfer"])
        let missing = try validate(#"{"amount":1,"method":{}}"#).failures
        #expect(missing.map(\.description) == [#"/method: must have the property "type""#])
    }

    @Test func `the serialised text is safe in a raw string literal and reads back the same`() throws {
        let text = try Self.program().serialized()
        #expect(!text.contains("\"\"\"#") && !text.contains("\\#"))
        #expect(text.contains("// doc#/$defs/Payment\n"))
    }
}
