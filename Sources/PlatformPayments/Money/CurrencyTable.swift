/// A value for each ISO 4217 code, found by its three letters: no hash and no comparison, since every payment asks.
struct CurrencyTable<Value: Sendable>: Sendable {
    private var values: [Value]

    /// The same value for all.
    init(repeating value: Value) {
        values = Array(repeating: value, count: 26 * 26 * 26)
    }

    /// The value of a code; nil for what is not three capital letters.
    subscript(_ code: String) -> Value? { Self.index(of: code).map { values[$0] } }

    /// Gives a code a value; the code must be three capital letters.
    mutating func set(_ value: Value, for code: String) {
        guard let index = Self.index(of: code) else { preconditionFailure("a currency code has three capital letters") }
        values[index] = value
    }

    private static func index(of code: String) -> Int? {
        var index = 0
        guard code.utf8.count == 3 else { return nil }
        for byte in code.utf8 {
            let letter = byte &- UInt8(ascii: "A")
            guard letter < 26 else { return nil }
            index = index * 26 + Int(letter)
        }
        return index
    }
}
