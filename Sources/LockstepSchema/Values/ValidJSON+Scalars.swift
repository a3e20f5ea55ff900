public import LockstepJSON

extension ValidJSON {
    /// A string.
    public var string: String { word.isString ? storage.document.text(of: word) : wrongKind("") }
    /// `true` or `false`
    public var bool: Bool { word.kindBits == TapeKind.trueValue.rawValue }
    /// An integer.
    public var int64: Int64 { read(0) { Number.integer($0, $1, $2) } }
    /// An integer.
    public var int: Int { Int(int64) }
    /// An integer of 32 bits.
    public var int32: Int32 { Int32(truncatingIfNeeded: int64) }
    /// A binary floating-point number.
    public var double: Double { Double(storage.document.text(of: word)) ?? wrongKind(0) }
    /// A binary floating-point number.
    public var float: Float { Float(storage.document.text(of: word)) ?? wrongKind(0) }
    /// An exact decimal, from a number or from a string that holds one.
    public var decimal: Decimal { read(.zero) { Decimal($0, $1, $2) } }
    /// An instant.
    public var timestamp: Timestamp { read(Timestamp(seconds: 0)) { Timestamp($0, $1, $2) } }
    /// A date.
    public var date: CalendarDate { read(Timestamp(seconds: 0).date) { CalendarDate($0, $1, $2) } }
    /// A UUID.
    public var uuid: UUID { read(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))) { UUID($0, $1, $2) } }
    /// The bytes of a base64 string.
    public var bytes: [UInt8] { read([]) { Base64.decode($0, $1, $2) } }
    /// The value as a tree.
    public var value: JSONValue { index < 0 ? .null : JSONNode(document: storage.document, index: index).value }

    /// A string, nil when missing or `null`.
    public var optionalString: String? { index < 0 || word.isNull ? nil : string }
    /// `true` or `false`, nil when missing or `null`.
    public var optionalBool: Bool? { index < 0 || word.isNull ? nil : bool }
    /// An integer, nil when missing or `null`.
    public var optionalInt: Int? { index < 0 || word.isNull ? nil : int }
    /// A decimal, nil when missing or `null`.
    public var optionalDecimal: Decimal? { index < 0 || word.isNull ? nil : decimal }

    private func read<Value>(_ fallback: Value, _ parse: (ByteView, Int, Int) -> Value?) -> Value {
        guard index >= 0, !word.isContainer else { return wrongKind(fallback) }
        return storage.document.withText(of: word, parse) ?? wrongKind(fallback)
    }

    private func wrongKind<Value>(_ fallback: Value) -> Value {
        assertionFailure("the generated code reads a value as a type that the validator has not checked")
        return fallback
    }
}
