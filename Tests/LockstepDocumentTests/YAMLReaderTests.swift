import LockstepJSON
import Testing

@testable import LockstepDocument

@Suite("YAML reader")
struct YAMLReaderTests {
    private func read(_ text: String, file: String = "a.yaml") -> (value: JSONValue?, errors: [String]) {
        let result = YAMLReader.read(Array(text.utf8), file: file)
        return (result.root?.json, result.diagnostics.map(\.description))
    }

    @Test(
        "plain scalars follow YAML 1.2's core schema",
        arguments: [
            ("yes", JSONValue.string("yes")), ("no", .string("no")), ("on", .string("on")),
            ("2024-01-31", .string("2024-01-31")),
            ("12:30", .string("12:30")), ("1_000", .string("1_000")), ("~", .null), ("null", .null), ("NULL", .null),
            ("true", .bool(true)), ("False", .bool(false)), ("tRue", .string("tRue")), ("0", .number("0")),
            ("-0", .number("-0")), ("007", .number("7")), ("+5", .number("5")), (".5", .number("0.5")),
            ("1.", .number("1.0")),
            ("1e3", .number("1e3")), ("1.50", .number("1.50")), ("-1.5E+10", .number("-1.5e10")),
            ("0x1F", .number("31")),
            ("0o17", .number("15")), (".inf", .string(".inf")), (".nan", .string(".nan")), ("1.2.3", .string("1.2.3")),
            ("-", .string("-")), ("0x", .string("0x")), ("1e", .string("1e")),
            ("12345678901234567890123.45", .number("12345678901234567890123.45")),
        ])
    func plainScalars(text: String, expected: JSONValue) {
        let value = YAMLScalar.plain(text)
        #expect(Node(value, mark: Mark(line: 1, column: 1)).json.text == expected.text)
    }

    @Test("quoted scalars stay strings, tags decide")
    func quotedAndTagged() {
        let read = read(
            "[\"1\", 'true', !!str 5, !!int \"7\", !!float \"1.5\", !!bool \"true\", !!null \"\", !!timestamp 2024-01-01]"
        )
        #expect(read.value?.text == #"["1","true","5",7,1.5,true,null,"2024-01-01"]"#)
        #expect(read.errors == [])
    }

    @Test("keys are text, whatever they look like")
    func keys() {
        #expect(read("200: a\ntrue: b\n1.0: c\n'x': d").value?.text == #"{"200":"a","true":"b","1.0":"c","x":"d"}"#)
    }

    @Test("every value knows its line and column, in code points")
    func marks() throws {
        let root = try #require(YAMLReader.read(Array("é: [1,\n  {ü: x}]".utf8), file: "a.yaml").root)
        let object = try #require(root["é"]?.items?[1])
        #expect(object.mark == Mark(line: 2, column: 3))
        #expect(object["ü"]?.keyMark == Mark(line: 2, column: 4))
        #expect(object["ü"]?.mark == Mark(line: 2, column: 7))
    }

    @Test("aliases copy, merge keys fill in, own keys win")
    func aliases() {
        let text = """
            base: &base {a: 1, b: 2}
            more: &more {c: 3, a: 9}
            one: {<<: *base, b: 5}
            two: {<<: [*base, *more], d: *base}
            quoted: {"<<": *base}
            """
        let value = read(text).value
        #expect(value?["one"]?.text == #"{"b":5,"a":1}"#)
        #expect(value?["two"]?.text == #"{"d":{"a":1,"b":2},"a":1,"b":2,"c":3}"#)
        #expect(value?["quoted"]?.text == #"{"<<":{"a":1,"b":2}}"#)
    }

    @Test("a byte order mark and UTF-16 are understood")
    func encodings() {
        #expect(YAMLReader.read([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8), file: "a").root?.json.text == #"{"a":1}"#)
        let utf16 = "a: ü".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(YAMLReader.read([0xFF, 0xFE] + utf16, file: "a").root?.json.text == #"{"a":"ü"}"#)
    }

    @Test("bytes that are no text are reported with their place")
    func invalidText() {
        let result = YAMLReader.read(Array("a: 1\nb: ".utf8) + [0xFF, 0x0A], file: "a.yaml")
        #expect(result.root == nil)
        #expect(result.diagnostics.first?.origin?.line == 2)
        #expect(result.diagnostics.first?.hint == "save it as UTF-8")
    }

    @Test("JSON's surrogate pairs become one character, escaped backslashes stay")
    func surrogates() {
        let text = #"{"a": "\ud83d\ude00 \\ud83d\ude00 \u00e9\/\t"}"#
        #expect(read(#"{"a": "\ud83d\ude00!"}"#).value?["a"]?.string == "😀!")
        #expect(read(#"{"a": "\\ud83d\\ude00 \u00e9\/\t"}"#).value?["a"]?.string == "\\ud83d\\ude00 é/\t")
        #expect(read(text).value == nil, "a lone surrogate is no character")
    }

    @Test("JSON with tabs is read as YAML", arguments: ["{\n\t\"a\":\t[1,\t2]\n}", "{\"a\":[1,2]}"])
    func json(_ text: String) {
        #expect(read(text, file: "a.json").value?.text == #"{"a":[1,2]}"#)
    }

    @Test("all duplicate keys are reported, with both places")
    func duplicates() {
        let errors = read("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n").errors
        #expect(
            errors == [
                "a.yaml:4:3: error: duplicate key 'c', first in line 3, column 3 [#/b/c] (remove or rename one of them)",
                "a.yaml:5:1: error: duplicate key 'a', first in line 1, column 1 [#/a] (remove or rename one of them)",
            ])
    }
}
