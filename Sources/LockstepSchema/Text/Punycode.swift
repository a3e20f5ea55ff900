/// RFC 3492, as far as checking needs it.
enum Punycode {
    private static let base = 36

    private static func adapt(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var k = 0
        while delta > 455 {
            delta /= 35
            k += base
        }
        return k + 36 * delta / (delta + 38)
    }

    private static func threshold(_ k: Int, _ bias: Int) -> Int { k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias }

    /// The text of an A-label without its `xn--`; nil when it is malformed.
    static func decode(_ text: ArraySlice<UInt8>) -> [Unicode.Scalar]? {
        var output: [Unicode.Scalar] = []
        var rest = text
        if let dash = text.lastIndex(of: UInt8(ascii: "-")) {
            output = text[..<dash].map { Unicode.Scalar($0) }
            rest = text[(dash + 1)...]
        }
        var (code, index, bias) = (128, 0, 72)
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let start = index
            var weight = 1
            var k = base
            while true {
                guard let byte = rest.popFirst(), let digit = digit(byte) else { return nil }
                index += digit * weight
                let limit = threshold(k, bias)
                if digit < limit { break }
                weight *= base - limit
                k += base
                guard index < 1 << 40, weight < 1 << 40 else { return nil }
            }
            let count = output.count + 1
            bias = adapt(index - start, count, isFirst: start == 0)
            code += index / count
            index %= count
            guard code <= 0x10ffff, let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
            output.insert(scalar, at: index)
            index += 1
        }
        return output
    }

    private static func digit(_ byte: UInt8) -> Int? {
        if TextFormats.isLetter(byte) { return Int((byte | 0x20) - UInt8(ascii: "a")) }
        return TextFormats.isDigit(byte) ? Int(byte - UInt8(ascii: "0")) + 26 : nil
    }

    /// A label's A-label without `xn--`; nil when it cannot be encoded.
    static func encode(_ label: [Unicode.Scalar]) -> [UInt8]? {
        guard label.count <= 63 else { return nil }
        var output = label.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
        let basic = output.count
        if basic > 0 { output.append(UInt8(ascii: "-")) }
        var (code, delta, bias, handled) = (128, 0, 72, basic)
        while handled < label.count {
            guard let next = label.map({ Int($0.value) }).filter({ $0 >= code }).min() else { return nil }
            delta += (next - code) * (handled + 1)
            code = next
            for scalar in label {
                if Int(scalar.value) < code { delta += 1 }
                guard Int(scalar.value) == code else { continue }
                var rest = delta
                var k = base
                while true {
                    let limit = threshold(k, bias)
                    if rest < limit { break }
                    output.append(letter(limit + (rest - limit) % (base - limit)))
                    rest = (rest - limit) / (base - limit)
                    k += base
                }
                output.append(letter(rest))
                bias = adapt(delta, handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return output
    }

    private static func letter(_ digit: Int) -> UInt8 {
        UInt8(digit < 26 ? digit + 97 : digit - 26 + 48)
    }
}
