import LockstepJSON
import Testing

@Suite struct DecimalTests {
    private func decimal(_ text: String) throws -> Decimal { try #require(Decimal(text), "\(text)") }

    @Test(arguments: [
        "0", "10.50", "-0.01", "99999999999999999999999999999999999999", "0.00000000000000000001",
        "1234567890.1234567890",
        "-170141183460469231731687303715884105727",
    ])
    func `text round trips with its scale`(_ text: String) throws {
        #expect(try decimal(text).description == text)
    }

    @Test(arguments: [
        ("1e3", "1000"), ("1.5E2", "150"), ("25e-1", "2.5"), ("1e100", "1e100"), ("-0", "0"), ("1e-100", "1e-100"),
        ("1e37", "1" + String(repeating: "0", count: 37)), ("1e38", "1e38"), ("-1e39", "-1e39"), ("123e36", "123e36"),
    ])
    func `exponents`(_ text: String, _ printed: String) throws {
        #expect(try decimal(text).description == printed)
    }

    @Test(arguments: [1, -7, 123, 99_999_999_999_999_999, Int128.max, -Int128.max, 0])
    func `what is printed reads as the same number, whatever the exponent`(_ coefficient: Int128) throws {
        for exponent in [-6_144, -100] + Array(-82...82) + [100, 6_144] {
            let number = Decimal(coefficient: coefficient, exponent: exponent)
            let printed = try decimal(number.description)
            #expect(printed == number && printed.description == number.description, "\(number)")
        }
    }

    @Test(arguments: [
        "", "-", "1.", ".5", "1e", "1e+", "0x1", "1 ", "--1", "1e9999999", "1234567890123456789012345678901234567890",
        "+1",
    ])
    func `what is no decimal, or does not fit, is nil`(_ text: String) {
        #expect(Decimal(text) == nil)
    }

    @Test func `comparison and hashing are by value`() throws {
        #expect(try decimal("10.50") == decimal("10.5"))
        #expect(try decimal("10.50").hashValue == decimal("10.5").hashValue)
        #expect(try decimal("0.00") == 0)
        #expect(try decimal("-1.5") < decimal("-1.4"))
        #expect(try decimal("1e100") > decimal("99999999999999999999999999999999999999"))
        #expect(try decimal("-1e100") < decimal("0.001"))
        #expect(try decimal("1e-100") < decimal("1"))
    }

    @Test func `arithmetic is exact and keeps the larger scale`() throws {
        #expect(try (decimal("0.1") + decimal("0.20")).description == "0.30")
        #expect(try (decimal("1") - decimal("0.01")).description == "0.99")
        #expect(try (decimal("19.99") * 3).description == "59.97")
        #expect(try decimal("99999999999999999999999999999999999999").adding(decimal("0.1")) == nil)
        #expect(try decimal("99999999999999999999999999999999999999").multiplied(by: 10) == nil)
    }

    @Test(arguments: [
        ("2.345", 2, "2.34"), ("2.355", 2, "2.36"), ("-2.345", 2, "-2.34"), ("2.3451", 2, "2.35"), ("2.5", 0, "2"),
        ("3.5", 0, "4"), ("2.3", 2, "2.3"), ("0.004", 2, "0.00"),
    ])
    func `rounding to even`(_ text: String, _ scale: Int, _ rounded: String) throws {
        #expect(try decimal(text).rounded(toScale: scale).description == rounded)
    }

    @Test func `other rounding rules`() throws {
        #expect(try decimal("2.341").rounded(toScale: 2, .up).description == "2.35")
        #expect(try decimal("-2.349").rounded(toScale: 2, .up).description == "-2.34")
        #expect(try decimal("2.349").rounded(toScale: 2, .towardZero).description == "2.34")
        #expect(try decimal("2.345").rounded(toScale: 2, .toNearestOrAwayFromZero).description == "2.35")
        #expect(try decimal("-1e-60").rounded(toScale: 2, .down).description == "-0.01")
    }

    @Test func `minor units`() throws {
        #expect(try decimal("10.5").minorUnits() == 1050)
        #expect(try decimal("10.505").minorUnits() == nil)
        #expect(try decimal("1e30").minorUnits() == nil)
        #expect(Decimal(minorUnits: -5).description == "-0.05")
    }

    @Test func `multiples are exact`() throws {
        #expect(try decimal("0.3").isMultiple(of: decimal("0.1")))
        #expect(try decimal("1e100").isMultiple(of: decimal("0.07")) == false)
        #expect(try decimal("7e100").isMultiple(of: decimal("0.07")))
        #expect(try !decimal("0.15").isMultiple(of: decimal("0.1")))
        #expect(try decimal("-4").isMultiple(of: decimal("2.0")))
    }
}
