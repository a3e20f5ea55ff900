import Synchronization

/// How often requests were refused before any middleware saw them, by reason. The reasons are the fixed ones of
/// ``HTTP1Refusal``.
final class ProtocolErrorCounts: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func count(_ refusal: HTTP1Refusal) {
        counts.withLock { $0[refusal.reason, default: 0] += 1 }
    }

    func render(into text: inout [UInt8]) {
        let name = "http_server_protocol_errors_total"
        MetricsRegistry.appendHeader(name, "Requests refused as malformed, too large or late.", "counter", to: &text)
        for (reason, count) in counts.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            LineWriter.append(text: "\(name){reason=\"\(reason)\"} \(count)\n", to: &text)
        }
    }
}
