/// One value of a tape in 64 bits: whether the text is known to be ASCII (1), kind (3), first field (30), second field (30).
///
/// Scalars hold offset and length of their text. Containers hold the number of their elements or members, and the index
/// of the word after them. An object's members are a string word (the key) followed by the value.
@frozen
@usableFromInline
package struct TapeWord: Sendable, BitwiseCopyable {
    @usableFromInline package let raw: UInt64

    /// The largest offset, length, count or index that a word can hold.
    @usableFromInline package static let maximum = (1 << 30) - 1

    @inlinable
    package init(_ kind: TapeKind, _ first: Int, _ second: Int) {
        precondition(first >= 0 && second >= 0 && first < 1 << 30 && second < 1 << 30)
        raw = UInt64(kind.rawValue) << 60 | UInt64(truncatingIfNeeded: first) << 30 | UInt64(truncatingIfNeeded: second)
    }

    /// A string without escapes, known to be ASCII or not. The caller has bounded both numbers by `maximum`.
    @inlinable
    init(text start: Int, _ length: Int, isASCII: Bool) {
        let kind = UInt64(TapeKind.string.rawValue) | (isASCII ? 8 : 0)
        raw = kind << 60 | UInt64(truncatingIfNeeded: start) << 30 | UInt64(truncatingIfNeeded: length)
    }

    @inlinable package var kindBits: UInt8 { UInt8(truncatingIfNeeded: raw >> 60) & 7 }
    /// Whether a string is known to be ASCII; it may be so without the mark.
    @inlinable package var isKnownASCII: Bool { raw >> 63 != 0 }
    @inlinable package var offset: Int { Int(truncatingIfNeeded: raw >> 30) & 0x3fff_ffff }
    @inlinable package var length: Int { Int(truncatingIfNeeded: raw) & 0x3fff_ffff }
    @inlinable package var count: Int { offset }
    @inlinable package var end: Int { length }

    @inlinable package var isObject: Bool { kindBits == TapeKind.object.rawValue }
    @inlinable package var isArray: Bool { kindBits == TapeKind.array.rawValue }
    @inlinable package var isContainer: Bool { kindBits >= TapeKind.array.rawValue }
    @inlinable package var isString: Bool { kindBits == TapeKind.string.rawValue }
    @inlinable package var isNull: Bool { kindBits == TapeKind.null.rawValue }
    @inlinable package var isNumber: Bool {
        kindBits == TapeKind.integer.rawValue || kindBits == TapeKind.fraction.rawValue
    }
}

/// What a tape word is. `integer` and `fraction` are both numbers: the first has only digits and a sign.
@frozen
@usableFromInline
package enum TapeKind: UInt8, Sendable {
    case null = 0
    case falseValue = 1
    case trueValue = 2
    case integer = 3
    case fraction = 4
    case string = 5
    case array = 6
    case object = 7
}
