import Synchronization

/// The metrics of the process, in the text format that Prometheus reads (version 0.0.4).
///
/// Labels are given when a metric is made, never per event, so nothing that a client sends can make a series.
public final class MetricsRegistry: Sendable {
    /// A metric's type.
    public enum Kind: String, Sendable {
        /// Only grows.
        case counter
        /// Goes up and down.
        case gauge
    }

    private struct Series: Sendable {
        let labels: String
        let read: @Sendable () -> Double
    }

    private struct Family: Sendable {
        let name: String
        let help: String
        let kind: Kind
        var series: [Series]
    }

    private struct State {
        var families: [Family] = []
        var renderers: [@Sendable (inout [UInt8]) -> Void] = []
    }

    private let state = Mutex(State())

    /// No metrics yet.
    public init() {}

    /// Adds a series whose value is read when the metrics are asked for.
    public func add(
        _ kind: Kind, _ name: String, _ help: String, labels: KeyValuePairs<String, String> = [:],
        _ read: @escaping @Sendable () -> Double
    ) {
        let series = Series(labels: Self.rendered(labels), read: read)
        state.withLock { state in
            if let index = state.families.firstIndex(where: { $0.name == name }) {
                state.families[index].series.append(series)
            } else {
                state.families.append(Family(name: name, help: help, kind: kind, series: [series]))
            }
        }
    }

    /// Adds a counter.
    public func counter(
        _ name: String, _ help: String, labels: KeyValuePairs<String, String> = [:]
    ) -> Counter {
        let counter = Counter()
        add(.counter, name, help, labels: labels) { Double(counter.count) }
        return counter
    }

    /// Adds a part that renders itself, such as a histogram.
    func add(_ render: @escaping @Sendable (inout [UInt8]) -> Void) {
        state.withLock { $0.renderers.append(render) }
    }

    /// All metrics as text.
    public func text() -> [UInt8] {
        let (families, renderers) = state.withLock { ($0.families, $0.renderers) }
        var text: [UInt8] = []
        for render in renderers { render(&text) }
        for family in families {
            Self.appendHeader(family.name, family.help, family.kind.rawValue, to: &text)
            for series in family.series {
                let labels = series.labels.isEmpty ? "" : "{\(series.labels)}"
                LineWriter.append(text: "\(family.name)\(labels) \(Self.number(series.read()))\n", to: &text)
            }
        }
        return text
    }

    static func appendHeader(_ name: String, _ help: String, _ kind: String, to text: inout [UInt8]) {
        LineWriter.append(text: "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n", to: &text)
    }

    private static func rendered(_ labels: KeyValuePairs<String, String>) -> String {
        labels.map { "\($0.key)=\"\(escaped($0.value))\"" }.joined(separator: ",")
    }

    /// Backslash, quote and newline are all that the format escapes.
    static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}
