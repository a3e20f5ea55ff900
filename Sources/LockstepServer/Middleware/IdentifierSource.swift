import Synchronization

/// Makes trace and span ids: unique and evenly spread, not secret.
///
/// SplitMix64 over an atomic counter that starts at a random place: every call gives another number without a lock, where the
/// system's generator would cost a system call for each eight bytes.
final class IdentifierSource: Sendable {
    private let counter: Atomic<UInt64>

    init(seed: UInt64 = UInt64.random(in: .min ... .max)) {
        counter = Atomic(seed)
    }

    func next() -> UInt64 {
        var word = counter.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// 32 hexadecimal digits, not all zero.
    func traceID() -> String {
        let high = next()
        let low = next()
        return String(unsafeUninitializedCapacity: 32) { bytes in
            // In bounds: 16 digits at 0 and 16 at 16 of 32.
            unsafe Self.write(high, to: bytes, at: 0)
            unsafe Self.write(low | 1, to: bytes, at: 16)
            return 32
        }
    }

    /// 16 hexadecimal digits, not all zero.
    func spanID() -> String {
        let word = next() | 1
        return String(unsafeUninitializedCapacity: 16) { bytes in
            // In bounds: 16 digits of 16.
            unsafe Self.write(word, to: bytes, at: 0)
            return 16
        }
    }

    private static func write(_ word: UInt64, to bytes: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
        for index in 0..<16 {
            let digit = UInt32(truncatingIfNeeded: word >> UInt64(60 - index * 4)) & 0xF
            unsafe bytes[start + index] = LineWriter.hexDigit(digit)
        }
    }
}
