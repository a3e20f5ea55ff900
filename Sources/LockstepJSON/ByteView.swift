/// A bounds-checked window on bytes, valid only inside the `withUnsafe…` scope that made it.
///
/// Every access is checked, also in release builds: an error in the reader can stop the process, never read beyond the
/// input. It exists beside `RawSpan` because a parser's state has to be stored in a struct, which a non-escapable span
/// does not allow without experimental features.
@frozen
@usableFromInline
package struct ByteView {
    @usableFromInline let base: UnsafePointer<UInt8>?
    @usableFromInline package let count: Int

    /// Wraps a buffer that outlives every use of this view: both stay within one closure.
    @inlinable
    package init(_ buffer: UnsafeBufferPointer<UInt8>) {
        base = buffer.baseAddress
        count = buffer.count
    }

    @inlinable
    package subscript(index: Int) -> UInt8 {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
        // In bounds, so the buffer is not empty and has an address.
        return base.unsafelyUnwrapped[index]
    }

    /// Eight bytes at any offset, the first one lowest.
    @inlinable
    package func word(at index: Int) -> UInt64 {
        precondition(index >= 0 && index <= count &- 8)
        // In bounds as above; the load has no alignment requirement.
        let raw = UnsafeRawPointer(base.unsafelyUnwrapped)
        return UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// Four bytes at any offset, the first one lowest.
    @inlinable
    package func halfWord(at index: Int) -> UInt32 {
        precondition(index >= 0 && index <= count &- 4)
        // As above.
        let raw = UnsafeRawPointer(base.unsafelyUnwrapped)
        return UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt32.self))
    }

    /// Two bytes at any offset, the first one lowest.
    @inlinable
    package func pair(at index: Int) -> UInt16 {
        precondition(index >= 0 && index <= count &- 2)
        // As above.
        let raw = UnsafeRawPointer(base.unsafelyUnwrapped)
        return UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt16.self))
    }

    /// The text of a range that is known to be UTF-8: a parser has checked it, or it came from a `String`.
    @inlinable
    @inline(__always)  // see `JSONDocument.text`
    package func string(_ start: Int, _ length: Int, isKnownASCII: Bool = false) -> String {
        if length == 0 { return "" }
        precondition(start >= 0 && length > 0 && start <= count &- length)
        if isKnownASCII, length <= ShortString.maximum, length > 8 || start <= count &- 8, ShortString.isKnownForm {
            return shortString(start, length)
        }
        let text = UnsafeBufferPointer(start: base.unsafelyUnwrapped + start, count: length)
        // Not checked a second time: see above. The range is in bounds.
        return String(copying: UTF8Span(unchecked: text.span, isKnownASCII: isKnownASCII))
    }

    /// The text of 1 to 15 ASCII bytes, read as words.
    @inlinable
    @inline(__always)  // some shifts
    func shortString(_ start: Int, _ length: Int) -> String {
        // No shift by 64: there is at least one byte in each.
        if length <= 8 {
            return ShortString.make(word(at: start) & (~0 &>> UInt64(truncatingIfNeeded: 64 &- length &* 8)), 0, length)
        }
        // The last eight bytes, without those that the first word has.
        let last = word(at: start &+ length &- 8)
        return ShortString.make(word(at: start), last &>> UInt64(truncatingIfNeeded: 128 &- length &* 8), length)
    }

    /// Whether a range of this view equals a range of another one.
    @inlinable
    @inline(__always)  // a dozen instructions for what is short, without the loops for the rest
    package func equals(_ start: Int, _ length: Int, _ other: ByteView, _ otherStart: Int) -> Bool {
        // Eight bytes of both, where there are as many, and those beyond the length masked out.
        if UInt(bitPattern: length) < 8, start <= count &- 8, otherStart <= other.count &- 8 {
            let difference = word(at: start) ^ other.word(at: otherStart)
            return difference & ((1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1) == 0
        }
        return equalsAnywhere(start, length, other, otherStart)
    }

    @inline(never)
    @usableFromInline
    func equalsAnywhere(_ start: Int, _ length: Int, _ other: ByteView, _ otherStart: Int) -> Bool {
        precondition(start >= 0 && otherStart >= 0 && length >= 0)
        precondition(start <= count &- length && otherStart <= other.count &- length)
        if length < 8 {
            for index in 0..<length where self[start &+ index] != other[otherStart &+ index] { return false }
            return true
        }
        var done = 0
        while done &+ 8 <= length {
            if word(at: start &+ done) != other.word(at: otherStart &+ done) { return false }
            done &+= 8
        }
        // The last eight bytes once more, whatever was left.
        let last = length &- 8
        return word(at: start &+ last) == other.word(at: otherStart &+ last)
    }
}

extension ByteView {
    /// Lends the address of a range that is in bounds, for what takes it with its length.
    @inlinable
    package func withPointer<Result>(_ start: Int, _ length: Int, _ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        precondition(start >= 0 && length >= 0 && start <= count &- length)
        guard let base else { return withUnsafePointer(to: 0, body) }
        return body(base + start)
    }
}
