/// A value that a check of a format has read from a string. It is noted in the frames, so that the initialiser of the Swift
/// type need not read it again: its kind, then its 16 bytes.
struct Reading {
    /// Where the string is.
    var at: Int
    var kind: Kind
    var low: UInt64
    var high: UInt64

    enum Kind: Int32 {
        /// The bytes in their order, the first one lowest.
        case uuid = 1
        /// Seconds, then nanoseconds.
        case timestamp = 2
    }

    /// Words in the frames.
    static let size = 5
}

extension FrameMemory {
    /// Adds a reading; its index.
    mutating func append(_ reading: Reading) -> Int {
        let index = allocate(Reading.size)
        set(index, reading.kind.rawValue, Int32(truncatingIfNeeded: reading.low))
        set(index &+ 2, Int32(truncatingIfNeeded: reading.low &>> 32), Int32(truncatingIfNeeded: reading.high))
        self[index &+ 4] = Int32(truncatingIfNeeded: reading.high &>> 32)
        return index
    }
}

extension ValidStorage {
    /// The reading at an index; nil when there is none of this kind.
    func reading(_ kind: Reading.Kind, _ index: Int) -> (low: UInt64, high: UInt64)? {
        guard index > 0, index <= count &- Reading.size, frame(index) == Int(kind.rawValue) else { return nil }
        func word(_ offset: Int) -> UInt64 {
            UInt64(truncatingIfNeeded: frame(index &+ offset)) & 0xffff_ffff | UInt64(
                truncatingIfNeeded: frame(index &+ offset &+ 1)) &<< 32
        }
        return (word(1), word(3))
    }
}
