public import LockstepRuntime

/// An amount of money: whole minor units of a currency, never a fraction, never a binary float.
public struct Money: Sendable, Hashable {
    /// ISO 4217 code.
    public let currency: String
    /// Minor units: cents of a dollar, yen, thousandths of a dinar.
    public let minorUnits: Int64

    /// No amount has more digits before the point.
    static let wholeUnitsLimit: Int128 = 100_000_000

    /// Money of these parts.
    public init(minorUnits: Int64, currency: String) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Nil unless `amount` is positive, below 100 million, and exact in the currency's minor units.
    public init?(_ amount: Decimal, currency: String) {
        let exponent = Money.exponent(of: currency)
        guard let minor = amount.minorUnits(scale: exponent), minor > 0,
            Int128(minor) < Money.wholeUnitsLimit * Int128(Money.powers[exponent])
        else { return nil }
        self.init(minorUnits: minor, currency: currency)
    }

    /// With as many decimals as the currency has.
    public var amount: Decimal { Decimal(minorUnits: minorUnits, scale: Money.exponent(of: currency)) }

    private static let powers: [Int64] = [1, 10, 100, 1_000]

    private static let withoutMinorUnits: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
    ]

    private static let withThousandths: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]

    private static let usualExponent = 2

    private static let exponents: CurrencyTable<Int> = {
        var exponents = CurrencyTable(repeating: usualExponent)
        for code in withoutMinorUnits { exponents.set(0, for: code) }
        for code in withThousandths { exponents.set(3, for: code) }
        return exponents
    }()

    /// How many decimals an amount of the currency has. The same as in `payments.currencies`; a test compares them.
    public static func exponent(of currency: String) -> Int {
        exponents[currency] ?? usualExponent
    }
}
