import LockstepRuntime
import Synchronization

/// The counts of one shard of ``HTTPMetrics``.
final class MetricsShard: Sendable {
    private struct State {
        /// Identity of the route, code of the method and status in one word, to the index of the series.
        var index: [UInt64: Int] = [:]
        var labels: [MetricsLabels] = []
        var series: [RequestSeries] = []
        /// The series of the last request, because the next one is often alike.
        var lastKey: UInt64 = 0
        var lastIndex = -1
        /// Keeps the routes alive whose identities are keys.
        var routes: [Route] = []
    }

    let active = Atomic<Int>(0)
    private let state = Mutex(State())

    func record(route: Route?, method: HTTPMethod, status: Int, nanoseconds: Int64, bytes: Int?) {
        active.subtract(1, ordering: .relaxed)
        let key = Self.key(route, method, status)
        let duration = UInt64(max(0, nanoseconds))
        var bucket = 0
        while bucket < HTTPMetrics.bounds.count, duration > HTTPMetrics.bounds[bucket] { bucket += 1 }
        state.withLock { state in
            if state.lastKey != key || state.lastIndex < 0 {
                state.lastIndex = state.index[key] ?? Self.add(key, route, method, status, to: &state)
                state.lastKey = key
            }
            let index = state.lastIndex
            state.series[index].buckets[bucket] += 1
            state.series[index].nanoseconds += duration
            state.series[index].bytes += UInt64(max(0, bytes ?? 0))
        }
    }

    func snapshot() -> [(MetricsLabels, RequestSeries)] {
        state.withLock { Array(zip($0.labels, $0.series)) }
    }

    /// 48 bits of address, 6 of method, 10 of status.
    private static func key(_ route: Route?, _ method: HTTPMethod, _ status: Int) -> UInt64 {
        let identity = route.map { UInt64(UInt(bitPattern: ObjectIdentifier($0))) } ?? 0
        return identity << 16 | UInt64(code(method)) << 10 | UInt64(status & 0x3FF)
    }

    /// A small number for each registered method; 0 for all others.
    private static func code(_ method: HTTPMethod) -> UInt8 {
        switch method.rawValue {
        case "GET": 1
        case "POST": 2
        case "PUT": 3
        case "PATCH": 4
        case "DELETE": 5
        case "HEAD": 6
        case "OPTIONS": 7
        case "QUERY": 8
        case "TRACE": 9
        case "CONNECT": 10
        default: 0
        }
    }

    private static func add(
        _ key: UInt64, _ route: Route?, _ method: HTTPMethod, _ status: Int, to state: inout State
    ) -> Int {
        guard state.series.count < HTTPMetrics.maximumSeries else { return state.series.count - 1 }
        state.labels.append(
            MetricsLabels(route: route?.template ?? "unmatched", method: method.metricsLabel, status: status))
        state.series.append(RequestSeries())
        if let route { state.routes.append(route) }
        state.index[key] = state.series.count - 1
        return state.series.count - 1
    }
}
