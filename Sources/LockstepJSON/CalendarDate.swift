/// A date of the proleptic Gregorian calendar, without a time zone.
public struct CalendarDate: Sendable, Hashable, Comparable, CustomStringConvertible, LosslessStringConvertible {
    /// 0 … 9999
    public let year: Int
    /// 1 … 12
    public let month: Int
    /// 1 … 31
    public let day: Int

    /// A date; nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(of: month, in: year)
        else { return nil }
        self.init(checkedYear: year, month, day)
    }

    private init(checkedYear: Int, _ month: Int, _ day: Int) {
        year = checkedYear
        self.month = month
        self.day = day
    }

    /// Reads `YYYY-MM-DD`.
    public init?(_ text: String) {
        var text = text
        guard let date = text.withUTF8({ CalendarDate(ByteView($0), 0, $0.count) }) else { return nil }
        self = date
    }

    package init?(_ bytes: ByteView, _ start: Int, _ length: Int) {
        guard length == 10,
            let front = EightDigits(bytes, start, gaps: 0xff00_00ff_0000_0000, filled: 0x2d00_002d_0000_0000),
            let day = fixedDigits(bytes, start &+ 8, 2)
        else { return nil }
        self.init(year: front.pair(0) &* 100 &+ front.pair(2), month: front.pair(5), day: day)
    }

    /// The date a number of days after 1 January 1970; nil outside the years 0 … 9999.
    public init?(daysSince1970 days: Int) {
        guard (-719_528...2_932_896).contains(days) else { return nil }
        // Days from 1 March of the year -400, in cycles of 400 years; the leap day is the last of its year. Without a
        // sign, and in 32 bits, a division by a constant is a multiplication.
        let shifted = UInt32(truncatingIfNeeded: days &+ 719_468 &+ 146_097)
        let cycle = shifted / 146_097
        let dayOfCycle = shifted &- cycle &* 146_097
        let yearOfCycle = (dayOfCycle &- dayOfCycle / 1460 &+ dayOfCycle / 36_524 &- dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle &- (365 &* yearOfCycle &+ yearOfCycle / 4 &- yearOfCycle / 100)
        let shiftedMonth = (5 &* dayOfYear &+ 2) / 153
        let day = dayOfYear &- (153 &* shiftedMonth &+ 2) / 5 &+ 1
        let month = shiftedMonth < 10 ? shiftedMonth &+ 3 : shiftedMonth &- 9
        let year = Int(yearOfCycle &+ cycle &* 400 &+ (month <= 2 ? 1 : 0)) &- 400
        self.init(checkedYear: year, Int(month), Int(day))
    }

    /// Days after 1 January 1970.
    public var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let cycle = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfCycle = shiftedYear - cycle * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        return cycle * 146_097 + dayOfCycle - 719_468
    }

    /// The date some days later or earlier; nil outside the years 0 … 9999.
    public func advanced(byDays days: Int) -> CalendarDate? {
        let (sum, overflow) = daysSince1970.addingReportingOverflow(days)
        return overflow ? nil : CalendarDate(daysSince1970: sum)
    }

    /// Days of a month.
    static func days(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Order in time.
    public static func < (a: CalendarDate, b: CalendarDate) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }

    /// `YYYY-MM-DD`
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    package func append(to bytes: inout [UInt8]) { bytes.fill(10) { append(to: &$0) } }

    /// 10 bytes.
    func append(to filler: inout ByteFiller) {
        filler.append(word: yearAndMonth)
        filler.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: day / 10))
        filler.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: day % 10))
    }

    /// `YYYY-MM-`, the first byte lowest.
    @inline(__always)  // a dozen instructions, twice in every line of JSON with times
    var yearAndMonth: UInt64 {
        ByteFiller.twoDigits(year / 100) | ByteFiller.twoDigits(year % 100) &<< 16 | 0x2d &<< 32
            | ByteFiller.twoDigits(month) &<< 40 | 0x2d &<< 56
    }
}
