import LockstepTesting
import Testing

@testable import LockstepRuntime

/// What is written in each style: the table of OpenAPI 3.1 §4.8.12.6, and that it is read as what it was.
@Suite struct StyleWriterTests {
    private static let list: ParameterType = .array(.string)
    private static let object: ParameterType = .object([("R", .number), ("s", .string)], additional: .string)

    private static func definition(
        _ style: ParameterDefinition.Style, _ explodes: Bool, _ type: ParameterType,
        _ location: ParameterDefinition.Location = .query, keepsReserved: Bool = false
    ) -> ParameterDefinition {
        ParameterDefinition(
            name: "color", location: location, style: style, explodes: explodes, isRequired: false,
            allowsReserved: keepsReserved, type: type)
    }

    private static func query(_ json: String, _ definition: ParameterDefinition) throws -> String {
        try StyleWriter.pairs(try JSONValue.parse(json), definition).map { "\($0.name)=\($0.value)" }.joined(
            separator: "&")
    }

    @Test(
        arguments: [
            (.form, true, #""blue""#, "color=blue"), (.form, true, #""""#, "color="), (.form, true, "null", "color="),
            (.form, true, #""a b&c=d+é""#, "color=a%20b%26c%3Dd%2B%C3%A9"), (.form, false, "-1.5e3", "color=-1.5e3"),
            (.form, true, #"["blue","a,b"]"#, "color=blue&color=a%2Cb"),
            (.form, false, #"["blue","a,b"]"#, "color=blue,a%2Cb"),
            (.form, true, #"{"R":1,"s":"a,b"}"#, "R=1&s=a%2Cb"),
            (.form, false, #"{"R":1,"s":"a,b"}"#, "color=R,1,s,a%2Cb"),
            (.form, true, #"{"a&b":[1,true]}"#, "a%26b=1&a%26b=true"), (.form, true, "[]", ""),
            (.form, false, "[]", "color="),
            (.spaceDelimited, false, #"["blue","black"]"#, "color=blue%20black"),
            (.pipeDelimited, false, #"["blue","black"]"#, "color=blue%7Cblack"),
            (.deepObject, true, #"{"R":1,"s":"a]b"}"#, "color%5BR%5D=1&color%5Bs%5D=a%5Db"),
            (
                .deepObject, true, #"{"t":["a","b"],"o":{"p":true}}"#,
                "color%5Bt%5D=a&color%5Bt%5D=b&color%5Bo%5D%5Bp%5D=true"
            ),
            (.deepObject, true, #"[{"p":1},{"p":2}]"#, "color%5B0%5D%5Bp%5D=1&color%5B1%5D%5Bp%5D=2"),
        ] as [(ParameterDefinition.Style, Bool, String, String)])
    func writesQueries(_ style: ParameterDefinition.Style, _ explodes: Bool, _ json: String, _ text: String) throws {
        #expect(
            try Self.query(json, Self.definition(style, explodes, .anyOf([Self.list, Self.object, .string]))) == text)
    }

    @Test func reservedSignsStayWhereTheyMayButNothingEndsTheValue() throws {
        let definition = Self.definition(.form, true, .string, keepsReserved: true)
        #expect(try Self.query(#""/a:b?c=d&e+f#g[h]""#, definition) == "color=/a:b?c%3Dd%26e%2Bf%23g%5Bh%5D")
        #expect(
            try Self.query(#"{"a":[1,{}]}"#, Self.definition(.form, true, .json))
                == "color=%7B%22a%22%3A%5B1%2C%7B%7D%5D%7D")
    }

    @Test(
        arguments: [
            (.simple, false, #""a/b""#, "a%2Fb"), (.simple, false, "[1,2]", "1,2"), (.simple, true, #"{"R":1}"#, "R=1"),
            (.simple, false, #"{"R":1}"#, "R,1"), (.label, false, #""a.b""#, ".a.b"),
            (.label, false, #"["a","b"]"#, ".a,b"),
            (.label, true, #"["a","b"]"#, ".a.b"), (.label, true, #"{"R":1,"s":"x"}"#, ".R=1.s=x"),
            (.matrix, false, #""a;b""#, ";color=a%3Bb"), (.matrix, false, #"["a","b"]"#, ";color=a,b"),
            (.matrix, true, #"["a","b"]"#, ";color=a;color=b"), (.matrix, true, #"{"R":1,"s":"x"}"#, ";R=1;s=x"),
        ] as [(ParameterDefinition.Style, Bool, String, String)])
    func writesPaths(_ style: ParameterDefinition.Style, _ explodes: Bool, _ json: String, _ text: String) throws {
        let definition = Self.definition(style, explodes, .anyOf([Self.list, Self.object, .string]), .path)
        #expect(try StyleWriter.pathText(try JSONValue.parse(json), definition) == text)
    }

    @Test func whatAStyleCannotHoldIsRefused() throws {
        for (style, explodes, json) in [
            (.form, false, "[[1]]"), (.form, true, #"{"a":{"b":1}}"#), (.form, true, "[{}]"),
            (.spaceDelimited, false, #"["a b"]"#), (.pipeDelimited, false, #"["a|b"]"#),
        ] as [(ParameterDefinition.Style, Bool, String)] {
            let definition = Self.definition(style, explodes, .anyOf([Self.list, Self.object]))
            #expect(throws: StyleWriter.Failure.self, "\(json)") { try Self.query(json, definition) }
        }
        let dotted = Self.definition(.label, true, Self.list, .path)
        #expect(throws: StyleWriter.Failure.self) { try StyleWriter.pathText(["a.b", "c"], dotted) }
        let header = Self.definition(.simple, false, Self.list, .header)
        for value: JSONValue in ["a\r\nb", "\u{0}", ["a,b"], [["a"]]] {
            #expect(throws: StyleWriter.Failure.self) { try StyleWriter.headerText(value, header) }
        }
        #expect(try StyleWriter.headerText(["a", "b c"], header) == "a,b c")
    }

    @Test func whatIsWrittenIsReadAsWhatItWas() throws {
        let texts = [
            "", "a", "a b", "a,b", "a&b=c", "a;b", "a|b", "a+b", "%41", "é😀", "a/b?c#d", "[x]", "1", "true", "a=b",
        ]
        var count = 0
        for first in texts {
            for second in texts {
                let list: JSONValue = [.string(first), .string(second)]
                let object: JSONValue = ["s": .string(first), "a b": .string(second)]
                for (style, explodes) in [
                    (ParameterDefinition.Style.form, true), (.form, false), (.spaceDelimited, false),
                    (.pipeDelimited, false),
                ] {
                    count += try Self.roundTrip(list, Self.definition(style, explodes, Self.list)) ? 1 : 0
                }
                count += try Self.roundTrip(object, Self.definition(.form, true, Self.object)) ? 1 : 0
                count += try Self.roundTrip(object, Self.definition(.form, false, Self.object)) ? 1 : 0
                count += try Self.roundTrip(object, Self.definition(.deepObject, true, Self.object)) ? 1 : 0
                for style in [ParameterDefinition.Style.simple, .label, .matrix] {
                    for explodes in [true, false] {
                        count +=
                            try Self.pathRoundTrip(list, Self.definition(style, explodes, Self.list, .path)) ? 1 : 0
                        count +=
                            try Self.pathRoundTrip(object, Self.definition(style, explodes, Self.object, .path)) ? 1 : 0
                    }
                }
            }
        }
        #expect(count > 3_000, "\(count)")
    }

    /// Whether the style has a text for the value; then it is read as the same.
    private static func roundTrip(_ value: JSONValue, _ definition: ParameterDefinition) throws -> Bool {
        guard let pairs = try? StyleWriter.pairs(value, definition) else { return false }
        let text = pairs.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        let raw = try QueryValues(items: QueryItems(text[...]), definitions: [definition]).value(of: definition)
        let read = try raw.map { try ValueResolver.resolve($0, definition.type, .query) }
        #expect(read == value, "\(definition.style) \(definition.explodes): \(text)")
        return true
    }

    private static func pathRoundTrip(_ value: JSONValue, _ definition: ParameterDefinition) throws -> Bool {
        guard let text = try? StyleWriter.pathText(value, definition) else { return false }
        let raw = try ParameterReader.pathValue(Array(text.utf8)[...], definition)
        #expect(
            try ValueResolver.resolve(raw, definition.type, .path) == value,
            "\(definition.style) \(definition.explodes): \(text)")
        return true
    }
}
