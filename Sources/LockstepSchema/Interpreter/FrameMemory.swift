import LockstepJSON

/// What a check records, in memory of its own that grows. Whoever holds it last frees it: see `TapeMemory`.
///
/// Every access is checked against the count.
struct FrameMemory {
    private(set) var base: UnsafeMutablePointer<Int32>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int) {
        self.capacity = max(1, capacity)
        base = PlainMemory.allocate(Int32.self, capacity: self.capacity)
    }

    mutating func append(_ value: Int32) {
        let index = allocate(1)
        self[index] = value
    }

    /// Adds zeros; the index of the first one.
    @inline(__always)  // runs for every object
    mutating func allocate(_ more: Int) -> Int {
        let start = count
        if more > capacity &- count { grow(more) }
        // In bounds: there is room for so many behind the count, or for eight, which is as many as most objects need.
        if more <= 8, capacity &- start >= 8 {
            UnsafeMutableRawPointer(base + start).storeBytes(of: SIMD8(repeating: 0), as: SIMD8<Int32>.self)
        } else {
            (base + start).initialize(repeating: 0, count: more)
        }
        count = start &+ more
        return start
    }

    /// Adds two neighbours; the index of the first one.
    @inline(__always)  // runs for every value of a union
    mutating func append(_ first: Int32, _ second: Int32) -> Int {
        let start = count
        if capacity &- start < 2 { grow(2) }
        // In bounds: there is room for two behind the count.
        (base + start).initialize(to: first)
        (base + start + 1).initialize(to: second)
        count = start &+ 2
        return start
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        capacity = max(capacity * 2, count + more)
        let larger = PlainMemory.allocate(Int32.self, capacity: capacity)
        larger.moveInitialize(from: base, count: count)
        PlainMemory.free(base)
        base = larger
    }

    mutating func removeAll(after count: Int) {
        if count < self.count { self.count = count }
    }

    subscript(_ index: Int) -> Int32 {
        get {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
            return base[index]
        }
        set {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
            base[index] = newValue
        }
    }

    /// Sets two neighbours at once.
    @inline(__always)  // runs for every member
    mutating func set(_ index: Int, _ first: Int32, _ second: Int32) {
        precondition(index >= 0 && index <= count &- 2)
        base[index] = first
        base[index &+ 1] = second
    }

    /// Frees the memory. Nothing may use it afterwards.
    func deallocate() { PlainMemory.free(base) }
}
