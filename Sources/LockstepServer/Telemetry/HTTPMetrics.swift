import Glibc
import LockstepRuntime
import Synchronization

/// Durations and sizes of requests by route template, method and status.
///
/// Every label comes from a fixed set: the document's templates (or `unmatched`), the registered methods (or `_OTHER`), the
/// statuses that handlers return. Ten thousand random URLs are one series. Counts are kept in a few shards, of which a thread
/// always uses the same, so that event loops do not wait for each other; they are added up when somebody asks.
public final class HTTPMetrics: Sendable {
    /// Upper bounds of the duration buckets in nanoseconds; one more holds what is slower.
    static let bounds: [UInt64] = [
        500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000,
        500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000,
    ]
    /// Series of one shard; more are added to the last one. A document with more operations than that has other worries.
    static let maximumSeries = 16_384
    private static let shardCount = 8

    private let shards: [MetricsShard]

    /// No requests yet.
    public init() {
        shards = (0..<Self.shardCount).map { _ in MetricsShard() }
    }

    /// The shard of the calling thread.
    var shard: MetricsShard {
        // The thread's identifier is an address: its low bits say little.
        shards[Int(truncatingIfNeeded: UInt(pthread_self()) >> 12) & (Self.shardCount - 1)]
    }

    /// Counts a request that begins; give the result to `record`.
    func begin() -> MetricsShard {
        let shard = shard
        shard.active.add(1, ordering: .relaxed)
        return shard
    }

    /// Requests that are being answered.
    public var activeRequests: Int {
        shards.reduce(0) { $0 + $1.active.load(ordering: .relaxed) }
    }

    /// The histogram and the totals as Prometheus text.
    func render(into text: inout [UInt8]) {
        var merged: [MetricsLabels: RequestSeries] = [:]
        for shard in shards {
            for (labels, series) in shard.snapshot() {
                merged[labels, default: RequestSeries()].add(series)
            }
        }
        let sorted = merged.sorted { $0.key < $1.key }
        let name = "http_server_request_duration_seconds"
        MetricsRegistry.appendHeader(name, "Time from a request's head to its response.", "histogram", to: &text)
        for (labels, series) in sorted { Self.renderHistogram(name, labels.text, series, into: &text) }
        let bytes = "http_server_response_body_bytes_total"
        MetricsRegistry.appendHeader(bytes, "Content bytes of responses of known length.", "counter", to: &text)
        for (labels, series) in sorted {
            LineWriter.append(text: "\(bytes){\(labels.text)} \(series.bytes)\n", to: &text)
        }
        let active = "http_server_active_requests"
        MetricsRegistry.appendHeader(active, "Requests being answered.", "gauge", to: &text)
        LineWriter.append(text: "\(active) \(activeRequests)\n", to: &text)
    }

    private static func renderHistogram(
        _ name: String, _ labels: String, _ series: RequestSeries, into text: inout [UInt8]
    ) {
        var total: UInt64 = 0
        for (index, count) in series.buckets.enumerated() {
            total += count
            let bound = index < bounds.count ? MetricsRegistry.number(Double(bounds[index]) / 1e9) : "+Inf"
            LineWriter.append(text: "\(name)_bucket{\(labels),le=\"\(bound)\"} \(total)\n", to: &text)
        }
        LineWriter.append(
            text: "\(name)_sum{\(labels)} \(MetricsRegistry.number(Double(series.nanoseconds) / 1e9))\n", to: &text)
        LineWriter.append(text: "\(name)_count{\(labels)} \(total)\n", to: &text)
    }
}

/// The labels of a series.
struct MetricsLabels: Hashable, Comparable {
    let route: String
    let method: String
    let status: Int

    var text: String {
        "method=\"\(method)\",route=\"\(MetricsRegistry.escaped(route))\",status=\"\(status)\""
    }

    static func < (left: MetricsLabels, right: MetricsLabels) -> Bool {
        (left.route, left.method, left.status) < (right.route, right.method, right.status)
    }
}

/// The numbers of a series.
struct RequestSeries: Sendable {
    var buckets = [UInt64](repeating: 0, count: HTTPMetrics.bounds.count + 1)
    var nanoseconds: UInt64 = 0
    var bytes: UInt64 = 0

    mutating func add(_ other: RequestSeries) {
        for index in buckets.indices { buckets[index] += other.buckets[index] }
        nanoseconds += other.nanoseconds
        bytes += other.bytes
    }
}
