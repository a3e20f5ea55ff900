/// Bytes that one owner adds to: an array without the question, at each addition, whether it is shared.
///
/// Unchecked: the memory is this value's alone, which can be neither copied nor reached from elsewhere.
struct GrowingBytes: ~Copyable, @unchecked Sendable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    /// Room for some bytes, at least one.
    init(capacity: Int) {
        self.capacity = max(capacity, 1)
        base = PlainMemory.allocate(UInt8.self, capacity: self.capacity)
    }

    deinit { PlainMemory.free(base) }

    /// A copy of the bytes.
    var array: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

    /// Adds what `body` writes, at most so many bytes.
    @inline(__always)  // what is written decides the code
    mutating func fill(_ most: Int, _ body: (inout ByteFiller) -> Void) {
        if capacity &- count < most { grow(by: most) }
        // There is room for `most` bytes behind `count`, and the filler writes no more than that.
        var filler = ByteFiller(base + count, capacity: most)
        body(&filler)
        count &+= filler.count
    }

    mutating func append(_ byte: UInt8) { fill(1) { $0.append(byte) } }

    mutating func append(contentsOf bytes: UnsafeBufferPointer<UInt8>) { fill(bytes.count) { $0.append(bytes) } }

    mutating func append(contentsOf bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append(contentsOf: $0) } }

    /// Twice as much room, or what is needed.
    @inline(never)  // rare
    private mutating func grow(by most: Int) {
        capacity = max(capacity * 2, count + most)
        let larger = PlainMemory.allocate(UInt8.self, capacity: capacity)
        larger.initialize(from: base, count: count)
        PlainMemory.free(base)
        base = larger
    }
}
