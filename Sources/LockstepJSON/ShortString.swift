/// Strings of at most 15 ASCII bytes, made of two words at once.
///
/// Swift keeps such a string in the value itself: eight bytes, seven bytes, and in the last one the length with a mark
/// for ASCII. The standard library's ways there copy byte by byte and cost four times as much, which is most of what
/// reading a short string takes. `String` is frozen, but its layout is nobody's promise: the form is used only after it
/// has been compared, for every length, with what the standard library makes.
@usableFromInline
package enum ShortString {
    @usableFromInline package static let maximum = 15

    /// Whether this standard library has the form.
    @usableFromInline static let isKnownForm: Bool = {
        guard MemoryLayout<String>.size == MemoryLayout<Words>.size else { return false }
        var low: UInt64 = 0
        var high: UInt64 = 0
        for length in 0...maximum {
            var text = ""
            for index in 0..<length { text.unicodeScalars.append(Unicode.Scalar(UInt8(0x41 + index))) }
            // Only read: no reference is taken from it.
            let made = unsafeBitCast(text, to: Words.self)
            if made != words(low, high, length) { return false }
            let byte = UInt64(0x41 + length)
            if length < 8 { low |= byte << UInt64(length * 8) } else { high |= byte << UInt64((length - 8) * 8) }
        }
        return true
    }()

    @usableFromInline typealias Words = (low: UInt64, high: UInt64)

    @inlinable
    static func words(_ low: UInt64, _ high: UInt64, _ length: Int) -> Words {
        (low, high | (0xe0 | UInt64(truncatingIfNeeded: length)) &<< 56)
    }

    /// The string of `length` ASCII bytes, the first one lowest, with zeros behind them. Only where `isKnownForm`.
    @inlinable
    @inline(__always)  // some shifts
    static func make(_ low: UInt64, _ high: UInt64, _ length: Int) -> String {
        var words = words(low, high, length)
        return withUnsafeMutablePointer(to: &words) {
            // Taken over as it stands, which counts no reference: such a string has none. `isKnownForm` has seen the bits.
            UnsafeMutableRawPointer($0).assumingMemoryBound(to: String.self).move()
        }
    }
}
