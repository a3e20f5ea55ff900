import LockstepRuntime
import PlatformPayments
import Testing

@Suite struct MoneyTests {
    private func minor(_ amount: String, _ currency: String) throws -> Int64? {
        Money(try #require(Decimal(amount)), currency: currency)?.minorUnits
    }

    @Test func theCurrencyDecidesTheDecimals() throws {
        #expect(try minor("10.50", "USD") == 1_050)
        #expect(try minor("10.5", "USD") == 1_050)
        #expect(try minor("10.505", "USD") == nil)
        #expect(try minor("10.50", "JPY") == nil)
        #expect(try minor("10", "JPY") == 10)
        #expect(try minor("10.505", "KWD") == 10_505)
        #expect(try minor("10.5055", "KWD") == nil)
    }

    @Test func whatIsNoCurrencyCodeHasTheUsualDecimals() {
        for code in ["", "US", "USDX", "usd", "U$D", "ÄÖÜ", "Z"] { #expect(Money.exponent(of: code) == 2) }
        #expect(Money.exponent(of: "AAA") == 2 && Money.exponent(of: "ZZZ") == 2)
    }

    @Test func theBoundsAreExact() throws {
        #expect(try minor("99999999.99", "USD") == 9_999_999_999)
        #expect(try minor("100000000", "USD") == nil)
        #expect(try minor("0.01", "USD") == 1)
        #expect(try minor("0", "USD") == nil)
        #expect(try minor("-1", "USD") == nil)
        #expect(try minor("99999999.999", "KWD") == 99_999_999_999)
        #expect(try minor("99999999", "JPY") == 99_999_999)
        #expect(try minor("100000000", "JPY") == nil)
    }

    @Test func printsWithTheCurrencysDecimals() {
        #expect(Money(minorUnits: 1_050, currency: "USD").amount.description == "10.50")
        #expect(Money(minorUnits: 5, currency: "KWD").amount.description == "0.005")
        #expect(Money(minorUnits: 7, currency: "JPY").amount.description == "7")
    }

    /// D-C04: no float anywhere, so any number of cents adds up.
    @Test func sumsOfCentsStayExact() throws {
        var state: UInt64 = 42
        var total: Int64 = 0
        var sum = Decimal.zero
        for _ in 0..<1_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let cents = Int64(state >> 40 & 0xFFFFF) + 1
            let text = "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
            total += try #require(try minor(text, "EUR"))
            sum += Money(minorUnits: cents, currency: "EUR").amount
        }
        #expect(sum.minorUnits(scale: 2) == total)
    }
}
