import LockstepJSON

/// A number of at most 18 digits without an exponent: what nearly every number is, compared without a slow path.
struct SmallDecimal {
    let coefficient: Int64
    /// -18 … 0
    let exponent: Int

    init(coefficient: Int64, exponent: Int) {
        self.coefficient = coefficient
        self.exponent = exponent
    }

    /// Reads a number's text; nil when it is longer or has an exponent.
    init?(_ bytes: ByteView, _ start: Int, _ length: Int) {
        guard length <= 18 else { return nil }
        var position = start
        let end = start &+ length
        let negative = length > 0 && bytes[start] == UInt8(ascii: "-")
        if negative { position &+= 1 }
        var value: Int64 = 0
        var point = -1
        while position < end {
            let digit = bytes[position] &- UInt8(ascii: "0")
            if digit < 10 {
                value = value &* 10 &+ Int64(digit)
            } else if bytes[position] == UInt8(ascii: ".") {
                point = position
            } else {
                return nil
            }
            position &+= 1
        }
        coefficient = negative ? 0 &- value : value
        exponent = point < 0 ? 0 : point &+ 1 &- end
    }

    /// The order of two numbers: negative, 0 or positive.
    static func compare(_ a: SmallDecimal, _ b: SmallDecimal) -> Int {
        if a.exponent == b.exponent {
            return a.coefficient < b.coefficient ? -1 : a.coefficient == b.coefficient ? 0 : 1
        }
        // Below 10^18 · 10^18 on both sides: no overflow in 128 bits.
        let shift = a.exponent &- b.exponent
        let left = shift > 0 ? Int128(a.coefficient) * Int128(powersOfTen[shift]) : Int128(a.coefficient)
        let right = shift < 0 ? Int128(b.coefficient) * Int128(powersOfTen[-shift]) : Int128(b.coefficient)
        return left < right ? -1 : left == right ? 0 : 1
    }

    /// Whether this is a whole multiple of a positive unit; nil when 64 bits do not decide.
    func isMultiple(of unit: SmallDecimal) -> Bool? {
        let shift = exponent &- unit.exponent
        guard (0...18).contains(shift) else { return nil }
        let (scaled, overflow) = coefficient.multipliedReportingOverflow(by: Self.powersOfTen[shift])
        return overflow || unit.coefficient == 0 ? nil : scaled % unit.coefficient == 0
    }

    private static let powersOfTen: [Int64] = (0...18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
}

extension Number {
    /// Whether the value is a whole multiple of a positive unit: exact at every size.
    func isMultiple(of unit: Decimal) -> Bool {
        if digits == 0 { return true }
        // Without trailing zeros in the unit, the value must not have digits below the unit's last one.
        var unitDigits = unit.coefficient.magnitude
        var unitExponent = unit.exponent
        while unitDigits % 10 == 0, unitDigits != 0 {
            unitDigits /= 10
            unitExponent += 1
        }
        if unitDigits == 0 { return false }
        let shift = exponent - unitExponent
        // The value's last digit is no zero: below the unit's place it cannot be a multiple.
        if shift < 0 { return false }
        var rest: UInt128 = 0
        forEachDigit {
            rest = unitDigits.dividingFullWidth(rest.multipliedFullWidth(by: 10)).remainder
            rest = (rest + UInt128($0)) % unitDigits
            return true
        }
        // 10^127 holds every factor 2 and 5 of a 127-bit unit; more zeros change nothing.
        for _ in 0..<min(shift, 127) where rest != 0 {
            rest = unitDigits.dividingFullWidth(rest.multipliedFullWidth(by: 10)).remainder
        }
        return rest == 0
    }
}
