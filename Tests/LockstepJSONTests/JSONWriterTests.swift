import LockstepJSON
import Testing

@Suite struct JSONWriterTests {
    private func written(_ write: (inout JSONWriter) -> Void) throws -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: try writer.finish(), as: UTF8.self)
    }

    @Test func `commas and nesting`() throws {
        let text = try written {
            $0.beginObject()
            $0.key("a")
            $0.beginArray()
            $0.int(1)
            $0.beginObject()
            $0.endObject()
            $0.endArray()
            $0.key("b" as String)
            $0.null()
            $0.key("c")
            $0.raw(#"{"x":1}"#.utf8)
            $0.key("d")
            $0.bool(false)
            $0.endObject()
        }
        #expect(text == #"{"a":[1,{}],"b":null,"c":{"x":1},"d":false}"#)
    }

    @Test func `what must be escaped is, and nothing else`() throws {
        #expect(try written { $0.string("\"\\\n\u{01}\u{1f}é/😀\u{7f}") } == "\"\\\"\\\\\\n\\u0001\\u001fé/😀\u{7f}\"")
        #expect(try written { $0.string("") } == "\"\"")
    }

    @Test(arguments: 0...20) func `short texts are written whole, with an escape in every place`(length: Int) throws {
        let text = String("abcdefghijklmnopqrst".prefix(length))
        #expect(try written { $0.string(text) } == "\"\(text)\"")
        for (place, index) in text.indices.enumerated() {
            for (odd, escaped) in [("\"", "\\\""), ("\\", "\\\\"), ("\u{1f}", "\\u001f"), (" ", " "), ("é", "é")] {
                var changed = text
                changed.replaceSubrange(index...index, with: odd)
                let expected = text.prefix(place) + escaped + text.dropFirst(place + 1)
                #expect(try written { $0.string(changed) } == "\"\(expected)\"")
            }
        }
    }

    @Test func `numbers are exact and shortest`() throws {
        let text = try written {
            $0.beginArray()
            $0.int(Int64.min)
            $0.int(UInt64.max)
            $0.double(0.1)
            $0.double(1e300)
            $0.decimal(Decimal("10.50") ?? 0)
            $0.endArray()
        }
        #expect(text == "[-9223372036854775808,18446744073709551615,0.1,1e+300,10.50]")
    }

    @Test func `a writer with room for one byte grows to what is written`() throws {
        var writer = JSONWriter(capacity: 0)
        let text = String(repeating: "0123456789 ünd \n", count: 700)
        writer.beginArray()
        for _ in 0..<50 { writer.string(text) }
        writer.endArray()
        let value = try JSONValue.parse(String(decoding: try writer.finish(), as: UTF8.self))
        #expect(value == .array(Array(repeating: .string(text), count: 50)))
    }

    @Test func `the longest decimals fit`() throws {
        for exponent in [-81, -80, -40, -1, 0, 1, 40, 41] {
            for coefficient in [Int128.min, -1, 0, 1, Int128.max] {
                let decimal = Decimal(coefficient: coefficient, exponent: exponent)
                let text = try written { $0.decimal(decimal) }
                #expect(try written { $0.decimalString(decimal) } == "\"\(text)\"")
                #expect(text == decimal.description)
                // At most 38 digits are read.
                if coefficient.magnitude < 10, exponent != 40 { #expect(Decimal(text) == decimal) }
            }
        }
    }

    @Test func `a number that is not finite is refused`() {
        #expect(throws: JSONWriteError.numberNotFinite) { try written { $0.double(.nan) } }
        #expect(throws: JSONWriteError.numberNotFinite) { try written { $0.float(-.infinity) } }
    }

    @Test func `dates, identifiers and bytes`() throws {
        let text = try written {
            $0.beginArray()
            $0.timestamp(Timestamp(milliseconds: 1_767_261_600_123))
            $0.date(Timestamp(seconds: 0).date)
            $0.uuid(
                UUID(
                    uuid: (0x5d, 0x1c, 0x2b, 0x6e, 0x63, 0xa8, 0x4f, 0x3e, 0x8a, 0x55, 0xd, 0x4a, 0xc, 0x9a, 0x6c, 0x11)
                ))
            $0.base64([0xff, 0, 1, 2])
            $0.endArray()
        }
        #expect(text == #"["2026-01-01T10:00:00.123Z","1970-01-01","5d1c2b6e-63a8-4f3e-8a55-0d4a0c9a6c11","/wABAg=="]"#)
    }
}
