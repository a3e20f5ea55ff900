import Glibc
import LockstepRuntime
import Testing

@testable import LockstepServer

@Suite("Log output") struct LogOutputTests {
    @Test func recordsOfALoggerAreJSONLines() throws {
        let output = LogOutput(collecting: 1 << 16)
        let time = ManualTime(Timestamp(seconds: 1))
        let logger = Logger(sink: output, level: .info, time: time)
        logger.info("charged", ["card": "4111 1111 1111 1111", "password": "hunter2", "count": 3])
        logger.debug("not written")
        let line = try JSONDocument.parse(output.take().dropLast())
        #expect(line.root["card"]?.string == "[redacted]")
        #expect(line.root["password"]?.string == "[redacted]")
        #expect(line.root["count"]?.int64 == 3)
    }

    @Test func aFullBufferDropsLinesAndCountsThem() {
        let output = LogOutput(collecting: 100)
        for _ in 0..<50 { output.appendLine { bytes, _ in LineWriter.append("{\"a\":\"0123456789\"}", to: &bytes) } }
        #expect(output.droppedLines == 44)
        #expect(output.take().filter { $0 == UInt8(ascii: "\n") }.count == 6)
        output.appendLine { bytes, _ in LineWriter.append("{}", to: &bytes) }
        #expect(output.take() == Array("{}\n".utf8))
    }

    @Test func everyLineReachesTheFileInOrder() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let output = LogOutput(fileDescriptor: ends[1])
        for number in 0..<1000 {
            output.appendLine { bytes, _ in LineWriter.append(number, to: &bytes) }
        }
        output.flush()
        var received: [UInt8] = []
        let expected = (0..<1000).map { "\($0)\n" }.joined()
        while received.count < expected.utf8.count {
            var buffer = [UInt8](repeating: 0, count: 65536)
            let count = read(ends[0], &buffer, buffer.count)
            try #require(count > 0)
            received += buffer[..<count]
        }
        #expect(String(decoding: received, as: UTF8.self) == expected)
    }

    @Test func numbersAreWrittenAsTheyAre() {
        for number in [0, 1, -1, 9, 10, 99, 100, 12_345, Int.max, Int.min] {
            var bytes: [UInt8] = []
            LineWriter.append(number, to: &bytes)
            #expect(String(decoding: bytes, as: UTF8.self) == "\(number)")
        }
        var bytes: [UInt8] = []
        LineWriter.appendMilliseconds(1_234_567_890, to: &bytes)
        LineWriter.appendMilliseconds(-5, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "1234.5670.000")
    }
}
