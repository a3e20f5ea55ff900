public import LockstepJSON

extension ValidJSON {
    /// A string.
    @inlinable public var string: String { storage.string(index) }
    /// `true` or `false`
    @inlinable public var bool: Bool { storage.bool(index) }
    /// An integer.
    @inlinable public var int64: Int64 { storage.int64(index) }
    /// An integer.
    @inlinable public var int: Int { Int(storage.int64(index)) }
    /// An integer of 32 bits.
    @inlinable public var int32: Int32 { Int32(truncatingIfNeeded: storage.int64(index)) }
    /// A binary floating-point number.
    @inlinable public var double: Double { storage.double(index) }
    /// A binary floating-point number.
    @inlinable public var float: Float { Float(storage.double(index)) }
    /// An exact decimal, from a number or from a string that holds one.
    @inlinable public var decimal: Decimal { storage.decimal(index) }
    /// An instant.
    @inlinable public var timestamp: Timestamp { storage.timestamp(index, frame) }
    /// A date.
    @inlinable public var date: CalendarDate { storage.date(index) }
    /// A UUID.
    @inlinable public var uuid: UUID { storage.uuid(index, frame) }
    /// The bytes of a base64 string.
    @inlinable public var bytes: [UInt8] { storage.base64(index) }
    /// The value as a tree.
    @inlinable public var value: JSONValue { storage.value(index) }

    // The kinds of which documents are full: one call each, where the general way takes two and a branch.

    /// A string, nil when it is missing or `null`.
    @inlinable public func optional(_ type: String.Type) -> String? { storage.optionalString(index) }
    /// `true` or `false`, nil when it is missing or `null`.
    @inlinable public func optional(_ type: Bool.Type) -> Bool? { storage.optionalBool(index) }
    /// An integer, nil when it is missing or `null`.
    @inlinable public func optional(_ type: Int.Type) -> Int? { storage.optionalInt(index) }
}

extension Presence<String> {
    /// Reads a string that may be missing or `null`.
    @inlinable public init(_ json: ValidJSON) { self = json.storage.presentString(json.index) }
}

extension Presence<Bool> {
    /// Reads `true` or `false`, which may be missing or `null`.
    @inlinable public init(_ json: ValidJSON) { self = json.storage.presentBool(json.index) }
}

extension Presence<Int> {
    /// Reads an integer that may be missing or `null`.
    @inlinable public init(_ json: ValidJSON) { self = json.storage.presentInt(json.index) }
}

/// What the accessors of `ValidJSON` call. Methods of the storage, so that reading a slot counts no references: none of
/// them lets go of anything that its caller holds (`releasenone`), and so the compiler need not hold the storage for the
/// time of the call.
extension ValidStorage {
    @_effects(releasenone) @usableFromInline
    func isNull(_ index: Int) -> Bool { document.word(index).isNull }

    @_effects(releasenone) @usableFromInline
    func count(_ index: Int) -> Int {
        guard index >= 0 else { return 0 }
        let word = document.word(index)
        return word.isContainer ? word.count : 0
    }

    /// Where the elements of an array end; nothing for another value.
    @_effects(releasenone) @usableFromInline
    func endOfElements(_ index: Int) -> Int {
        guard index >= 0, document.word(index).isArray else { return index &+ 1 }
        return document.word(index).end
    }

    @_effects(releasenone) @usableFromInline
    func indexAfter(_ index: Int) -> Int { document.indexAfter(index) }

    @_effects(releasenone) @usableFromInline
    func string(_ index: Int) -> String {
        guard index >= 0, document.word(index).isString else { return wrongKind("") }
        return document.text(of: document.word(index))
    }

    @_effects(releasenone) @usableFromInline
    func bool(_ index: Int) -> Bool {
        guard index >= 0 else { return wrongKind(false) }
        return document.word(index).kindBits == TapeKind.trueValue.rawValue
    }

    @_effects(releasenone) @usableFromInline
    func int64(_ index: Int) -> Int64 { read(index, 0) { Number.integer($0, $1, $2) } }

    @_effects(releasenone) @usableFromInline
    func double(_ index: Int) -> Double { read(index, 0) { Double($0.string($1, $2)) } }

    @_effects(releasenone) @usableFromInline
    func decimal(_ index: Int) -> Decimal { read(index, .zero) { Decimal($0, $1, $2) } }

    @_effects(releasenone) @usableFromInline
    func timestamp(_ index: Int, _ frame: Int) -> Timestamp {
        if let (seconds, nanoseconds) = reading(.timestamp, frame) {
            return Timestamp(seconds: Int64(bitPattern: seconds), nanoseconds: Int64(bitPattern: nanoseconds))
        }
        return read(index, Timestamp(seconds: 0)) { Timestamp($0, $1, $2) }
    }

    @_effects(releasenone) @usableFromInline
    func date(_ index: Int) -> CalendarDate {
        read(index, Timestamp(seconds: 0).date) { CalendarDate($0, $1, $2) }
    }

    @_effects(releasenone) @usableFromInline
    func uuid(_ index: Int, _ frame: Int) -> UUID {
        if let (low, high) = reading(.uuid, frame) { return UUID(low: low, high: high) }
        return read(index, UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))) { UUID($0, $1, $2) }
    }

    @_effects(releasenone) @usableFromInline
    func base64(_ index: Int) -> [UInt8] { read(index, []) { Base64.decode($0, $1, $2) } }

    @_effects(releasenone) @usableFromInline
    func value(_ index: Int) -> JSONValue {
        index < 0 ? .null : JSONNode(document: document, index: index).value
    }

    // Not inlined, these six: generated code has one of them at almost every property.

    @_effects(releasenone) @inline(never) @usableFromInline
    func optionalString(_ index: Int) -> String? { index < 0 || isNull(index) ? nil : string(index) }

    @_effects(releasenone) @inline(never) @usableFromInline
    func optionalBool(_ index: Int) -> Bool? { index < 0 || isNull(index) ? nil : bool(index) }

    @_effects(releasenone) @inline(never) @usableFromInline
    func optionalInt(_ index: Int) -> Int? { index < 0 || isNull(index) ? nil : Int(int64(index)) }

    @_effects(releasenone) @inline(never) @usableFromInline
    func presentString(_ index: Int) -> Presence<String> {
        index < 0 ? .absent : isNull(index) ? .null : .value(string(index))
    }

    @_effects(releasenone) @inline(never) @usableFromInline
    func presentBool(_ index: Int) -> Presence<Bool> {
        index < 0 ? .absent : isNull(index) ? .null : .value(bool(index))
    }

    @_effects(releasenone) @inline(never) @usableFromInline
    func presentInt(_ index: Int) -> Presence<Int> {
        index < 0 ? .absent : isNull(index) ? .null : .value(Int(int64(index)))
    }

    private func read<Value>(
        _ index: Int, _ fallback: @autoclosure () -> Value, _ parse: (ByteView, Int, Int) -> Value?
    ) -> Value {
        guard index >= 0, !document.word(index).isContainer,
            let value = document.withText(of: document.word(index), parse)
        else { return wrongKind(fallback()) }
        return value
    }

    private func wrongKind<Value>(_ fallback: Value) -> Value {
        assertionFailure("the generated code reads a value as a type that the validator has not checked")
        return fallback
    }
}
