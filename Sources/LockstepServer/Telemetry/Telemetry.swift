public import LockstepRuntime

/// Logs and metrics of a server: one a process.
public struct Telemetry: Sendable {
    /// Where log lines go.
    public let output: LogOutput
    /// The logger to give to the server and to background work.
    public let logger: Logger
    /// One line a request.
    public let accessLog: AccessLog
    /// Durations and sizes of requests.
    public let requests: HTTPMetrics
    /// All metrics.
    public let metrics: MetricsRegistry
    /// From which level on everything above writes; may be changed.
    public let threshold: LogThreshold
    /// The clocks.
    public let time: any TimeSource

    /// Telemetry that writes to `output` from `level` on.
    public init(
        output: LogOutput = LogOutput(), level: LogLevel = .info, loggedHeaders: [String] = ["User-Agent"],
        time: any TimeSource = SystemTime()
    ) {
        self.output = output
        self.time = time
        let threshold = LogThreshold(level)
        self.threshold = threshold
        logger = Logger(sink: output, level: level, threshold: threshold, time: time)
        accessLog = AccessLog(output, threshold: threshold, headers: loggedHeaders)
        let requests = HTTPMetrics()
        let metrics = MetricsRegistry()
        metrics.add { requests.render(into: &$0) }
        metrics.add(.counter, "log_lines_dropped_total", "Log lines dropped because nobody read them fast enough.") {
            Double(output.droppedLines)
        }
        ProcessMetrics.register(in: metrics, startTime: Double(time.now.seconds))
        self.requests = requests
        self.metrics = metrics
    }
}
