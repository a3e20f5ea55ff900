@testable import LockstepRuntime
import Testing

/// The table of OpenAPI 3.1 §4.8.12.6, and what the other direction needs beyond it.
@Suite struct ParameterStyleTests {
    private static let object: ParameterType = .object(
        [("R", .number), ("G", .number), ("B", .number)], additional: nil)

    private static func definition(
        _ location: ParameterDefinition.Location, _ style: ParameterDefinition.Style, _ explodes: Bool,
        _ type: ParameterType
    ) -> ParameterDefinition {
        ParameterDefinition(
            name: "color", location: location, style: style, explodes: explodes, isRequired: false,
            allowsReserved: false, type: type)
    }

    /// The JSON of a query parameter, or the error.
    private static func query(_ text: String, _ definition: ParameterDefinition) -> String {
        let values = QueryValues(items: QueryItems(text[...]), definitions: [definition])
        do {
            guard let raw = try values.value(of: definition) else { return "absent" }
            return try ValueResolver.resolve(raw, definition.type, .query).text
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        ("color=blue", #""blue""#), ("color=", #""""#), ("color", #""""#), ("x=1", "absent"), ("", "absent"),
        ("color=a+b%20c", #""a b c""#), ("color=a,b", #""a,b""#), ("c%6Flor=x", #""x""#), ("color=a=b", #""a=b""#),
        ("color=a&color=b", "repeated"), ("color=%zz", "encoding"), ("color=%ff", "encoding"),
        ("&&color=%F0%9F%98%80&", #""😀""#),
    ])
    func readsFormScalars(_ text: String, _ json: String) {
        #expect(Self.query(text, Self.definition(.query, .form, true, .string)) == json)
        #expect(Self.query(text, Self.definition(.query, .form, false, .string)) == json)
    }

    @Test(
        arguments: [
            ("color=1", .number, "1"), ("color=-1.5e3", .number, "-1.5e3"), ("color=01", .number, #""01""#),
            ("color=1.", .number, #""1.""#), ("color=%2B1", .number, #""+1""#), ("color=", .number, #""""#),
            ("color=NaN", .number, #""NaN""#), ("color=true", .boolean, "true"), ("color=TRUE", .boolean, #""TRUE""#),
            ("color=", .anyOf([.number, .null]), "null"), ("color=5", .anyOf([.boolean, .number, .string]), "5"),
            ("color=x", .anyOf([.boolean, .number, .string]), #""x""#),
            ("color=%7B%22a%22:[1,2]%7D", .json, #"{"a":[1,2]}"#), ("color=%7B", .json, #""{""#),
        ] as [(String, ParameterType, String)])
    func readsKindsOfValues(_ text: String, _ type: ParameterType, _ json: String) {
        #expect(Self.query(text, Self.definition(.query, .form, true, type)) == json)
    }

    @Test(
        arguments: [
            (true, .array(.number), "color=1", "[1]"), (true, .array(.number), "color=1&color=2", "[1,2]"),
            (true, .array(.number), "color=null", "null"), (true, .array(.number), "color=", "null"),
            (true, .array(.number), "color=1&color=null", #"[1,"null"]"#), (true, .array(.number), "x=1", "absent"),
            (false, .array(.string), "color=a,b", #"["a","b"]"#), (false, .array(.string), "color=a", #"["a"]"#),
            (false, .array(.string), "color=null", "null"), (false, .array(.string), "color=", "null"),
            (true, object, "R=1&G=2", #"{"R":1,"G":2}"#), (false, object, "color=R,1", #"{"R":1}"#),
            (false, object, "color=null", "null"),
        ] as [(Bool, ParameterType, String, String)])
    func whatMayBeNullIsTakenApartAllTheSame(_ explodes: Bool, _ type: ParameterType, _ text: String, _ json: String) {
        for union in [[ParameterType.null, type], [type, .null]] {
            #expect(Self.query(text, Self.definition(.query, .form, explodes, .anyOf(union))) == json)
        }
    }

    @Test(
        arguments: [
            (.form, true, "color=blue&color=black", #"["blue","black"]"#), (.form, true, "color=blue", #"["blue"]"#),
            (.form, true, "color=a,b", #"["a,b"]"#),
            (.form, false, "color=blue,black", #"["blue","black"]"#), (.form, false, "color=a%2Cb,c", #"["a,b","c"]"#),
            (.form, false, "color=", "[]"), (.form, false, "color=a&color=b", "repeated"),
            (.form, false, "color=a,,b", #"["a","","b"]"#),
            (.spaceDelimited, false, "color=blue%20black+red", #"["blue","black","red"]"#),
            (.pipeDelimited, false, "color=blue|black%7Cred", #"["blue","black","red"]"#),
            (.pipeDelimited, true, "color=blue&color=black", #"["blue","black"]"#),
        ] as [(ParameterDefinition.Style, Bool, String, String)])
    func readsQueryLists(_ style: ParameterDefinition.Style, _ explodes: Bool, _ text: String, _ json: String) {
        #expect(Self.query(text, Self.definition(.query, style, explodes, .array(.string))) == json)
    }

    @Test func splitsEncodedCommasWhereNoItemCanHoldOne() {
        #expect(Self.query("color=1%2C2", Self.definition(.query, .form, false, .array(.number))) == "[1,2]")
    }

    @Test(
        arguments: [
            (.form, true, "R=100&G=200&x=1", #"{"R":100,"G":200}"#), (.form, true, "x=1", "absent"),
            (.form, true, "R=1&R=2", "repeated"), (.form, false, "color=R,100,G,200", #"{"R":100,"G":200}"#),
            (.form, false, "color=R,100,G", "style"), (.form, false, "color=R,1,R,2", "repeated"),
            (.spaceDelimited, false, "color=R%20100%20G%20200", #"{"R":100,"G":200}"#),
            (.pipeDelimited, false, "color=R|100|G|200", #"{"R":100,"G":200}"#),
            (.deepObject, true, "color[R]=100&color%5BG%5D=200", #"{"R":100,"G":200}"#),
            (.deepObject, true, "color[R][x]=1", #"{"R":{"x":"1"}}"#),
            (.deepObject, true, "color[R]=1&color[R]=2", "repeated"),
            (.deepObject, true, "color[R]=1&color[R][x]=1", "style"), (.deepObject, true, "color=1", "absent"),
            (.deepObject, true, "color[R=1", "absent"),
            (.deepObject, true, "color[a][b][c][d][e][f][g][h][i]=1", "tooLarge"),
        ] as [(ParameterDefinition.Style, Bool, String, String)])
    func readsQueryObjects(_ style: ParameterDefinition.Style, _ explodes: Bool, _ text: String, _ json: String) {
        #expect(Self.query(text, Self.definition(.query, style, explodes, Self.object)) == json)
    }

    @Test func readsListsInsideDeepObjects() {
        let type: ParameterType = .object([("tags", .array(.number)), ("n", .number)], additional: .string)
        let definition = Self.definition(.query, .deepObject, true, type)
        #expect(Self.query("color[tags][]=1&color[tags][]=2", definition) == #"{"tags":[1,2]}"#)
        #expect(Self.query("color[tags]=1&color[n]=2&color[x]=3", definition) == #"{"tags":[1],"n":2,"x":"3"}"#)
    }

    @Test func readsNumberedListsInBrackets() {
        let item: ParameterType = .object([("price", .number), ("tags", .array(.string))], additional: nil)
        let definition = Self.definition(.query, .deepObject, true, .object([("items", .array(item))], additional: nil))
        #expect(
            Self.query("color[items][1][price]=7&color[items][0][price]=5&color[items][0][tags][]=a", definition)
                == #"{"items":[{"price":5,"tags":["a"]},{"price":7}]}"#)
        let plain = Self.definition(.query, .deepObject, true, .array(.number))
        #expect(Self.query("color[0]=1&color[1]=2", plain) == "[1,2]")
        // A gap, or a number that is spelled otherwise, is no list: the schema refuses the object.
        #expect(Self.query("color[0]=1&color[2]=2", plain) == #"{"0":"1","2":"2"}"#)
        #expect(Self.query("color[00]=1", plain) == #"{"00":"1"}"#)
    }

    /// The JSON of a path parameter, or the error.
    private static func path(_ text: String, _ definition: ParameterDefinition) -> String {
        do {
            let raw = try ParameterReader.pathValue(Array(text.utf8)[...], definition)
            return try ValueResolver.resolve(raw, definition.type, .path).text
        } catch {
            return "\(error)"
        }
    }

    @Test(
        arguments: [
            (.simple, false, .string, "a+b%20c", #""a+b c""#),
            (.simple, false, .array(.string), "blue,black", #"["blue","black"]"#),
            (.simple, true, .array(.string), "blue,black", #"["blue","black"]"#),
            (.simple, false, object, "R,100,G,200", #"{"R":100,"G":200}"#),
            (.simple, true, object, "R=100,G=200", #"{"R":100,"G":200}"#), (.simple, true, object, "R,100", "style"),
            (.label, false, .string, ".blue", #""blue""#), (.label, false, .string, "blue", "style"),
            (.label, false, .array(.string), ".blue,black", #"["blue","black"]"#),
            (.label, true, .array(.string), ".blue.black", #"["blue","black"]"#),
            (.label, false, object, ".R,100,G,200", #"{"R":100,"G":200}"#),
            (.label, true, object, ".R=100.G=200", #"{"R":100,"G":200}"#),
            (.matrix, false, .string, ";color=blue", #""blue""#), (.matrix, false, .string, ";other=blue", "style"),
            (.matrix, false, .string, "color=blue", "style"), (.matrix, false, .string, ";color", #""""#),
            (.matrix, false, .array(.string), ";color=blue,black", #"["blue","black"]"#),
            (.matrix, true, .array(.string), ";color=blue;color=black", #"["blue","black"]"#),
            (.matrix, false, object, ";color=R,100,G,200", #"{"R":100,"G":200}"#),
            (.matrix, true, object, ";R=100;G=200", #"{"R":100,"G":200}"#),
            (.matrix, false, .string, ";color=a;color=b", "repeated"), (.simple, false, .string, "%ff", "encoding"),
        ] as [(ParameterDefinition.Style, Bool, ParameterType, String, String)])
    func readsPathStyles(
        _ style: ParameterDefinition.Style, _ explodes: Bool, _ type: ParameterType, _ text: String, _ json: String
    ) {
        #expect(Self.path(text, Self.definition(.path, style, explodes, type)) == json)
    }

    @Test func listsAreBounded() {
        let many = Array(repeating: "1", count: StyleParser.maximumItems + 1).joined(separator: ",")
        #expect(Self.query("color=\(many)", Self.definition(.query, .form, false, .array(.number))) == "tooLarge")
        let pairs = Array(repeating: "color=1", count: StyleParser.maximumItems + 1).joined(separator: "&")
        #expect(Self.query(pairs, Self.definition(.query, .form, true, .array(.number))) == "tooLarge")
        #expect(QueryItems(Array(repeating: "a=1", count: 2000).joined(separator: "&")[...]).isTooLong)
    }

    @Test func readsCookiesAsTheyAreWritten() {
        let cookies = CookieItems(["Cookie": "a=1; b=\"x y\";c=;  d=%41=;e", "cookie": "a=2"])
        #expect(cookies.values("a") == ["1", "2"])
        #expect(cookies.values("b") == ["x y"])
        #expect(cookies.values("c") == [""])
        #expect(cookies.values("d") == ["%41="])
        #expect(cookies.values("e").isEmpty)
        #expect(TextCoding.cookie.decode(Array("%41%".utf8)[...]) == "%41%")
        #expect(TextCoding.cookie.decode(Array("%41".utf8)[...]) == "A")
    }

    @Test func readsHeadersInTheirOldEncoding() {
        #expect(TextCoding.header.decode([0xE4]) == "ä")
        #expect(TextCoding.header.decode(Array("ä%41".utf8)[...]) == "ä%41")
    }
}
