import LockstepJSON
import LockstepSchema
import Testing

/// Shapes whose properties no single schema lists, and other pairs that do not match one to one.
@Suite struct ShapeWalkTests {
    private func entry(_ schema: JSONValue, _ shape: Shape, _ shapes: [String: Shape] = [:]) throws -> ValidatorEntry {
        let compiler = SchemaCompiler(resources: ["doc": schema], shapes: shapes)
        let program = try compiler.compile([.init(name: "x", schema: "doc", shape: shape)])
        return try ValidatorProgram(serialized: program.serialized())["x"]
    }

    private func valid(_ entry: ValidatorEntry, _ text: String) throws -> ValidJSON {
        try #require(entry.validate(try JSONDocument.parse(text)).valid, "\(text)")
    }

    @Test func `allOf of two objects fills one frame`() throws {
        let entry = try entry(
            [
                "allOf": [
                    ["type": "object", "properties": ["a": ["type": "integer"]], "required": ["a"]],
                    ["properties": ["b": ["type": "array", "items": ["enum": ["x", "y"]]]]],
                ], "unevaluatedProperties": false,
            ],
            .object([
                ShapeProperty("a", .scalar(.int), isRequired: true),
                ShapeProperty("b", .array(.enumeration(["x", "y"]))),
            ]))
        let json = try valid(entry, #"{"b":["y","x"],"a":3}"#)
        #expect(json[0].int == 3)
        #expect(json[1].elements.map(\.choice) == [1, 0])
        #expect(entry.validate(try JSONDocument.parse(#"{"a":1,"c":1}"#)).failures.map(\.pointer) == ["/c"])
    }

    @Test func `an optional reference is null or the value`() throws {
        let schema: JSONValue = [
            "$defs": ["P": ["type": "object", "properties": ["n": ["type": "string"]]]],
            "properties": [
                "p": ["oneOf": [["$ref": "#/$defs/P"], ["type": "null"]]],
                "q": ["allOf": [["$ref": "#/$defs/P"]], "description": "one more"],
            ], "type": "object",
        ]
        let shape = Shape.object([ShapeProperty("p", .nullable(.named("P"))), ShapeProperty("q", .named("P"))])
        let entry = try entry(schema, shape, ["P": .object([ShapeProperty("n", .scalar(.string))])])
        #expect(try valid(entry, #"{"p":null,"q":{"n":"z"}}"#)[0].isNull)
        #expect(try valid(entry, #"{"p":null,"q":{"n":"z"}}"#)[1][0].string == "z")
        #expect(try valid(entry, #"{"p":{"n":"y"}}"#)[0][0].string == "y")
    }

    @Test func `null where the Swift type has no room for it is refused`() throws {
        let entry = try entry(
            ["type": "object", "properties": ["a": true]], .object([ShapeProperty("a", .scalar(.string))]))
        #expect(entry.validate(try JSONDocument.parse(#"{"a":null}"#)).failures.map(\.expected) == ["string"])
        #expect(entry.validate(try JSONDocument.parse(#"{"a":1}"#)).failures.map(\.pointer) == ["/a"])
    }

    @Test func `a nullable union keeps the numbers of its alternatives`() throws {
        let schema: JSONValue = [
            "$defs": ["A": ["type": "object", "required": ["a"]], "B": ["type": "string"]],
            "anyOf": [["type": "null"], ["$ref": "#/$defs/A"], ["$ref": "#/$defs/B"]],
        ]
        let shape = Shape.nullable(
            .union([
                ShapeAlternative(schema: "doc#/$defs/A", shape: .map(.any)),
                ShapeAlternative(schema: "doc#/$defs/B", shape: .scalar(.string)),
            ]))
        let entry = try entry(schema, shape)
        #expect(try valid(entry, "null").isNull)
        #expect(try valid(entry, #"{"a":1}"#).branch == 0)
        #expect(try valid(entry, #""b""#).branch == 1)
        #expect(try valid(entry, #""b""#).payload.string == "b")
    }

    @Test func `null that an alternative takes is the null of the union`() throws {
        let schema: JSONValue = [
            "$defs": ["A": ["type": ["object", "null"], "properties": ["a": ["type": "integer"]]]],
            "oneOf": [["type": "boolean"], ["$ref": "#/$defs/A"]],
        ]
        let shape = Shape.nullable(
            .union([
                ShapeAlternative(schema: "doc#/oneOf/0", shape: .scalar(.bool)),
                ShapeAlternative(
                    schema: "doc#/$defs/A", shape: .object([ShapeProperty("a", .scalar(.int))])),
            ]))
        let entry = try entry(schema, shape)
        #expect(try valid(entry, "null").isNull)
        #expect(try valid(entry, #"{"a":3}"#).payload[0].int == 3)
        #expect(try valid(entry, "true").branch == 0)
    }

    @Test(
        arguments: [
            [["properties": ["a": ["type": "string"]]], ["type": "null"]],
            [["allOf": [["properties": ["a": ["type": "string"]]]]], ["type": "null"]],
        ] as [JSONValue])
    func `an object without type is not null as well`(alternatives: JSONValue) throws {
        let shape = Shape.nullable(.object([ShapeProperty("a", .scalar(.string))]))
        let entry = try entry(["oneOf": alternatives], shape)
        #expect(try valid(entry, "null").isNull)
        #expect(try valid(entry, #"{"a":"x"}"#)[0].string == "x")
        #expect(entry.validate(try JSONDocument.parse("7")).valid == nil)
    }

    @Test func `an alternative that stands for several schemas fits where all of them do`() throws {
        let schema: JSONValue = [
            "type": "object",
            "allOf": [
                ["oneOf": [["required": ["a"]], ["required": ["b"]]]],
                ["oneOf": [["required": ["c"]], ["required": ["d"]]]],
            ],
        ]
        let pairs = [(0, 0), (0, 1), (1, 0), (1, 1)]
        let entry = try entry(
            schema,
            .union(
                pairs.map { first, second in
                    ShapeAlternative(
                        schema: "doc#/allOf/0/oneOf/\(first) doc#/allOf/1/oneOf/\(second)", shape: .map(.any))
                }))
        for (branch, text) in ["ac", "ad", "bc", "bd"].enumerated() {
            let members = text.map { #""\#($0)":1"# }.joined(separator: ",")
            #expect(try valid(entry, "{\(members)}").branch == branch)
        }
        #expect(entry.validate(try JSONDocument.parse(#"{"a":1}"#)).valid == nil)
    }

    @Test(
        arguments: [
            ["unevaluatedProperties": ["enum": ["x", "y"]]],
            ["allOf": [["type": "object", "unevaluatedProperties": ["enum": ["x", "y"]], "properties": ["a": true]]]],
        ] as [JSONValue])
    func `members that another keyword describes are recorded`(rest: JSONValue) throws {
        let own: JSONValue = ["type": "object", "properties": ["a": ["type": "string"]]]
        let shape = Shape.object([ShapeProperty("a", .scalar(.string))], additional: .enumeration(["x", "y"]))
        let entry = try entry(.object((own.object ?? []) + (rest.object ?? [])), shape)
        let json = try valid(entry, #"{"b":"y","a":"x","c":"x"}"#)
        #expect(json[0].string == "x")
        #expect(json.additional(after: 1).map(\.value.choice) == [1, 0])
        #expect(entry.validate(try JSONDocument.parse(#"{"b":"z"}"#)).valid == nil)
    }

    @Test func `the discriminator chooses among alternatives that both fit`() throws {
        let schema: JSONValue = [
            "$defs": ["Cat": ["type": "object"], "Dog": ["type": "object"]],
            "anyOf": [["$ref": "#/$defs/Cat"], ["$ref": "#/$defs/Dog"]],
            "discriminator": ["propertyName": "kind", "mapping": ["d": "#/$defs/Dog"]],
        ]
        let shape = Shape.union(
            [
                ShapeAlternative(schema: "doc#/$defs/Cat", shape: .map(.any), values: ["Cat"]),
                ShapeAlternative(schema: "doc#/$defs/Dog", shape: .map(.any), values: ["d"]),
            ], discriminator: "kind")
        let entry = try entry(schema, shape)
        #expect(try valid(entry, #"{"kind":"d"}"#).branch == 1)
        #expect(try valid(entry, #"{"kind":"Cat"}"#).branch == 0)
        #expect(try valid(entry, #"{"kind":"other"}"#).branch == 0)
    }

    @Test func `maps, tuples and free members`() throws {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "map": ["additionalProperties": ["type": "object", "properties": ["x": ["type": "integer"]]]],
                "pair": ["prefixItems": [["type": "integer"], ["type": "string"]], "items": false],
                "any": true,
            ],
        ]
        let shape = Shape.object([
            ShapeProperty("map", .map(.object([ShapeProperty("x", .scalar(.int))]))),
            ShapeProperty("pair", .tuple([.scalar(.int), .scalar(.string)])), ShapeProperty("any", .any),
        ])
        let json = try valid(try entry(schema, shape), #"{"map":{"k":{"x":1},"l":{}},"pair":[5,"s"],"any":[1,null]}"#)
        #expect(json[0].members.map(\.key) == ["k", "l"])
        #expect(json[0].members.map { $0.value[0].isPresent } == [true, false])
        #expect(json[1][0].int == 5 && json[1][1].string == "s")
        #expect(json[2].value == [1, nil])
    }

    @Test func `a tuple has required elements, optional ones and the rest`() throws {
        let union = Shape.union([
            ShapeAlternative(schema: "doc#/items/anyOf/0", shape: .scalar(.int)),
            ShapeAlternative(schema: "doc#/items/anyOf/1", shape: .scalar(.string)),
        ])
        let schema: JSONValue = [
            "prefixItems": [["type": "integer"], ["type": "string"]],
            "items": ["anyOf": [["type": "integer"], ["type": "string"]]],
        ]
        let entry = try entry(schema, .tuple([.scalar(.int), .scalar(.string)], required: 1, rest: union))
        let long = try valid(entry, #"[1,"a",2,"b"]"#)
        #expect(long[0].int == 1 && long[1].string == "a")
        #expect(long.elements(after: 2).map(\.branch) == [0, 1])
        let short = try valid(entry, "[1]")
        #expect(!short[1].isPresent && Array(short.elements(after: 2)).isEmpty)
        #expect(!entry.validate(try JSONDocument.parse("[]")).failures.isEmpty)
        #expect(!entry.validate(try JSONDocument.parse("[1,2]")).failures.isEmpty)
    }

    @Test func `a member that does not fit a lenient property is none`() throws {
        let schema: JSONValue = [
            "if": ["required": ["k"]], "then": ["properties": ["x": ["type": "array", "items": ["type": "integer"]]]],
        ]
        let shape = Shape.object(
            [ShapeProperty("x", .array(.scalar(.int)), isLenient: true), ShapeProperty("y", .any)], additional: .any)
        let entry = try entry(schema, shape)
        let typed = try valid(entry, #"{"k":1,"x":[1,2],"y":0}"#)
        #expect(typed[0].optional([Int].self) == [1, 2] && typed[1].isPresent)
        let other = try valid(entry, #"{"x":[1,"2"],"y":0}"#)
        #expect(!other[0].isPresent && other.additional(after: 2).map(\.key) == ["x"])
        #expect(!entry.validate(try JSONDocument.parse(#"{"k":1,"x":[1,"2"]}"#)).failures.isEmpty)
    }

    @Test func `random changes of a document neither crash nor give values that cannot be read`() throws {
        let program = try ShapeTests.program()
        let seeds = [
            #"{"amount":12,"note":"hi","method":{"type":"card","number":"1234"},"status":"PAID","tags":["a"],"parts":[{"amount":1,"method":{"type":"transfer","iban":"x"}}]}"#
        ]
        var random = SplitMix(seed: 3)
        var valid = 0
        for _ in 0..<4_000 {
            var bytes = Array(seeds[0].utf8)
            for _ in 0...(random.next() % 3) {
                let index = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 3 {
                case 0: bytes[index] = UInt8(32 + random.next() % 95)
                case 1: bytes.remove(at: index)
                default: bytes.swapAt(index, Int(random.next() % UInt64(bytes.count)))
                }
            }
            guard let document = try? JSONDocument.parse(bytes) else { continue }
            switch program["Payment"].validate(document) {
            case .invalid(let failures): #expect(!failures.isEmpty)
            case .valid(let json):
                valid += 1
                #expect(json[0].decimal >= 1)
                #expect(json[2].branch < 2 && json[2].payload[0].isPresent)
                _ = json[4].optional([String].self)
                for part in json[5].elements { #expect(part[0].isPresent) }
            }
        }
        #expect(valid > 20)
    }
}
