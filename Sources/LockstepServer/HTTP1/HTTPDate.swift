/// The `Date` field line of the current second.
///
/// One a loop: rendering costs more than copying, and the second changes rarely. Time is handed in.
public struct HTTPDate: Sendable {
    /// `Date: Sun, 06 Nov 1994 08:49:37 GMT` with its CR LF.
    public private(set) var line: [UInt8]
    private var second: Int64

    /// The line for a second of Unix time.
    public init(unixSeconds: Int64) {
        line = Array("Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n".utf8)
        second = 0
        update(unixSeconds: unixSeconds)
    }

    /// Renders the line anew if the second has changed.
    public mutating func update(unixSeconds: Int64) {
        // The field's years have four digits: 0001 to 9999.
        guard unixSeconds != second, (-62_135_596_800...253_402_300_799).contains(unixSeconds) else { return }
        second = unixSeconds
        HTTPDate.write(unixSeconds, to: &line, at: 6)
    }

    /// Writes the 29 characters of an IMF-fixdate (RFC 9110 section 5.6.7).
    static func write(_ unixSeconds: Int64, to bytes: inout [UInt8], at start: Int) {
        var days = unixSeconds / 86_400
        var rest = unixSeconds % 86_400
        if rest < 0 {
            rest += 86_400
            days -= 1
        }
        let weekday = Int(((days + 4) % 7 + 7) % 7)
        let (year, month, day) = civil(fromDays: days)
        copy("SunMonTueWedThuFriSat", weekday * 3, to: &bytes, at: start)
        twoDigits(day, to: &bytes, at: start + 5)
        copy("JanFebMarAprMayJunJulAugSepOctNovDec", (month - 1) * 3, to: &bytes, at: start + 8)
        twoDigits(year / 100, to: &bytes, at: start + 12)
        twoDigits(year % 100, to: &bytes, at: start + 14)
        twoDigits(Int(rest / 3600), to: &bytes, at: start + 17)
        twoDigits(Int(rest / 60 % 60), to: &bytes, at: start + 20)
        twoDigits(Int(rest % 60), to: &bytes, at: start + 23)
    }

    /// Days since 1970-01-01 to year, month and day of the proleptic Gregorian calendar, counting years from March so that the
    /// leap day comes last.
    private static func civil(fromDays days: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        let year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        return (year, month, day)
    }

    private static func copy(_ names: String, _ offset: Int, to bytes: inout [UInt8], at start: Int) {
        for (index, byte) in names.utf8.dropFirst(offset).prefix(3).enumerated() { bytes[start + index] = byte }
    }

    private static func twoDigits(_ number: Int, to bytes: inout [UInt8], at start: Int) {
        bytes[start] = UInt8(truncatingIfNeeded: 0x30 + number / 10)
        bytes[start + 1] = UInt8(truncatingIfNeeded: 0x30 + number % 10)
    }
}
