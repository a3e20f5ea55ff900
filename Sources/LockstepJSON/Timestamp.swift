/// An instant: seconds and nanoseconds since 1 January 1970 UTC, in the years 0 … 9999.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible, LosslessStringConvertible {
    /// Whole seconds since 1 January 1970 UTC, rounded down.
    public let seconds: Int64
    /// 0 … 999,999,999
    public let nanoseconds: Int32

    /// The seconds that RFC 3339 can write.
    public static let secondsRange: ClosedRange<Int64> = -62_167_219_200...253_402_300_799

    /// An instant. Seconds outside the years 0 … 9999 are brought to the nearest end; nanoseconds carry over.
    public init(seconds: Int64, nanoseconds: Int64 = 0) {
        let carry = nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : (nanoseconds - 999_999_999) / 1_000_000_000
        let (sum, overflow) = seconds.addingReportingOverflow(carry)
        let whole = overflow ? (seconds < 0 ? Int64.min : Int64.max) : sum
        self.seconds = min(max(whole, Self.secondsRange.lowerBound), Self.secondsRange.upperBound)
        self.nanoseconds = Int32(nanoseconds - carry * 1_000_000_000)
    }

    /// An instant in milliseconds since 1 January 1970 UTC.
    public init(milliseconds: Int64) {
        let whole = milliseconds >= 0 ? milliseconds / 1_000 : (milliseconds - 999) / 1_000
        self.init(seconds: whole, nanoseconds: (milliseconds - whole * 1_000) * 1_000_000)
    }

    /// An instant in microseconds since 1 January 1970 UTC: PostgreSQL's resolution.
    public init(microseconds: Int64) {
        let whole = microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
        self.init(seconds: whole, nanoseconds: (microseconds - whole * 1_000_000) * 1_000)
    }

    /// Milliseconds since 1 January 1970 UTC, rounded down.
    public var milliseconds: Int64 { seconds * 1_000 + Int64(nanoseconds) / 1_000_000 }
    /// Microseconds since 1 January 1970 UTC, rounded down.
    public var microseconds: Int64 { seconds * 1_000_000 + Int64(nanoseconds) / 1_000 }

    /// The date in UTC.
    public var date: CalendarDate {
        // In range by `secondsRange`.
        CalendarDate(daysSince1970: Self.days(seconds)).unsafelyUnwrapped
    }

    /// The instant some seconds later or earlier.
    public func advanced(bySeconds seconds: Int64) -> Timestamp {
        let (sum, overflow) = self.seconds.addingReportingOverflow(seconds)
        let whole = overflow ? (seconds < 0 ? Int64.min : Int64.max) : sum
        return Timestamp(seconds: whole, nanoseconds: Int64(nanoseconds))
    }

    /// The instant some seconds later.
    public static func + (instant: Timestamp, seconds: Int64) -> Timestamp { instant.advanced(bySeconds: seconds) }
    /// The instant some seconds earlier.
    public static func - (instant: Timestamp, seconds: Int64) -> Timestamp {
        instant.advanced(bySeconds: seconds == .min ? .max : -seconds)
    }
    /// Seconds between two instants, with their fraction.
    public static func - (later: Timestamp, earlier: Timestamp) -> Double {
        Double(later.seconds - earlier.seconds) + Double(later.nanoseconds - earlier.nanoseconds) / 1e9
    }

    /// Order in time.
    public static func < (a: Timestamp, b: Timestamp) -> Bool {
        a.seconds != b.seconds ? a.seconds < b.seconds : a.nanoseconds < b.nanoseconds
    }

    private static func days(_ seconds: Int64) -> Int {
        Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
    }

    /// RFC 3339 in UTC, with as many groups of three digits after the second as it needs.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `0000-00-00T00:00:00.000000000Z`
    static let maximumLength = 30

    package func append(to bytes: inout [UInt8]) { bytes.fill(Self.maximumLength) { append(to: &$0) } }

    /// At most `maximumLength` bytes.
    func append(to filler: inout ByteFiller) {
        let days = Self.days(seconds)
        let second = Int(seconds) - days * 86_400
        // In range by `secondsRange`.
        let date = CalendarDate(daysSince1970: days).unsafelyUnwrapped
        let (hours, minutes) = (second / 3_600, second / 60 % 60)
        filler.append(word: date.yearAndMonth)
        // The day, the letter T, hours, a colon, minutes.
        filler.append(
            word: ByteFiller.twoDigits(date.day) | 0x54 &<< 16 | ByteFiller.twoDigits(hours) &<< 24 | 0x3a &<< 40
                | ByteFiller.twoDigits(minutes) &<< 48)
        filler.append(word: 0x3a | ByteFiller.twoDigits(second % 60) &<< 8, keeping: 3)
        if nanoseconds != 0 { appendFraction(to: &filler) }
        filler.append(UInt8(ascii: "Z"))
    }

    private func appendFraction(to filler: inout ByteFiller) {
        let nanoseconds = Int(nanoseconds)
        let (micros, rest) = (nanoseconds / 1_000, nanoseconds % 1_000)
        // A point, milliseconds, microseconds.
        filler.append(
            word: 0x2e | ByteFiller.threeDigits(micros / 1_000) &<< 8 | ByteFiller.threeDigits(micros % 1_000) &<< 32,
            keeping: nanoseconds % 1_000_000 != 0 ? 7 : 4)
        guard rest != 0 else { return }
        filler.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest / 100))
        filler.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest / 10 % 10))
        filler.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
    }
}
