internal import Glibc
public import LockstepRuntime
internal import Synchronization

/// Counts the different accounts that have called within the last minutes, in 120 kB, however many there are.
///
/// One HyperLogLog sketch a minute, of which those of a window are joined when somebody asks: exact but for chance
/// collisions up to some hundred accounts, and within about 2 % beyond. Nothing in it names an account.
public final class ActiveUsers: Sendable {
    /// Minutes that can be looked back.
    public static let longestWindow = 60
    private static let bits = 11
    private static let size = 1 << bits

    private struct Sketch {
        var minute: Int64 = -1
        var registers: [UInt8] = []
    }

    private let sketches = Mutex([Sketch](repeating: Sketch(), count: longestWindow))

    /// Nobody yet.
    public init() {}

    /// An account has called.
    public func see(_ subject: String, at now: MonotonicTime) {
        // Seeded anew in each process, so that nobody can choose names that collide.
        let hash = UInt64(truncatingIfNeeded: subject.hashValue)
        let register = Int(hash >> UInt64(64 - Self.bits))
        let rank = UInt8((hash << UInt64(Self.bits) | 1 << UInt64(Self.bits - 1)).leadingZeroBitCount + 1)
        let minute = now.nanoseconds / 60_000_000_000
        sketches.withLock { sketches in
            let index = Int(minute % Int64(Self.longestWindow))
            if sketches[index].minute != minute {
                sketches[index] = Sketch(minute: minute, registers: [UInt8](repeating: 0, count: Self.size))
            }
            if sketches[index].registers[register] < rank { sketches[index].registers[register] = rank }
        }
    }

    /// How many accounts have called in the current minute and those before it, `minutes` in all.
    public func count(minutes: Int, at now: MonotonicTime) -> Int {
        let minute = now.nanoseconds / 60_000_000_000
        let oldest = minute - Int64(min(minutes, Self.longestWindow)) + 1
        var joined = [UInt8](repeating: 0, count: Self.size)
        sketches.withLock { sketches in
            for sketch in sketches where (oldest...minute).contains(sketch.minute) {
                for index in joined.indices { joined[index] = max(joined[index], sketch.registers[index]) }
            }
        }
        return Self.estimate(joined)
    }

    private static func estimate(_ registers: [UInt8]) -> Int {
        let size = Double(registers.count)
        var sum = 0.0
        var empty = 0
        for register in registers {
            sum += 1 / Double(UInt64(1) << UInt64(register))
            if register == 0 { empty += 1 }
        }
        let raw = 0.7213 / (1 + 1.079 / size) * size * size / sum
        if raw <= 2.5 * size, empty > 0 { return Int((size * log(size / Double(empty))).rounded()) }
        return Int(raw.rounded())
    }
}
