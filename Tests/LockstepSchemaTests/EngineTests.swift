import LockstepJSON
import LockstepSchema
import Testing

@Suite struct EngineTests {
    private func failures(_ schema: JSONValue, _ text: String, maximum: Int = 64) throws -> [String] {
        let entry = try SchemaCompiler.validator(for: schema)
        return entry.validate(try JSONDocument.parse(text), maximumFailures: maximum).failures.map {
            "\($0.pointer) \($0.keyword) \($0.expected)"
        }
    }

    @Test func `the length of a string is counted in code points`() throws {
        #expect(try failures(["maxLength": 2], #""😀é""#) == [])
        #expect(try failures(["maxLength": 2], #""😀éx""#) == [" maxLength 2"])
        #expect(try failures(["minLength": 3], #""😀é""#) == [" minLength 3"])
        #expect(try failures(["minLength": 2], #""😀""#) == [" minLength 2"])
        #expect(try failures(["minLength": 2], #""😀x""#) == [])
        #expect(try failures(["minLength": 1], #""""#) == [" minLength 1"])
    }

    @Test func `numbers are compared exactly at any size`() throws {
        let limit = try JSONValue.parse("9007199254740993")
        #expect(try failures(["maximum": limit], "9007199254740993") == [])
        #expect(try failures(["maximum": limit], "9007199254740994") == [" maximum 9007199254740993"])
        #expect(try failures(["maximum": limit], "9007199254740993.0000000000000000000001").count == 1)
        #expect(try failures(["multipleOf": .number("0.01")], "19.99") == [])
        #expect(try failures(["multipleOf": .number("0.01")], "19.999") == [" multipleOf 0.01"])
        #expect(try failures(["multipleOf": .number("0.01")], "123456789012345678901234567890.12") == [])
        #expect(try failures(["multipleOf": 7], "1e400").count == 1)
        #expect(try failures(["type": "integer"], "1e2") == [])
        #expect(try failures(["format": "int32"], "2147483648") == [" format int32"])
    }

    @Test func `formats of integers are exact at their ends`() throws {
        for (format, least, most) in [
            ("int32", "-2147483648", "2147483647"), ("int64", "-9223372036854775808", "9223372036854775807"),
        ] {
            #expect(try failures(["format": .string(format)], least) == [])
            #expect(try failures(["format": .string(format)], most) == [])
            #expect(try failures(["format": .string(format)], most.dropLast() + "9") == [" format \(format)"])
            #expect(try failures(["format": .string(format)], "1.5") == [" format \(format)"])
            #expect(try failures(["format": .string(format)], "1.0") == [])
        }
    }

    @Test func `constants among other keywords, and of other kinds, are found as well`() throws {
        let schema: JSONValue = [
            "properties": ["a": ["enum": ["x", 1, .null, ["y"]]], "b": ["const": "longer than 8"]]
        ]
        for valid in [#""x""#, "1.0", "null", #"["y"]"#] { #expect(try failures(schema, "{\"a\":\(valid)}") == []) }
        #expect(
            try failures(schema, #"{"a":"xx","b":"longer than 9"}"#).map { $0.prefix(7) } == ["/a enum", "/b cons"])
        #expect(
            try failures(["properties": ["a": ["enum": ["x"], "maxLength": 0]]], #"{"a":"x"}"#) == ["/a maxLength 0"])
    }

    @Test func `the list of failures is bounded`() throws {
        let text = "[" + (0..<1_000).map { _ in "1" }.joined(separator: ",") + "]"
        #expect(try failures(["items": ["type": "string"]], text).count == 64)
        #expect(
            try failures(["items": ["type": "string"]], text, maximum: 3) == [
                "/0 type string", "/1 type string", "/2 type string",
            ])
    }

    @Test func `pointers are escaped, and long names are cut`() throws {
        #expect(try failures(["additionalProperties": false], #"{"a/b~c":1}"#) == ["/a~1b~0c additionalProperties "])
        let long = String(repeating: "x", count: 10_000)
        #expect(try failures(["additionalProperties": false], "{\"\(long)\":1}").first?.utf8.count ?? 0 < 200)
    }

    @Test func `nothing of the value is told`() throws {
        let schema: JSONValue = [
            "properties": ["a": ["maxLength": 1, "pattern": "^b", "enum": ["b"], "format": "uuid", "const": "b"]]
        ]
        let entry = try SchemaCompiler.validator(for: schema)
        let failures = entry.validate(try JSONDocument.parse(#"{"a":"secret-value"}"#)).failures
        #expect(failures.count == 5)
        #expect(failures.allSatisfy { !"\($0) \($0.expected)".contains("secret") })
    }

    @Test func `the closest branch explains a union without a discriminator`() throws {
        let schema: JSONValue = [
            "oneOf": [
                ["type": "string"],
                ["type": "object", "required": ["a", "b"], "properties": ["a": ["type": "integer"]]],
                ["type": "object", "required": ["x", "y", "z"]],
            ]
        ]
        #expect(try failures(schema, #"{"a":"1","b":2}"#) == [" oneOf 3 forms", "/a type integer"])
        #expect(try failures(schema, "true") == [" oneOf 3 forms: string, object"])
        #expect(try failures(["oneOf": [true, ["minimum": 1]]], "2") == [" oneOf exactly one form"])
    }

    @Test(
        arguments: [
            ["properties": ["kind": ["enum": ["b", "c"]]]], ["properties": ["kind": ["pattern": "^[bc]$"]]],
            ["not": ["properties": ["kind": ["const": "a"]]]],
        ] as [JSONValue])
    func `what an alternative says again of the property that chooses it counts`(further: JSONValue) throws {
        let kinds: JSONValue = ["enum": ["a", "b"]]
        let schema: JSONValue = [
            "oneOf": [
                ["type": "object", "required": ["kind"], "properties": ["kind": kinds], "allOf": [further]],
                ["type": "object", "required": ["kind"], "properties": ["kind": ["const": "d"]]],
            ]
        ]
        #expect(try failures(schema, #"{"kind":"a"}"#) != [])
        #expect(try failures(schema, #"{"more":{"kind":"a"},"kind":"b"}"#) == [])
        #expect(try failures(schema, #"{"kind":"d"}"#) == [])
        #expect(try failures(schema, #"{"kind":"e"}"#) != [])
    }

    @Test(arguments: [1, 2, 63, 64, 65, 100])
    func `any one required name that is missing is found`(_ count: Int) throws {
        let names = (0..<count).map { "name\($0)" }
        let schema: JSONValue = ["required": .array(names.map(JSONValue.string)), "maxProperties": 200]
        let members = names.map { "\"\($0)\":1" }
        #expect(try failures(schema, "{\(members.joined(separator: ","))}") == [])
        for missing in names.indices {
            let others = members[..<missing] + members[(missing + 1)...] + ["\"other\":1"]
            #expect(try failures(schema, "{\(others.joined(separator: ","))}") == [" required name\(missing)"])
        }
    }

    @Test func `a schema that refers to itself for ever is an error`() {
        for schema in [
            ["$ref": "#"], ["allOf": [["$ref": "#"]]],
            ["$defs": ["a": ["$ref": "#/$defs/b"], "b": ["not": ["$ref": "#/$defs/a"]]], "$ref": "#/$defs/a"],
        ] as [JSONValue] {
            #expect(throws: SchemaCompileError.self) { try SchemaCompiler.validator(for: schema) }
        }
    }

    @Test func `faults of schemas are all told, with their places`() throws {
        let schema: JSONValue = [
            "properties": [
                "a": ["type": "text"], "b": ["minLength": -1], "c": ["$ref": "#/$defs/none"], "d": ["pattern": "("],
                "e": 5,
            ],
            "required": "a",
        ]
        do {
            _ = try SchemaCompiler.validator(for: schema)
            Issue.record("the schema has faults")
        } catch {
            let places = error.diagnostics.map(\.pointer).sorted()
            #expect(
                places == [
                    "/properties/a/type", "/properties/b/minLength", "/properties/c/$ref", "/properties/d/pattern",
                    "/properties/e", "/required",
                ])
            #expect(error.diagnostics.allSatisfy { !$0.message.isEmpty })
        }
    }

    @Test func `nesting as deep as the parser allows does not overflow the stack`() throws {
        let schema: JSONValue = ["anyOf": [["items": ["$ref": "#"]], false], "additionalProperties": ["$ref": "#"]]
        let entry = try SchemaCompiler.validator(for: schema)
        let limits = JSONLimits(maximumDepth: 5_000)
        for depth in [100, 900, 5_000] {
            let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let result = entry.validate(try JSONDocument.parse(text, limits: limits))
            #expect(result.isValid == (depth < 300), "\(depth)")
        }
    }

    @Test func `work that doubles with each level is given up`() throws {
        // Every level tries both branches, and each of them the whole rest.
        let branch: JSONValue = ["properties": ["next": ["$ref": "#"]], "required": ["value"]]
        let entry = try SchemaCompiler.validator(for: ["anyOf": [branch, branch, ["const": "end"]]])
        var text = "1"
        for _ in 0..<60 { text = #"{"next":\#(text)}"# }
        let result = entry.validate(try JSONDocument.parse(text))
        #expect(!result.isValid)
    }

    @Test func `the required of readOnly and writeOnly properties is lifted by direction`() throws {
        let schema: JSONValue = [
            "required": ["id", "password", "name"],
            "properties": ["id": ["readOnly": true], "password": ["$ref": "#/$defs/Secret"], "name": true],
            "$defs": ["Secret": ["writeOnly": true, "type": "string"]],
        ]
        let compiler = SchemaCompiler(resources: ["doc": schema])
        let program = try compiler.compile(
            SchemaCompiler.Direction.allCases.map { .init(name: $0.rawValue, schema: "doc", direction: $0) })
        let missing = try SchemaCompiler.Direction.allCases.map {
            program[$0.rawValue].validate(try JSONDocument.parse("{}")).failures.map(\.expected)
        }
        #expect(missing == [["id", "password", "name"], ["password", "name"], ["id", "name"]])
    }

    @Test func `equal elements are found among many`() throws {
        let many = (0..<2_000).map { #"{"a":\#($0),"b":[\#($0)]}"# }
        #expect(try failures(["uniqueItems": true], "[" + many.joined(separator: ",") + "]") == [])
        let twice = many + [#"{"b":[7.0],"a":7}"#]
        #expect(
            try failures(["uniqueItems": true], "[" + twice.joined(separator: ",") + "]") == ["/2000 uniqueItems 7"])
    }
}
