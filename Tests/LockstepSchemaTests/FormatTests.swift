import LockstepJSON
import LockstepSchema
import Testing

/// Formats that the public suite has no tests for: those of OpenAPI's registry. Each with values that have it and values
/// that do not, as JSON.
@Suite struct FormatTests {
    private static let cases: [(format: String, valid: [String], invalid: [String])] = [
        ("int8", ["127", "-128", "1.0", #""text""#], ["128", "1.5"]),
        ("int16", ["32767", "-32768"], ["32768", "-32769"]), ("uint8", ["0", "255"], ["-1", "256"]),
        ("uint16", ["65535"], ["65536", "-1"]), ("uint32", ["4294967295"], ["4294967296", "0.5"]),
        (
            "int64", ["9223372036854775807", #""-9223372036854775808""#, #""0""#],
            ["9223372036854775808", #""9223372036854775808""#, #""1.0""#, #""01""#, #""+1""#, #""""#]
        ),
        (
            "uint64", ["18446744073709551615", #""18446744073709551615""#],
            ["18446744073709551616", "-1", #""-1""#, #""x""#]
        ),
        ("float", ["3.4028235e38", "-3.4028235e38", "1e-60"], ["3.4028236e38", "-1e39"]),
        (
            "double", ["1.7976931348623157e308", "1.7976931348623158e308", "1e-400"],
            ["1.7976931348623159e308", "1e309"]
        ),
        ("double-int", ["9007199254740991", "-9007199254740991", "1e2"], ["9007199254740992", "0.5", "1e300"]),
        ("decimal", ["0.1", #""12.50""#], [#""12,50""#, #""ten""#]),
        (
            "decimal128", ["1234567890123456789012345678901234", #""0.1""#, #""NaN""#, #""-INF""#, "1e6144"],
            ["12345678901234567890123456789012345", "1e6145", #""nan""#, #""1 ""#]
        ),
        ("sf-integer", ["999999999999999", "-1", "0"], ["1000000000000000", "0.5"]),
        ("sf-decimal", ["999999999999.999", "-0.001", "5"], ["1000000000000", "0.0001"]),
        ("sf-boolean", [#""?0""#, #""?1""#, "true"], [#""?2""#, #""true""#, #""""#]),
        ("sf-string", [#""\"a\\\"b\"""#, #""\"\"""#], [#""a""#, #""\"a""#, #""\"é\"""#, #""\"a\\b\"""#]),
        ("sf-token", [#""*a/b:c""#, #""text/html""#], [#""1a""#, #""a b""#, #""""#]),
        ("sf-binary", [#"":aGk=:""#, #""::""#], [#""aGk=""#, #"":a:""#, #"":""#]),
        (
            "http-date",
            [
                #""Sun, 06 Nov 1994 08:49:37 GMT""#, #""Sunday, 06-Nov-94 08:49:37 GMT""#,
                #""Sun Nov  6 08:49:37 1994""#,
                #""Wed Nov 16 08:49:37 1994""#,
            ],
            [
                #""Sun, 6 Nov 1994 08:49:37 GMT""#, #""Sun, 31 Nov 1994 08:49:37 GMT""#,
                #""Sun, 06 Nov 1994 08:49:37 UTC""#,
                #""Sun, 06 Nov 1994 24:00:00 GMT""#, #""1994-11-06T08:49:37Z""#, #""Sun Nov 06 08:49:37 1994""#, #""""#,
            ]
        ),
        (
            "date-time-local", [#""2026-02-28T23:59:59""#, #""2026-02-28T23:59:59.5""#],
            [#""2026-02-28T23:59:59Z""#, #""2026-02-29T00:00:00""#, #""2026-02-28""#]
        ),
        ("time-local", [#""23:59:59.25""#, #""00:00:00""#], [#""23:59:59Z""#, #""24:00:00""#, #""10:00""#]),
        (
            "media-range",
            [#""*/*""#, #""text/*""#, #""text/html; charset=utf-8;q=\"1\"""#, #""application/vnd.a+json""#],
            [#""text""#, #""*/html""#, #""text/html; charset""#, #""text /html""#, #""text/html,a/b""#]
        ),
        ("base64url", [#""-_8""#, #""YQ==""#, #""""#], [#""+/8=""#, #""a""#, #""YQ=""#, #""Y===""#]),
        ("byte", [#""YQ==""#], [#""YQ""#, #""-_8=""#]), ("char", [#""é""#], [#""ab""#, #""""#]),
    ]

    @Test(arguments: cases.map(\.format)) func `a format of OpenAPI's registry is checked`(_ format: String) throws {
        let entry = try SchemaCompiler.validator(for: ["format": .string(format)])
        let (_, valid, invalid) = try #require(Self.cases.first { $0.format == format })
        for text in valid { #expect(entry.validate(try JSONDocument.parse(text)).isValid, "\(format): \(text)") }
        for text in invalid {
            let failures = entry.validate(try JSONDocument.parse(text)).failures
            #expect(failures.map(\.keyword) == ["format"], "\(format): \(text)")
        }
    }

    @Test(arguments: ["password", "binary", "html", "commonmark", "my-own"])
    func `a format that says nothing about which texts have it takes every one`(_ format: String) throws {
        let entry = try SchemaCompiler.validator(for: ["format": .string(format)])
        #expect(entry.validate(JSONDocument("<any&text")).isValid && entry.validate(JSONDocument(1)).isValid)
    }

    @Test(arguments: [
        ("é.example", true), ("É.example", false), ("ﬀ.example", false), ("א1.example", true), ("אa.example", false),
        ("a.א", true), ("1a.א", false), ("א٠.example", true), ("א٠0.example", false),
        ("\u{628}\u{200c}\u{628}.example", true), ("\u{627}\u{200c}\u{628}.example", false),
        ("a\u{200c}b.example", false),
    ])
    func `names of hosts keep to the rules of IDNA`(_ name: String, _ isValid: Bool) throws {
        let entry = try SchemaCompiler.validator(for: ["format": "idn-hostname"])
        #expect(entry.validate(JSONDocument(.string(name))).isValid == isValid)
    }
}
