extension Decimal {
    /// The exact sum, nil when it has more than 38 digits.
    public func adding(_ other: Decimal) -> Decimal? {
        if coefficient == 0, other.exponent >= exponent, other.coefficient == 0 { return self }
        let scale = -min(exponent, other.exponent)
        guard let a = rescaled(to: scale), let b = other.rescaled(to: scale) else { return nil }
        let (sum, overflow) = a.coefficient.addingReportingOverflow(b.coefficient)
        return overflow ? nil : Decimal(coefficient: sum, exponent: -scale)
    }

    /// The exact product, nil when it has more than 38 digits.
    public func multiplied(by other: Decimal) -> Decimal? {
        let (product, overflow) = coefficient.multipliedReportingOverflow(by: other.coefficient)
        let exponent = exponent + other.exponent
        guard !overflow, Self.exponentRange.contains(exponent) else { return nil }
        return Decimal(coefficient: product, exponent: exponent)
    }

    /// The exact sum. Like an integer's, it stops the process when it does not fit; see `adding` for data from outside.
    public static func + (a: Decimal, b: Decimal) -> Decimal {
        guard let sum = a.adding(b) else { preconditionFailure("Decimal overflow in +") }
        return sum
    }

    /// The exact difference. See `+`.
    public static func - (a: Decimal, b: Decimal) -> Decimal { a + -b }

    /// The exact product. See `+` and `multiplied`.
    public static func * (a: Decimal, b: Decimal) -> Decimal {
        guard let product = a.multiplied(by: b) else { preconditionFailure("Decimal overflow in *") }
        return product
    }

    /// The opposite.
    public static prefix func - (value: Decimal) -> Decimal {
        Decimal(coefficient: -value.coefficient, exponent: value.exponent)
    }

    /// Adds in place. See `+`.
    public static func += (a: inout Decimal, b: Decimal) { a = a + b }
    /// Subtracts in place. See `+`.
    public static func -= (a: inout Decimal, b: Decimal) { a = a - b }

    /// The value without its sign.
    public var magnitude: Decimal { coefficient < 0 ? -self : self }

    /// Whether the value is a whole multiple of another one; exact at every size.
    public func isMultiple(of other: Decimal) -> Bool {
        if coefficient == 0 { return true }
        if other.coefficient == 0 { return false }
        let value = normalized
        let unit = other.normalized
        let shift = value.exponent - unit.exponent
        // A normalised coefficient has no factor 10, which a smaller unit would need.
        if shift < 0 { return false }
        let divisor = unit.coefficient.magnitude
        var rest = value.coefficient.magnitude % divisor
        // 10^127 holds every factor 2 and 5 of a 128-bit divisor; more zeros change nothing.
        for _ in 0..<min(shift, 127) where rest != 0 {
            rest = divisor.dividingFullWidth(rest.multipliedFullWidth(by: 10)).remainder
        }
        return rest == 0
    }

    /// The nearest binary floating-point number.
    public var double: Double { Double(description) ?? .nan }

    /// The same value without trailing zeros in the coefficient.
    var normalized: Decimal {
        if coefficient == 0 { return .zero }
        var digits = coefficient
        var power = exponent
        while power < Self.exponentRange.upperBound {
            let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
            if remainder != 0 { break }
            digits = quotient
            power += 1
        }
        return Decimal(coefficient: digits, exponent: power)
    }
}

extension Decimal: Comparable, Hashable {
    /// Equality by value: `10.50 == 10.5`.
    public static func == (a: Decimal, b: Decimal) -> Bool {
        if a.exponent == b.exponent { return a.coefficient == b.coefficient }
        let a = a.normalized
        let b = b.normalized
        return a.exponent == b.exponent && a.coefficient == b.coefficient
    }

    /// Order by value.
    public static func < (a: Decimal, b: Decimal) -> Bool {
        if a.exponent == b.exponent { return a.coefficient < b.coefficient }
        if a.coefficient.signum() != b.coefficient.signum() { return a.coefficient < b.coefficient }
        let scale = -min(a.exponent, b.exponent)
        // The one with the larger exponent may not fit when scaled: then it is the larger in magnitude.
        guard let left = a.rescaled(to: scale) else { return a.coefficient < 0 }
        guard let right = b.rescaled(to: scale) else { return b.coefficient > 0 }
        return left.coefficient < right.coefficient
    }

    /// A hash that equal values share.
    public func hash(into hasher: inout Hasher) {
        let value = normalized
        hasher.combine(value.coefficient)
        hasher.combine(value.exponent)
    }
}
