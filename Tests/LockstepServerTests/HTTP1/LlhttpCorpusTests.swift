import LockstepJSON
import Testing

@testable import LockstepServer

/// llhttp's request cases, read by our connection. Where the two disagree, `LlhttpDisagreements` says why; a disagreement
/// that is not listed, or listed and gone, fails.
@Suite("llhttp's request cases") struct LlhttpCorpusTests {
    private struct Case {
        let name: String
        let type: String
        let input: [UInt8]
        let result: String
        let completed: Int

        /// What llhttp makes of it by default: a case of a lenient mode is an error without that mode.
        var expected: String {
            if type.hasPrefix("request-lenient") { return "refused" }
            return result == "error" ? "refused after \(completed)" : "accepted \(completed)"
        }
    }

    @Test func everyDisagreementIsListedWithItsReason() throws {
        guard let bytes = Corpus.bytes("http1/llhttp-cases.json") else { return }
        var seen: Set<String> = []
        var count = 0
        for test in try cases(bytes) {
            count += 1
            let ours = verdict(test)
            if test.expected == ours || (test.expected == "refused" && ours.hasPrefix("refused")) { continue }
            seen.insert(test.name)
            let listed = LlhttpDisagreements.reasons[test.name]
            let input = String(decoding: test.input, as: UTF8.self).debugDescription
            #expect(listed != nil, "\(test.name): llhttp \(test.expected), we \(ours): \(input)")
        }
        #expect(count == 166)
        #expect(Set(LlhttpDisagreements.reasons.keys).subtracting(seen) == [], "listed, but the readers agree now")
    }

    private func verdict(_ test: Case) -> String {
        let exchange = RecordedExchange(withHost(test.input), thenEnd: test.type == "request-finish")
        return exchange.refusal == nil
            ? "accepted \(exchange.requests.count)" : "refused after \(exchange.requests.count)"
    }

    /// llhttp does not ask for Host (we do, and another test says so); where a case has none, one is put behind each request
    /// line, so that the case is about what its name says.
    private func withHost(_ input: [UInt8]) -> [UInt8] {
        let text = String(decoding: input, as: UTF8.self)
        guard !text.lowercased().contains("host:"), Array(text.utf8) == input else { return input }
        return Array(text.replacing(" HTTP/1.1\r\n", with: " HTTP/1.1\r\nHost: hypnotoad.org\r\n").utf8)
    }

    private func cases(_ bytes: [UInt8]) throws -> [Case] {
        let document = try JSONDocument.parse(bytes)
        guard let list = document.root["cases"] else { return [] }
        return try list.elements.compactMap { node in
            guard let type = node["type"]?.string, type.hasPrefix("request") else { return nil }
            let input = try #require(node["input_b64"]?.string)
            return Case(
                name: try #require(node["name"]?.string), type: type, input: try #require(base64(input)),
                result: try #require(node["result"]?.string),
                completed: Int(try #require(node["messages_completed"]?.int64)))
        }
    }

    private func base64(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in text.utf8 where byte != UInt8(ascii: "=") {
            guard let value = value(byte) else { return nil }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    private func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
