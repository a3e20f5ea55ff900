public import LockstepJSON

/// `numeric` in binary form: groups of four decimal digits.
///
/// ```
/// Int16 number of groups · Int16 weight of the first group (10000^weight) · UInt16 sign · UInt16 digits after the point
/// Int16 group, 0 … 9999, most significant first, …
/// ```
extension Decimal: PostgresEncodable, PostgresDecodable {
    /// `numeric`
    public static var postgresType: PostgresType { .numeric }

    /// Writes the binary form, exactly.
    public func encode(into bytes: inout [UInt8]) {
        let header = bytes.count
        for _ in 0..<4 { bytes.append(bigEndian: UInt16(0)) }
        // The exponent as 4 × weight + shift: the lowest group holds 4 - shift digits of the coefficient, shifted left.
        let lowestWeight = exponent >= 0 ? exponent / 4 : -((3 - exponent) / 4)
        let shift = exponent - 4 * lowestWeight
        let (high, low) = coefficient.magnitude.quotientAndRemainder(dividingBy: Decimal.smallPowers[4 - shift])
        var groups = NumericGroups()
        groups.append(UInt16(low * Decimal.smallPowers[shift]))
        var rest = high
        while rest > UInt128(UInt64.max) {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10_000)
            groups.append(UInt16(remainder))
            rest = quotient
        }
        var small = UInt64(rest)
        while small > 0 {
            groups.append(UInt16(small % 10_000))
            small /= 10_000
        }
        for index in (0..<groups.count).reversed() { bytes.append(bigEndian: groups[index]) }
        bytes.overwrite(bigEndian: Int16(groups.count), at: header)
        bytes.overwrite(bigEndian: Int16(lowestWeight + groups.count - 1), at: header + 2)
        bytes.overwrite(bigEndian: UInt16(coefficient < 0 ? 0x4000 : 0), at: header + 4)
        bytes.overwrite(bigEndian: UInt16(scale), at: header + 6)
    }

    /// Reads `numeric` exactly, with its scale; `NaN`, infinities and more than 38 digits are errors.
    /// Integer columns are read as well.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        switch cell.type {
        case .numeric: self = try Decimal(numeric: cell.bytes)
        case .int2, .int4, .int8: self = Decimal(try Int64(cell))
        default: throw .typeMismatch
        }
    }

    private init(numeric bytes: UnsafeRawBufferPointer) throws(PostgresCellError) {
        guard bytes.count >= 8 else { throw .unrepresentable("the value has the wrong length") }
        let count = Int(bytes.bigEndian(at: 0, as: Int16.self))
        let weight = Int(bytes.bigEndian(at: 2, as: Int16.self))
        let sign = bytes.bigEndian(at: 4, as: UInt16.self)
        let scale = Int(bytes.bigEndian(at: 6, as: UInt16.self))
        switch sign {
        case 0, 0x4000: break
        case 0xC000: throw .unrepresentable("the value is NaN")
        default: throw .unrepresentable("the value is infinite")
        }
        guard count >= 0, bytes.count == 8 + 2 * count else { throw .unrepresentable("the value has the wrong length") }
        let (magnitude, exponent) = try Decimal.magnitude(bytes, groups: count, weight: weight, scale: scale)
        guard Decimal.exponentRange.contains(exponent), let coefficient = Int128(exactly: magnitude) else {
            throw .unrepresentable("the value has more than 38 digits")
        }
        self.init(coefficient: sign == 0 ? coefficient : -coefficient, exponent: exponent)
    }

    /// The coefficient that gives the column's scale; a larger exponent where zeros at the end would not fit.
    private static func magnitude(
        _ bytes: UnsafeRawBufferPointer, groups: Int, weight: Int, scale: Int
    ) throws(PostgresCellError) -> (UInt128, Int) {
        guard groups > 0 else { return (0, -scale) }
        // The last group's exponent is -4 × fraction; `surplus` of its digits lie behind the scale and are zeros.
        let fraction = 4 * (groups - 1 - weight)
        let surplus = fraction - scale
        guard surplus <= 3 else { throw .unrepresentable("the value has digits behind its scale") }
        var sum: UInt128 = 0
        for index in 0..<groups {
            let group = UInt128(bytes.bigEndian(at: 8 + 2 * index, as: UInt16.self))
            let isCut = index == groups - 1 && surplus > 0
            let factor = isCut ? smallPowers[4 - surplus] : 10_000
            let (product, overflow) = sum.multipliedReportingOverflow(by: factor)
            let (next, carry) = product.addingReportingOverflow(isCut ? group / smallPowers[surplus] : group)
            if overflow || carry { throw .unrepresentable("the value has more than 38 digits") }
            sum = next
        }
        guard surplus < 0 else { return (sum, -scale) }
        var missing = -surplus
        while missing > 0 {
            let step = min(missing, 4)
            let (product, overflow) = sum.multipliedReportingOverflow(by: smallPowers[step])
            if overflow || product > UInt128(Int128.max) { break }
            sum = product
            missing -= step
        }
        return (sum, missing - scale)
    }

    private static let smallPowers: [UInt128] = [1, 10, 100, 1000, 10_000]
}

/// Up to eleven groups of four digits (39 digits and a shift), without an allocation.
private struct NumericGroups {
    private var storage = InlineArray<12, UInt16>(repeating: 0)
    private(set) var count = 0

    mutating func append(_ group: UInt16) {
        storage[count] = group
        count += 1
    }

    subscript(_ index: Int) -> UInt16 { storage[index] }
}

extension Decimal: PostgresArrayElement {
    /// `numeric[]`
    public static var postgresArrayType: PostgresType { .numericArray }
}
