import LockstepJSON
import LockstepPostgres
import Testing

/// Values go to a real server and come back; the server's own text form is the judge.
@Suite(.enabled(if: TestDatabase.isAvailable))
struct TypeTests {
    private struct Everything: Equatable {
        var flag = true
        var small: Int16 = -32_768
        var medium = Int32.max
        var large = Int64.min
        var real = 0.1
        var text = "žluťoučký 🐎 \"'\\"
        var bytes: [UInt8] = [0, 255, 1, 0]
        var id = UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))
        var instant = Timestamp(seconds: 1_700_000_000, nanoseconds: 123_456_000)
        var date = CalendarDate(year: 2024, month: 2, day: 29)
        var json: JSONValue = ["a": [1, nil, "x"]]
        var texts = ["", "NULL", "a,b", "q\"\\", "{}"]
        var numbers: [Int] = [1, -2, .max]
        var missing: String?
    }

    @Test func everyTypeGoesThereAndBack() async throws {
        try await withPool { database in
            let value = Everything()
            let row = try await database.anonymous.query(
                """
                select \(value.flag), \(value.small), \(value.medium), \(value.large), \(value.real), \(value.text)::text,
                    \(value.bytes), \(value.id), \(value.instant), \(value.date), \(value.json), \(value.texts)::text[],
                    \(value.numbers), \(value.missing)::text
                """
            ).one()
            let back = Everything(
                flag: try row[0], small: try row[1], medium: try row[2], large: try row[3], real: try row[4],
                text: try row[5], bytes: try row[6], id: try row[7], instant: try row[8], date: try row[9],
                json: try row[10], texts: try row[11], numbers: try row[12], missing: try row[13])
            #expect(back == value)
        }
    }

    @Test(arguments: [
        "0", "0.00", "1", "-1", "10.50", "0.01", "-0.01", "12345.6789", "99999999.99", "0.0001", "0.00010", "10000",
        "100000000", "1.23456789012345678901234567890", "99999999999999999999999999999999999999", "0.000000000001",
        "-99999999999999999999999999999999999999", "123456789012345678901234567890.12345678", "1000000000000.0000",
        "0.00000000000000000000000000000000000001", "5.0", "9999.9999", "10000.0001",
    ])
    func numericIsExactWithItsScale(_ text: String) async throws {
        let value = try #require(Decimal(text))
        try await withPool { database in
            let row = try await database.anonymous.query(
                "select \(value)::text, (\(text)::text)::numeric, (\(text)::text)::numeric::text"
            ).one()
            #expect(try row[0] == text, "what the server understood")
            let back: Decimal = try row[1]
            #expect("\(back)" == text, "what we understood")
            #expect(back == value)
        }
    }

    @Test func numericsAtRandomAgreeWithTheServer() async throws {
        try await withPool { database in
            var generator = SystemRandomNumberGenerator()
            for _ in 0..<200 {
                let digits = Int.random(in: 1...37, using: &generator)
                var coefficient: Int128 = 0
                for _ in 0..<digits {
                    coefficient = coefficient * 10 + Int128(Int.random(in: 0...9, using: &generator))
                }
                if Bool.random() { coefficient = -coefficient }
                let value = Decimal(
                    coefficient: coefficient, exponent: Int.random(in: -45...min(12, 37 - digits), using: &generator))
                let row = try await database.anonymous.query("select \(value), \(value)::text").one()
                let back: Decimal = try row[0]
                #expect(back == value, "\(value)")
                #expect(Decimal(try row.decode(1, as: String.self)) == value, "\(value)")
            }
        }
    }

    @Test func aLargeRoundNumericKeepsItsValue() async throws {
        try await withPool { database in
            let row = try await database.anonymous.query("select 1e40::numeric, 1.5e3::numeric, -7e60::numeric").one()
            #expect(try row[0] == Decimal(coefficient: 1, exponent: 40))
            #expect(try "\(row.decode(1, as: Decimal.self))" == "1500")
            #expect(try row[2] == Decimal(coefficient: -7, exponent: 60))
        }
    }

    @Test(
        arguments: [
            ("'NaN'::numeric", "NaN"), ("'Infinity'::numeric", "infinite"), ("'-Infinity'::numeric", "infinite"),
            ("1234567890123456789012345678901234567890.5::numeric", "38 digits"),
        ] as [(StaticText, String)])
    func whatADecimalCannotHoldIsAClearError(_ expression: StaticText, _ reason: String) async throws {
        try await withPool { database in
            let row = try await database.anonymous.query("select \(expression.sql) as amount").one()
            let error = try #require(throws: PostgresDecodingError.self) { try row.decode("amount", as: Decimal.self) }
            #expect("\(error)".contains(reason))
            #expect("\(error)".contains("\"amount\" (numeric)"))
        }
    }

    @Test func timesOutsideOurRangeAreClearErrors() async throws {
        try await withPool { database in
            let row = try await database.anonymous.query(
                """
                select 'infinity'::timestamptz, '-infinity'::date, '20000-01-01'::timestamptz, '0001-01-01'::timestamptz,
                    '9999-12-31 23:59:59.999999+00'::timestamptz, now()::timestamp, '2000-01-01 00:00:00-00:00:01'::timestamptz
                """
            ).one()
            #expect(throws: PostgresDecodingError.self) { try row.decode(0, as: Timestamp.self) }
            #expect(throws: PostgresDecodingError.self) { try row.decode(1, as: CalendarDate.self) }
            #expect(throws: PostgresDecodingError.self) { try row.decode(2, as: Timestamp.self) }
            #expect(try "\(row.decode(3, as: Timestamp.self))" == "0001-01-01T00:00:00Z")
            #expect(try "\(row.decode(4, as: Timestamp.self))" == "9999-12-31T23:59:59.999999Z")
            let error = try #require(throws: PostgresDecodingError.self) { try row.decode(5, as: Timestamp.self) }
            #expect("\(error)".contains("timestamp without time zone"))
        }
    }

    @Test func instantsAndDatesMeanTheSameToTheServer() async throws {
        try await withPool { database in
            for text in ["1969-12-31T23:59:59.999999Z", "1999-12-31T23:59:59.5Z", "2038-01-19T03:14:08Z"] {
                let instant = try #require(Timestamp(text))
                let row = try await database.anonymous.query(
                    "select \(instant) = (\(text)::text)::timestamptz, (\(text)::text)::timestamptz"
                ).one()
                #expect(try row[0] == true)
                #expect(try row[1] == instant)
            }
            for text in ["0001-01-01", "1999-12-31", "2000-02-29", "9999-12-31"] {
                let date = try #require(CalendarDate(text))
                let row = try await database.anonymous.query("select \(date)::text, (\(text)::text)::date").one()
                #expect(try row[0] == text)
                #expect(try row[1] == date)
            }
        }
    }

    @Test func anErrorNamesColumnTypesAndNullability() async throws {
        try await withPool { database in
            let row = try await database.anonymous.query("select null::int as age, 'x-secret' as name, 1::bigint as n")
                .one()
            #expect(try row.decode("age", as: Int?.self) == nil)
            let null = try #require(throws: PostgresDecodingError.self) { try row.decode("age", as: Int.self) }
            #expect("\(null)" == "column \"age\" (integer) is null: expected Int; read it as Int? if null is meant")
            let type = try #require(throws: PostgresDecodingError.self) { try row.decode("name", as: Int.self) }
            #expect("\(type)" == "column \"name\" is text: expected a type that Int reads; cast it in the statement")
            #expect(!String(reflecting: type).contains("x-secret"))
            let narrow = try #require(throws: PostgresDecodingError.self) { try row.decode("n", as: Int32.self) }
            #expect("\(narrow)".contains("bigint"))
            let none = try #require(throws: PostgresDecodingError.self) { try row.decode("amount", as: Int.self) }
            #expect("\(none)" == "no column \"amount\" in the result; it has age, name, n")
            #expect(throws: PostgresDecodingError.self) { try row.decode(3, as: Int.self) }
        }
    }

    private enum Mood: String, PostgresCodable, PostgresArrayElement {
        case good, bad
        static var postgresArrayType: PostgresType { .inferred }
        static var postgresArrayFormat: PostgresFormat { .text }
        static func encode(array: [Mood], into bytes: inout [UInt8]) {
            String.encode(array: array.map(\.rawValue), into: &bytes)
        }
    }

    @Test func enumerationsAndTheirArrays() async throws {
        try await withPool { database in
            let name = try #require(SQLIdentifier(uniqueName("mood")))
            try await database.anonymous.execute("create type \(name) as enum ('good', 'bad', 'other')")
            let row = try await database.anonymous.query(
                """
                select \(Mood.bad)::\(name), array['good', null]::\(name)[], 'other'::\(name),
                    'good'::\(name) = any(\([Mood.good, .bad]))
                """
            ).one()
            #expect(try row[0] == Mood.bad)
            #expect(try row[1] == [Mood.good, nil])
            #expect(try row[3] == true)
            let error = try #require(throws: PostgresDecodingError.self) { try row.decode(2, as: Mood.self) }
            #expect("\(error)".contains("none of the enumeration's cases"))
        }
    }

    @Test func arraysOfEveryElement() async throws {
        try await withPool { database in
            let row = try await database.anonymous.query(
                """
                select \([Decimal(1), Decimal("2.50")!]), \([UUID]()), \([true, false]), \([1.5, -0.0]), \(["a", nil] as [String?]),
                    '{{1,2},{3,4}}'::int[], \([JSONValue.null, ["k": 1]]), \([Timestamp(seconds: 0)])
                """
            ).one()
            #expect(try row.decode(0, as: [Decimal].self).map(\.description) == ["1", "2.50"])
            #expect(try row[1] == [UUID]())
            #expect(try row[2] == [true, false])
            #expect(try row[3] == [1.5, -0.0])
            #expect(try row[4] == ["a", nil] as [String?])
            #expect(throws: PostgresDecodingError.self) { try row.decode(5, as: [Int].self) }
            #expect(try row[6] == [JSONValue.null, ["k": 1]])
            #expect(try row[7] == [Timestamp(seconds: 0)])
        }
    }

    @Test func jsonIsReadAsATreeOrAsBytes() async throws {
        try await withPool { database in
            let row = try await database.anonymous.query(
                "select \(JSONBytes(Array(#"{"b":1,"a":[1.10]}"#.utf8))), '{\"x\": 1}'::json, 'null'::jsonb"
            ).one()
            #expect(try row[0] == ["a": [.number("1.10")], "b": 1] as JSONValue)
            #expect(try String(decoding: row.decode(1, as: [UInt8].self), as: UTF8.self) == #"{"x": 1}"#)
            #expect(try row[2] == JSONValue.null)
        }
    }

    @Test func textWithANulIsRefusedInsteadOfCut() async throws {
        try await withPool { database in
            let error = await #expect(throws: PostgresError.self) {
                try await database.anonymous.query("select \("admin\0x")::text")
            }
            #expect(error?.code == .invalidParameter)
        }
    }

    @Test func hugeValuesAndManyRows() async throws {
        try await withPool { database in
            let text = String(repeating: "x", count: 5_000_000)
            let row = try await database.anonymous.query("select \(text)::text, repeat('y', 20000000)").one()
            #expect(try row.decode(0, as: String.self).utf8.count == 5_000_000)
            #expect(try row.decode(1, as: String.self).utf8.count == 20_000_000)
            let rows = try await database.anonymous.query("select n, n::text from generate_series(1, 200000) n")
            #expect(rows.count == 200_000)
            #expect(try rows[199_999][1] == "200000")
        }
    }
}

/// An SQL expression that a test is run with, so that the argument prints.
struct StaticText: Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    let sql: SQL
    init(stringLiteral value: StaticString) { sql = SQL(stringLiteral: value) }
    var description: String { sql.text }
}
