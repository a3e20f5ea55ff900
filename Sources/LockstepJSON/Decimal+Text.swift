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

    /// Appends the number as JSON text.
    package func append(to bytes: inout [UInt8]) {
        if coefficient < 0 { bytes.append(UInt8(ascii: "-")) }
        let magnitude = coefficient.magnitude
        if exponent > 40 || exponent < -80 {
            Self.append(magnitude, to: &bytes)
            bytes.append(UInt8(ascii: "e"))
            appendDecimal(Int64(exponent), to: &bytes)
            return
        }
        if exponent >= 0 {
            Self.append(magnitude, to: &bytes)
            if magnitude != 0 { bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: exponent)) }
            return
        }
        if let small = UInt64(exactly: magnitude), -exponent <= 18 {
            let unit = Self.powersOfTen[-exponent]
            appendDecimal(small / unit, to: &bytes)
            bytes.append(UInt8(ascii: "."))
            appendDecimal(small % unit, to: &bytes, minimumDigits: -exponent)
            return
        }
        var digits: [UInt8] = []
        Self.append(magnitude, to: &digits)
        let point = digits.count + exponent
        if point <= 0 {
            bytes.append(contentsOf: "0.".utf8)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -point))
            bytes.append(contentsOf: digits)
        } else {
            bytes.append(contentsOf: digits[..<point])
            bytes.append(UInt8(ascii: "."))
            bytes.append(contentsOf: digits[point...])
        }
    }

    private static func append(_ magnitude: UInt128, to bytes: inout [UInt8]) {
        if let small = UInt64(exactly: magnitude) {
            appendDecimal(small, to: &bytes)
        } else {
            bytes.append(contentsOf: magnitude.description.utf8)
        }
    }

    /// 10^0 … 10^18.
    static let powersOfTen: [UInt64] = (0...18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
}
