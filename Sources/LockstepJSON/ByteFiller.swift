/// Room for bytes that is being filled: behind an array's, or memory of a parser's own. Every access is checked.
struct ByteFiller {
    private let base: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    private(set) var count = 0

    /// Room that somebody else holds, longer than this filler lives.
    @inline(__always)  // as for `append` below
    init(_ base: UnsafeMutablePointer<UInt8>, capacity: Int) {
        self.base = base
        self.capacity = capacity
    }

    /// Memory of its own, which whoever holds it frees.
    init(capacity: Int) {
        self.capacity = capacity
        base = PlainMemory.allocate(UInt8.self, capacity: capacity)
    }

    /// Frees memory of its own. Nothing may use it afterwards.
    func deallocate() { PlainMemory.free(base) }

    /// What has been written.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    /// Inlined always, like the others here: each is a check and a store.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        precondition(count < capacity)
        (base + count).initialize(to: byte)
        count &+= 1
    }

    /// Eight bytes, the first one lowest.
    @inline(__always)  // as above
    mutating func append(word: UInt64) {
        precondition(count <= capacity &- 8)
        UnsafeMutableRawPointer(base + count).storeBytes(of: word.littleEndian, as: UInt64.self)
        count &+= 8
    }

    /// The first bytes of eight, which may leave anything behind them.
    @inline(__always)  // as above
    mutating func append(word: UInt64, keeping number: Int) {
        precondition(count <= capacity &- 8 && UInt(bitPattern: number) <= 8)
        UnsafeMutableRawPointer(base + count).storeBytes(of: word.littleEndian, as: UInt64.self)
        count &+= number
    }

    /// A Unicode scalar. There must be room for eight.
    @inline(__always)  // as above
    mutating func append(utf8Of scalar: UInt32) {
        let code = UInt64(scalar)
        let last = code & 0x3f
        let second = code &>> 6 & 0x3f
        switch code {
        case ..<0x80: append(word: code, keeping: 1)
        case ..<0x800: append(word: 0x80c0 | code &>> 6 | last &<< 8, keeping: 2)
        case ..<0x1_0000: append(word: 0x80_80e0 | code &>> 12 | second &<< 8 | last &<< 16, keeping: 3)
        default:
            let third = code &>> 12 & 0x3f
            append(word: 0x8080_80f0 | code &>> 18 & 7 | third &<< 8 | second &<< 16 | last &<< 24, keeping: 4)
        }
    }

    /// The first bytes of sixteen, as two words. There must be room for eight or sixteen.
    @inline(__always)  // as above
    mutating func append(_ low: UInt64, _ high: UInt64, keeping number: Int) {
        guard number > 8 else { return append(word: low, keeping: number) }
        append(word: low)
        append(word: high, keeping: number &- 8)
    }

    /// A range of the bytes of a view, in whole words where both sides have room for them.
    @inline(__always)  // as above
    mutating func append(_ view: ByteView, _ start: Int, _ number: Int) {
        guard number >= 0, number < 64, start <= view.count &- number &- 8, number <= capacity &- count &- 8 else {
            return view.withPointer(start, number) { append(UnsafeBufferPointer(start: $0, count: number)) }
        }
        let end = count &+ number
        var place = start
        while count < end {
            append(word: view.word(at: place))
            place &+= 8
        }
        count = end
    }

    @inline(__always)  // as above
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        precondition(bytes.count <= capacity &- count)
        guard let source = bytes.baseAddress else { return }
        (base + count).initialize(from: source, count: bytes.count)
        count &+= bytes.count
    }

    /// The decimal digits of a number, with zeros before them up to a number of digits. At most 20.
    mutating func append(decimal value: UInt64, digits minimum: Int = 1) {
        var digits = 1
        var limit: UInt64 = 10
        while digits < 20, value >= limit {
            digits &+= 1
            if digits < 20 { limit &*= 10 }
        }
        digits = max(digits, minimum)
        precondition(digits <= capacity &- count)
        var rest = value
        var place = base + count + digits
        // `digits` steps back from the end of what has just been checked.
        for _ in 0..<digits {
            place -= 1
            place.initialize(to: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        count &+= digits
    }

    /// An integer's decimal digits, at most 20 bytes.
    mutating func append(decimal value: Int64) {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(decimal: value.magnitude)
    }

    /// Zeros.
    mutating func append(zeros number: Int) {
        for _ in 0..<number { append(UInt8(ascii: "0")) }
    }

    /// Two decimal digits of a number below 100, the first one lowest.
    @inline(__always)  // as above
    static func twoDigits(_ value: Int) -> UInt64 {
        let value = UInt64(truncatingIfNeeded: value)
        let tens = (value &* 103) &>> 10
        return 0x3030 | tens | (value &- tens &* 10) &<< 8
    }

    /// Three decimal digits of a number below 1,000, the first one lowest.
    @inline(__always)  // as above
    static func threeDigits(_ value: Int) -> UInt64 {
        let hundreds = (UInt64(truncatingIfNeeded: value) &* 656) &>> 16
        return 0x30 | hundreds | twoDigits(value &- Int(truncatingIfNeeded: hundreds) &* 100) &<< 8
    }
}

extension [UInt8] {
    /// Adds what `body` writes, at most so many bytes (one or more): one check of the array for all of them.
    @inline(__always)  // what is written decides the code
    mutating func fill(_ most: Int, _ body: (inout ByteFiller) -> Void) {
        append(addingCapacity: most) { span in
            span.withUnsafeMutableBufferPointer { buffer, count in
                // An array that has reserved room for at least one byte has an address.
                var filler = ByteFiller(buffer.baseAddress.unsafelyUnwrapped, capacity: buffer.count)
                body(&filler)
                count = filler.count
            }
        }
    }
}
