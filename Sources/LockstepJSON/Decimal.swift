/// An exact decimal number: `coefficient × 10^exponent`, with up to 38 digits.
///
/// The scale is kept: `10.50` prints as `10.50`. Comparison is by value: `10.50 == 10.5`.
public struct Decimal: Sendable {
    /// The digits, with the sign.
    public let coefficient: Int128
    /// The power of ten; `-2` for an amount with cents.
    public let exponent: Int

    /// What an exponent may be.
    public static let exponentRange = -6_144...6_144

    /// A decimal from its parts. The exponent must be in `exponentRange`.
    public init(coefficient: Int128, exponent: Int) {
        precondition(Self.exponentRange.contains(exponent), "the exponent of a Decimal is out of range")
        self.coefficient = coefficient
        self.exponent = exponent
    }

    /// An integer.
    public init(_ value: some FixedWidthInteger) { self.init(coefficient: Int128(value), exponent: 0) }

    /// An amount in minor units, such as cents with a scale of 2.
    public init(minorUnits: Int64, scale: Int = 2) { self.init(coefficient: Int128(minorUnits), exponent: -scale) }

    /// Zero.
    public static let zero = Decimal(0)

    /// Digits after the point.
    public var scale: Int { max(0, -exponent) }

    /// The amount in minor units, nil when it is not a whole number of them or out of range.
    public func minorUnits(scale: Int = 2) -> Int64? {
        guard let exact = rescaled(to: scale) else { return nil }
        return Int64(exactly: exact.coefficient)
    }

    /// The same value with a fixed scale, nil when that would lose digits or not fit.
    public func rescaled(to scale: Int) -> Decimal? {
        guard Self.exponentRange.contains(-scale) else { return nil }
        let shift = exponent + scale
        if coefficient == 0 { return Decimal(coefficient: 0, exponent: -scale) }
        if shift >= 0 {
            guard let factor = Self.powerOfTen(shift) else { return nil }
            let (product, overflow) = coefficient.multipliedReportingOverflow(by: factor)
            return overflow ? nil : Decimal(coefficient: product, exponent: -scale)
        }
        guard let factor = Self.powerOfTen(-shift) else { return nil }
        let (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: factor)
        return remainder == 0 ? Decimal(coefficient: quotient, exponent: -scale) : nil
    }

    /// The value rounded to a number of digits after the point. A value with fewer digits is returned as it is.
    public func rounded(
        toScale scale: Int, _ rule: FloatingPointRoundingRule = .toNearestOrEven
    ) -> Decimal {
        let shift = -exponent - scale
        guard shift > 0 else { return self }
        guard let factor = Self.powerOfTen(shift) else {
            // More digits are dropped than the coefficient has: the result is 0, or 1 when rounding away.
            return Decimal(coefficient: Self.rounded(0, sign: coefficient.signum(), half: -1, rule), exponent: -scale)
        }
        let (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: factor)
        if remainder == 0 { return Decimal(coefficient: quotient, exponent: -scale) }
        let distance = remainder.magnitude
        let rest = factor.magnitude - distance
        let half = distance == rest ? 0 : distance < rest ? -1 : 1
        let result = Self.rounded(quotient, sign: remainder.signum(), half: half, rule)
        return Decimal(coefficient: result, exponent: -scale)
    }

    /// `half` says whether the dropped part is below (-1), at (0) or above (1) one half.
    private static func rounded(_ quotient: Int128, sign: Int128, half: Int, _ rule: FloatingPointRoundingRule)
        -> Int128
    {
        let away =
            switch rule {
            case .up: sign > 0
            case .down: sign < 0
            case .towardZero: false
            case .awayFromZero: sign != 0
            case .toNearestOrAwayFromZero: half >= 0
            case .toNearestOrEven: half > 0 || (half == 0 && quotient % 2 != 0)
            @unknown default: half >= 0
            }
        return away ? quotient + sign : quotient
    }

    /// 10^n, nil when it does not fit.
    static func powerOfTen(_ n: Int) -> Int128? {
        guard (0...38).contains(n) else { return nil }
        var result: Int128 = 1
        for _ in 0..<n { result *= 10 }
        return result
    }
}

extension Decimal: ExpressibleByIntegerLiteral {
    /// A literal integer.
    public init(integerLiteral value: Int) { self.init(value) }
}
