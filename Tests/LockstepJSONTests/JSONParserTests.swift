import LockstepJSON
import Testing

@Suite struct JSONParserTests {
    private func error(_ text: String, limits: JSONLimits = .default) -> JSONParseError? {
        do {
            _ = try JSONDocument.parse(text, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("", JSONParseError.Kind.unexpectedEnd, 0), ("[1,]", .unexpectedByte, 3), ("{\"a\":1", .unexpectedEnd, 6),
        ("nul", .unexpectedEnd, 3), ("nulx", .invalidLiteral, 0), ("[trux]", .invalidLiteral, 1),
        ("fals", .unexpectedEnd, 4), ("falze ", .invalidLiteral, 0), ("truefalse", .trailingText, 4),
        ("01", .invalidNumber, 1), ("1.", .unexpectedEnd, 2),
        ("[1.a]", .invalidNumber, 3), ("1 2", .trailingText, 2), ("\"a\nb\"", .controlCharacter, 2),
        (#""\x""#, .invalidEscape, 1), (#""\u12g4""#, .invalidEscape, 5), (#""\ud800""#, .loneSurrogate, 1),
        (#""\udc00""#, .loneSurrogate, 1), (#""\ud800\u0041""#, .loneSurrogate, 1), ("{1:2}", .unexpectedByte, 1),
        ("\u{feff}1", .unexpectedByte, 0), ("[", .unexpectedEnd, 1),
    ])
    func `a text that is not JSON is refused with the rule and the place`(
        _ text: String, _ kind: JSONParseError.Kind, _ offset: Int
    ) {
        #expect(error(text) == JSONParseError(kind, at: offset))
    }

    @Test(
        arguments: [
            [0x22, 0x80, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22],
            [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22],
            [0x22, 0xe2, 0x82, 0x22], [0x22, 0xf8, 0x88, 0x80, 0x80, 0x80, 0x22], [0x22, 0xe2, 0x28, 0xa1, 0x22],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 are refused`(_ bytes: [UInt8]) {
        #expect(throws: JSONParseError(.invalidUTF8, at: 1)) { try JSONDocument.parse(bytes) }
    }

    @Test func `names must be unique, also when escapes spell them`() {
        #expect(error(#"{"a":1,"b":{"a":2},"a":3}"#)?.kind == .duplicateKey)
        #expect(error(#"{"a":1,"\u0061":2}"#)?.kind == .duplicateKey)
        #expect(error(#"{"":1,"":2}"#)?.kind == .duplicateKey)
        #expect(error(#"{"a":{"b":1},"b":{"a":1}}"#) == nil)
        #expect(error(#"{"createdAt1":1,"createdAt2":2,"createdAt3":3}"#) == nil)
    }

    @Test(arguments: [15, 16, 17, 1_000])
    func `a repeated name is found among few and many`(_ count: Int) {
        let names = (0..<count).map { "\"name-number-\($0)\":0" }
        #expect(error("{" + names.joined(separator: ",") + "}") == nil)
        for repeated in [0, count / 2, count - 1] {
            #expect(error("{" + (names + [names[repeated]]).joined(separator: ",") + "}")?.kind == .duplicateKey)
        }
    }

    @Test(arguments: [1, 15, 16, 17, 40])
    func `a repeated name is found at every depth, also behind containers`(_ depth: Int) {
        func nested(_ name: String, _ level: Int) -> String {
            // Each level names its members like the one inside.
            level == 0 ? "0" : #"{"a":1,"long-name-1":[],"inner":\#(nested(name, level - 1)),"\#(name)":{}}"#
        }
        #expect(error(nested("long-name-2", depth)) == nil)
        #expect(error(nested("a", depth))?.kind == .duplicateKey)
        #expect(error(nested("inner", depth))?.kind == .duplicateKey)
        #expect(error(nested("long-name-1", depth))?.kind == .duplicateKey)
        #expect(error(nested(#"\u0061"#, depth))?.kind == .duplicateKey)
    }

    @Test func `a repeated name is reported where it stands`() {
        #expect(error(#"{"a":1,"b":{"a":2},"a":3}"#) == JSONParseError(.duplicateKey, at: 19))
        #expect(error(#"{"createdAt":1,"created\u0041t":2}"#) == JSONParseError(.duplicateKey, at: 15))
    }

    @Test(arguments: 0...24)
    func `a string of any length reads as the text that it is`(_ length: Int) throws {
        let text = String(decoding: (0..<length).map { UInt8(0x61 + $0) }, as: UTF8.self)
        // At the end of the input, and with more behind it.
        for (json, path) in [("\"\(text)\"", []), ("[\"\(text)\",\"padding, long enough\"]", [0])] {
            var node = try JSONDocument.parse(json).root
            for _ in path { node = try #require(node.elements.first { _ in true }) }
            let read = try #require(node.string)
            #expect(read == text && read.hashValue == text.hashValue && read.utf8.count == length)
            #expect(read + "é" == text + "é" && Array(read.utf8) == Array(text.utf8))
        }
    }

    @Test func `depth and size are bounded`() {
        let limits = JSONLimits(maximumSize: 20, maximumDepth: 3)
        #expect(error("[[[1]]]", limits: limits) == nil)
        #expect(error("[[[[1]]]]", limits: limits) == JSONParseError(.tooDeep, at: 3))
        #expect(error(#"{"a":{"b":{"c":{}}}}"#, limits: limits)?.kind == .tooDeep)
        #expect(error(String(repeating: " ", count: 20) + "1", limits: limits)?.kind == .tooLarge)
        #expect(error(String(repeating: "[", count: 200_000))?.kind == .tooDeep)
    }

    @Test func `escapes are decoded and numbers keep their text`() throws {
        let value = try JSONValue.parse(
            #"["\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00x", 1.50, -0, 1E+2, 123456789012345678901]"#)
        #expect(value[0]?.string == "\"\\/\u{08}\u{0c}\n\r\té😀x")
        let texts = (1...4).map { index -> String in
            if case .number(let text)? = value[index] { text } else { "" }
        }
        #expect(texts == ["1.50", "-0", "1E+2", "123456789012345678901"])
    }

    @Test func `an escape is read the same at the end of a text and before more of it`() throws {
        let more = String(repeating: " ", count: 16)
        for tail in ["", more] {
            let value = try JSONValue.parse(#"["\u00E9\u4e2D\uD83d\uDE00\n\t\"\\x\/"]"# + tail)
            #expect(value[0]?.string == "é中😀\n\t\"\\x/")
            for place in 0..<4 {
                var digits = Array("00e9")
                digits[place] = "g"
                #expect(error("\"\\u\(String(digits))\"" + tail) == JSONParseError(.invalidEscape, at: 3 + place))
            }
            #expect(error(#""abc\x""# + tail) == JSONParseError(.invalidEscape, at: 4))
        }
    }

    @Test func `escapes at every place among other text are decoded, and the text stays what it is`() throws {
        let pieces = [
            ("\\n", "\n"), ("\\\"", "\""), ("\\u00e9", "é"), ("\\u0041", "A"), ("\\ud83d\\ude00", "😀"), ("ü", "ü"),
        ]
        for before in 0...17 {
            for after in 0...9 {
                for (first, firstText) in pieces {
                    for (second, secondText) in pieces {
                        let head = String(repeating: "a", count: before)
                        let tail = String(repeating: "z", count: after)
                        let value = try JSONDocument.parse("[\"\(head)\(first)\(second)\(tail)\",\"\(head)\"]")
                        let texts = value.root.elements.map { $0.string ?? "" }
                        #expect(texts == [head + firstText + secondText + tail, head])
                        // Whether the parser says ASCII or not: equal, and of one hash.
                        #expect(Set(texts + [head + firstText + secondText + tail]).count == 2)
                    }
                }
            }
        }
    }

    @Test func `every character can be written as an escape`() throws {
        func escaped(_ unit: UInt16) -> String {
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        for high in stride(from: UInt32(0), to: 0x11_0000, by: 0x800) {
            let scalars = (high..<(high + 0x800)).compactMap(Unicode.Scalar.init)
            let text = scalars.flatMap { $0.utf16.map(escaped) }.joined()
            let value = try JSONValue.parse("\"\(text)\"")
            #expect(value.string.map { Array($0.unicodeScalars) } == scalars, "from \(high) on")
        }
    }

    @Test func `a cursor reads without a tree`() throws {
        let root = try JSONDocument.parse(#" { "a" : [ 1 , { "b" : null } ] , "c" : true } "#).root
        #expect(root.kind == .object && root.count == 2)
        #expect(root.members.map(\.key) == ["a", "c"])
        #expect(root["a"]?.elements.map(\.kind) == [.number, .object])
        #expect(root["a"]?.elements.first { _ in true }?.int64 == 1)
        #expect(root["c"]?.bool == true && root["d"] == nil)
    }

    @Test func `a built tape reads like a parsed one`() throws {
        var builder = JSONTapeBuilder()
        builder.beginObject()
        builder.key("n")
        let isNumber = builder.number(text: "1.5")
        #expect(isNumber)
        builder.key("wrong")
        for wrong in ["1.5x", "", "0x1", "-", "01", "1 "] {
            let isNumber = builder.number(text: wrong)
            #expect(!isNumber, "\(wrong)")
        }
        builder.string("1.5x")
        builder.key("list")
        builder.beginArray()
        builder.bool(true)
        builder.null()
        builder.endArray()
        builder.endObject()
        let parsed = try JSONValue.parse(#"{"n":1.5,"wrong":"1.5x","list":[true,null]}"#)
        #expect(builder.finish().value == parsed)
    }

    @Test func `values are equal as JSON says`() throws {
        #expect(try JSONValue.parse(#"{"a":1,"b":[2]}"#) == JSONValue.parse(#"{"b":[2.0],"a":1e0}"#))
        #expect(try JSONValue.parse("[1,2]") != JSONValue.parse("[2,1]"))
        #expect(try JSONValue.parse("100") == JSONValue.parse("1e2"))
        #expect(JSONValue.string("é") != JSONValue.string("e\u{301}"))
    }
}
