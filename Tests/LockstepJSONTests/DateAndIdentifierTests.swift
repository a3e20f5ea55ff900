import LockstepJSON
import Testing

@Suite struct DateAndIdentifierTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"), ("2026-01-01T10:00:00.5+02:00", "2026-01-01T08:00:00.500Z"),
        ("1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999999Z"),
        ("0000-03-01T00:00:00-00:01", "0000-03-01T00:01:00Z"), ("2000-02-29t12:30:00z", "2000-02-29T12:30:00Z"),
        ("1998-12-31T23:59:60Z", "1999-01-01T00:00:00Z"), ("1998-12-31T15:59:60.5-08:00", "1999-01-01T00:00:00.500Z"),
        ("2026-01-01T00:00:00.1234567891Z", "2026-01-01T00:00:00.123456789Z"),
    ])
    func `instants are read with any offset and written in UTC`(_ text: String, _ written: String) {
        #expect(Timestamp(text)?.description == written)
    }

    @Test(arguments: [
        "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00",
        "2026-01-01T00:00Z",
        "2026-01-01T00:00:60Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00ZZ",
        "2026-1-01T00:00:00Z", "2026-01-01T00:00:0٣Z", "",
    ])
    func `what RFC 3339 does not allow is nil`(_ text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `every day of four centuries round trips`() throws {
        var previous: CalendarDate?
        for days in stride(from: -141_427, through: 146_097, by: 1) {
            let date = try #require(CalendarDate(daysSince1970: days))
            #expect(date.daysSince1970 == days)
            if let previous { #expect(previous < date) }
            previous = date
        }
        #expect(CalendarDate("9999-12-31")?.advanced(byDays: 1) == nil)
        #expect(CalendarDate("2024-02-28")?.advanced(byDays: 2)?.description == "2024-03-01")
        #expect(CalendarDate("2023-02-29") == nil && CalendarDate("2023-2-01") == nil)
    }

    @Test func `every second of a day and every fraction of a second has its digits`() {
        func padded(_ value: Int, _ count: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: count - digits.count) + digits
        }
        for second in 0..<86_400 {
            let text = "\(padded(second / 3_600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
            #expect(Timestamp(seconds: Int64(second)).description == "1970-01-01T\(text)Z")
        }
        for part in 1..<1_000 {
            let digits = padded(part, 3)
            #expect(Timestamp(milliseconds: Int64(part)).description == "1970-01-01T00:00:00.\(digits)Z")
            #expect(Timestamp(microseconds: Int64(part)).description == "1970-01-01T00:00:00.000\(digits)Z")
            #expect(
                Timestamp(seconds: 0, nanoseconds: Int64(part)).description == "1970-01-01T00:00:00.000000\(digits)Z")
        }
    }

    @Test func `instants add up and keep to their range`() {
        let instant = Timestamp(seconds: 10, nanoseconds: -1)
        #expect(instant.seconds == 9 && instant.nanoseconds == 999_999_999)
        #expect((instant + 5) - instant == 5)
        #expect(Timestamp(milliseconds: -1).milliseconds == -1)
        #expect(Timestamp(microseconds: -1).microseconds == -1)
        #expect(Timestamp(seconds: .max).description.hasPrefix("9999-12-31T23:59:59"))
    }

    @Test func `identifiers`() throws {
        let text = "5d1c2b6e-63a8-4f3e-8a55-0d4a0c9a6c11"
        let uuid = try #require(UUID(text: text.uppercased()))
        #expect(uuid.text == text && uuid.uuidString == text.uppercased())
        for index in 0..<36 {
            for wrong in ["g", "G", "-", "/", ":", "@", "`", " "] {
                var characters = text.map(String.init)
                if characters[index] == wrong { continue }
                characters[index] = wrong
                #expect(UUID(text: characters.joined()) == nil)
            }
        }
        #expect(UUID(text: text + "0") == nil && UUID(text: "") == nil)
    }

    @Test func `base64 has one text for each value`() {
        for count in 0..<20 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 200) }
            #expect(Base64(encoded: Base64(bytes).encoded)?.bytes == bytes)
        }
        for wrong in ["A", "AA", "AAA", "A===", "AB==", "AAB=", "AA=A", "A-==", "AAAA\n", "=AAA"] {
            #expect(Base64(encoded: wrong) == nil, "\(wrong)")
        }
    }
}
