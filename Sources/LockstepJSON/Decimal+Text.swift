extension Decimal: CustomStringConvertible, LosslessStringConvertible {
    /// Reads the text of a JSON number; nil when it is none, or has more than 38 significant digits.
    public init?(_ text: String) {
        var text = text
        let value = text.withUTF8 { buffer in
            buffer.isEmpty ? nil : Decimal(ByteView(buffer), 0, buffer.count)
        }
        guard let value else { return nil }
        self = value
    }

    /// Reads a range of bytes: an optional sign, digits, an optional fraction and exponent.
    package init?(_ bytes: ByteView, _ start: Int, _ length: Int) {
        let end = start + length
        var position = start
        guard length > 0, end <= bytes.count else { return nil }
        let negative = bytes[position] == UInt8(ascii: "-")
        if negative { position += 1 }
        var small: UInt64 = 0
        var smallDigits = 0
        var value: Int128 = 0
        var digits = 0
        var fraction = 0
        var pointAt = -1
        while position < end {
            let digit = bytes[position] &- UInt8(ascii: "0")
            if digit < 10 {
                digits += 1
                if smallDigits < 18 {
                    small = small * 10 + UInt64(digit)
                    if small != 0 { smallDigits += 1 }
                } else {
                    // More than 18 digits: go on in 128 bits.
                    if value == 0 { value = Int128(small) }
                    let (product, overflow) = value.multipliedReportingOverflow(by: 10)
                    let (sum, carry) = product.addingReportingOverflow(Int128(digit))
                    if overflow || carry { return nil }
                    value = sum
                }
                if pointAt >= 0 { fraction += 1 }
            } else if bytes[position] == UInt8(ascii: "."), pointAt < 0, digits > 0 {
                pointAt = position
            } else {
                break
            }
            position += 1
        }
        guard digits > 0, pointAt < 0 || fraction > 0 else { return nil }
        var exponent = -fraction
        if position < end {
            guard let written = Self.exponent(bytes, position, end) else { return nil }
            exponent += written
        }
        guard Self.exponentRange.contains(exponent) else { return nil }
        if value == 0 { value = Int128(small) }
        self.init(coefficient: negative ? -value : value, exponent: exponent)
    }

    private static func exponent(_ bytes: ByteView, _ start: Int, _ end: Int) -> Int? {
        guard bytes[start] | 0x20 == UInt8(ascii: "e"), start + 1 < end else { return nil }
        var position = start + 1
        let negative = bytes[position] == UInt8(ascii: "-")
        if negative || bytes[position] == UInt8(ascii: "+") { position += 1 }
        guard position < end else { return nil }
        var value = 0
        while position < end {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = min(value * 10 + Int(digit), 1_000_000)
            position += 1
        }
        return negative ? -value : value
    }

    /// The number as JSON text, with its scale.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A sign, 39 digits, 80 more places behind the point, `0.`; longer ones have an exponent, and so have integers of more
    /// than 38 digits.
    static let maximumLength = 128

    /// Appends the number as JSON text.
    package func append(to bytes: inout [UInt8]) { bytes.fill(Self.maximumLength) { append(to: &$0) } }

    /// At most `maximumLength` bytes.
    func append(to filler: inout ByteFiller) {
        if coefficient < 0 { filler.append(UInt8(ascii: "-")) }
        let magnitude = coefficient.magnitude
        // Zeros up to the number of digits that can be read again.
        if exponent > 0 && magnitude.description.utf8.count + exponent > 38 || exponent < -80 {
            Self.append(magnitude, to: &filler)
            filler.append(UInt8(ascii: "e"))
            filler.append(decimal: Int64(exponent))
            return
        }
        if exponent >= 0 {
            Self.append(magnitude, to: &filler)
            if magnitude != 0 { filler.append(zeros: exponent) }
            return
        }
        if let small = UInt64(exactly: magnitude), -exponent <= 18 {
            let unit = Self.powersOfTen[-exponent]
            let (whole, part) = small.quotientAndRemainder(dividingBy: unit)
            filler.append(decimal: whole)
            filler.append(UInt8(ascii: "."))
            filler.append(decimal: part, digits: -exponent)
            return
        }
        Self.append(digits: Array(magnitude.description.utf8), places: -exponent, to: &filler)
    }

    private static func append(digits: [UInt8], places: Int, to filler: inout ByteFiller) {
        let point = digits.count - places
        if point <= 0 {
            filler.append(UInt8(ascii: "0"))
            filler.append(UInt8(ascii: "."))
            filler.append(zeros: -point)
            for digit in digits { filler.append(digit) }
        } else {
            for digit in digits[..<point] { filler.append(digit) }
            filler.append(UInt8(ascii: "."))
            for digit in digits[point...] { filler.append(digit) }
        }
    }

    private static func append(_ magnitude: UInt128, to filler: inout ByteFiller) {
        if let small = UInt64(exactly: magnitude) {
            filler.append(decimal: small)
        } else {
            for digit in magnitude.description.utf8 { filler.append(digit) }
        }
    }

    /// 10^0 … 10^18.
    static let powersOfTen: [UInt64] = (0...18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
}
