import LockstepRuntime

/// Renders RFC 3339 times with milliseconds; the part up to the second is kept, because many lines share it.
struct LogClock: Sendable {
    private var second = Int64.min
    private var text: [UInt8] = []

    mutating func append(_ time: Timestamp, to bytes: inout [UInt8]) {
        if time.seconds != second {
            second = time.seconds
            text = Array(Timestamp(seconds: time.seconds).description.utf8.dropLast())
        }
        bytes.append(contentsOf: text)
        let milliseconds = Int(time.nanoseconds) / 1_000_000
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + milliseconds / 100))
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + milliseconds / 10 % 10))
        bytes.append(UInt8(truncatingIfNeeded: 0x30 + milliseconds % 10))
        bytes.append(UInt8(ascii: "Z"))
    }
}
