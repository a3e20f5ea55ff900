import LockstepRuntime
import Synchronization
import Testing

/// Keeps records for a test to look at.
final class RecordingSink: LogSink {
    private let stored = Mutex<[LogRecord]>([])

    var records: [LogRecord] { stored.withLock { $0 } }

    func write(_ record: LogRecord) { stored.withLock { $0.append(record) } }

    /// All records as JSON lines.
    var text: String {
        var bytes: [UInt8] = []
        for record in records {
            record.appendJSON(to: &bytes)
            bytes.append(0x0A)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

@Suite struct LoggerTests {
    @Test func buildsNothingBelowItsLevel() {
        let sink = RecordingSink()
        let logger = Logger(sink: sink, level: .warning)
        var built = 0
        func message() -> String {
            built += 1
            return "x"
        }
        logger.info(message())
        #expect(built == 0)
        logger.error(message())
        #expect(built == 1)
        #expect(sink.records.map(\.level) == [.error])
    }

    @Test func writesOneJSONObjectARecord() {
        let sink = RecordingSink()
        var logger = Logger(sink: sink, level: .trace, time: ManualTime(Timestamp(seconds: 0)))
        logger["requestId"] = "r1"
        logger.info("done \"well\"", ["count": 3, "ok": true, "ratio": 0.5, "path": "/a\n"])
        #expect(
            sink.text
                == #"{"time":"1970-01-01T00:00:00Z","level":"info","message":"done \"well\"","requestId":"r1","#
                + #""count":3,"ok":true,"ratio":0.5,"path":"/a\n"}"# + "\n")
    }

    @Test(arguments: [
        "password", "newPassword", "access_token", "refreshToken", "Authorization", "Set-Cookie", "x-api-key", "apiKey",
        "client_secret", "pin", "cvv", "card_number",
    ])
    func hidesValuesOfSecretNames(_ name: String) {
        let sink = RecordingSink()
        Logger(sink: sink).info("x", [name: "hunter2"])
        #expect(!sink.text.contains("hunter2"))
        #expect(sink.text.contains("[redacted]"))
    }

    @Test(arguments: ["mapping", "spinning", "company", "tokenCount", "requestId", "spanId"])
    func showsOtherNames(_ name: String) {
        let sink = RecordingSink()
        Logger(sink: sink).info("x", [name: "hunter2"])
        #expect(sink.text.contains("hunter2"))
    }

    @Test func hidesTokensInsideTexts() {
        let sink = RecordingSink()
        let logger = Logger(sink: sink)
        logger.info("header was Bearer hunter2 today", ["note": "got eyJhbGciOi.hunter2.sig", "n": "Basic hunter2"])
        logger.info("postgres://user:hunter2@db/x is down")
        #expect(!sink.text.contains("hunter2"))
        #expect(sink.text.contains("today"))
    }

    @Test func levelsHaveTheirConfigurationNames() {
        #expect(LogLevel(name: "warn") == .warning)
        #expect(LogLevel(name: "WARNING") == .warning)
        #expect(LogLevel(name: "loud") == nil)
        #expect(LogLevel.allCases.sorted() == [.trace, .debug, .info, .warning, .error, .fatal])
    }
}
