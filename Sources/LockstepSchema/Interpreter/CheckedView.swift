/// A bounds-checked window on an array, valid only inside the `withUnsafe…` scope that made it. See `ByteView`.
struct CheckedView<Element: BitwiseCopyable> {
    private let base: UnsafePointer<Element>?
    let count: Int

    init(_ buffer: UnsafeBufferPointer<Element>) {
        base = buffer.baseAddress
        count = buffer.count
    }

    subscript(index: Int) -> Element {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
        // In bounds, so the buffer is not empty and has an address.
        return base.unsafelyUnwrapped[index]
    }

    /// The address of some elements that are all in bounds: one check for a whole part. It must not be read beyond
    /// `length`, nor kept.
    func block(_ index: Int, _ length: Int) -> UnsafePointer<Element> {
        precondition(index >= 0 && index <= count &- length)
        return base.unsafelyUnwrapped + index
    }
}
