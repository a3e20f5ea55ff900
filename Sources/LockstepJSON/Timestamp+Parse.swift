extension Timestamp {
    /// Reads RFC 3339 (`date-time`); digits after the nanosecond are dropped.
    public init?(_ text: String) {
        var text = text
        guard let instant = text.withUTF8({ Timestamp(ByteView($0), 0, $0.count) }) else { return nil }
        self = instant
    }

    package init?(_ bytes: ByteView, _ start: Int, _ length: Int) {
        let end = start + length
        guard length >= 20, let date = CalendarDate(bytes, start, 10), bytes[start + 10] | 0x20 == UInt8(ascii: "t"),
            let time = ClockTime(bytes, start + 11, end)
        else { return nil }
        self.init(
            seconds: Int64(date.daysSince1970) * 86_400 + Int64(time.secondOfDay),
            nanoseconds: Int64(time.nanoseconds))
    }
}

/// RFC 3339's `full-time`: a time of day with its offset.
package struct ClockTime {
    /// Seconds since midnight UTC; outside one day when the offset says so.
    let secondOfDay: Int
    let nanoseconds: Int

    /// Reads from `start` up to `end`, which must be the end of the text.
    package init?(_ bytes: ByteView, _ start: Int, _ end: Int) {
        guard start >= 0, end <= bytes.count, end - start >= 9 else { return nil }
        guard let time = EightDigits(bytes, start, gaps: 0x0000_ff00_00ff_0000, filled: 0x0000_3a00_003a_0000)
        else { return nil }
        let (hour, minute, second) = (time.pair(0), time.pair(3), time.pair(6))
        guard hour < 24, minute < 60, second <= 60 else { return nil }
        var position = start + 8
        var fraction = 0
        var digits = 0
        if bytes[position] == UInt8(ascii: ".") {
            position += 1
            let first = position
            while position < end, bytes[position] &- UInt8(ascii: "0") < 10 {
                if digits < 9 {
                    fraction = fraction * 10 + Int(bytes[position] - UInt8(ascii: "0"))
                    digits += 1
                }
                position += 1
            }
            guard position > first else { return nil }
        }
        while digits > 0, digits < 9 {
            fraction *= 10
            digits += 1
        }
        guard let offset = Self.offset(bytes, position, end) else { return nil }
        let total = hour * 3_600 + minute * 60 + second - offset
        // A leap second exists only at the end of a UTC day.
        if second == 60, (total - 60 + 172_800) % 86_400 != 86_340 { return nil }
        secondOfDay = total
        nanoseconds = fraction
    }

    private static func offset(_ bytes: ByteView, _ start: Int, _ end: Int) -> Int? {
        guard start < end else { return nil }
        let sign = bytes[start]
        if sign | 0x20 == UInt8(ascii: "z") { return start + 1 == end ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), start + 6 == end,
            let hours = fixedDigits(bytes, start + 1, 2), hours < 24, bytes[start + 3] == UInt8(ascii: ":"),
            let minutes = fixedDigits(bytes, start + 4, 2), minutes < 60
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }
}
