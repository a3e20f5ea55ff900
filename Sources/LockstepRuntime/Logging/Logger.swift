/// Structured logging: level-checked before anything is built, redacted before anything is written.
///
/// ```swift
/// context.logger.warning("payment simulator refused", ["paymentId": .string(id), "reason": "limit"])
/// ```
public struct Logger: Sendable {
    private let sink: (any LogSink)?
    private let time: any TimeSource
    private var fields: [LogField] = []

    private let threshold: LogThreshold?

    /// Records below this level are not built, unless a threshold decides instead.
    public var level: LogLevel

    /// A logger that writes to `sink`.
    ///
    /// - Parameter threshold: decides what is written in place of `level`, and may change.
    public init(
        sink: any LogSink, level: LogLevel = .info, threshold: LogThreshold? = nil,
        time: any TimeSource = SystemTime()
    ) {
        self.sink = sink
        self.level = level
        self.threshold = threshold
        self.time = time
    }

    private init() {
        sink = nil
        threshold = nil
        level = .fatal
        time = SystemTime()
    }

    /// A logger that writes nothing.
    public static let disabled = Logger()

    /// Whether a record of this level would be written.
    public func isEnabled(_ level: LogLevel) -> Bool {
        sink != nil && level >= (threshold?.level ?? self.level)
    }

    /// A field that all records of this logger carry.
    public subscript(_ name: String) -> LogValue? {
        get { fields.last { $0.name == name }?.value }
        set {
            fields.removeAll { $0.name == name }
            if let newValue { fields.append(LogField(name, newValue)) }
        }
    }

    /// Logs `message` with fields, if the level is enabled.
    public func log(
        _ level: LogLevel, _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]
    ) {
        guard isEnabled(level), let sink else { return }
        let own = fields().map { LogField($0.key, $0.value) }
        let all = (self.fields + own).map(Redaction.redacted)
        sink.write(
            LogRecord(time: time.now, level: level, message: Redaction.redacted(text: message()), fields: all))
    }
}

extension Logger {
    /// Logs at trace level.
    public func trace(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]
    ) { log(.trace, message(), fields()) }

    /// Logs at debug level.
    public func debug(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]
    ) { log(.debug, message(), fields()) }

    /// Logs at info level.
    public func info(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]
    ) { log(.info, message(), fields()) }

    /// Logs at warning level.
    public func warning(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]
    ) { log(.warning, message(), fields()) }

    /// Logs at error level.
    public func error(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]
    ) { log(.error, message(), fields()) }

    /// Logs at fatal level.
    public func fatal(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]
    ) { log(.fatal, message(), fields()) }
}
