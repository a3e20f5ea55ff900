public import LockstepJSON

/// The value of a structured log field.
public enum LogValue: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral
{
    /// Text.
    case string(String)
    /// A whole number.
    case int(Int)
    /// A number.
    case double(Double)
    /// True or false.
    case bool(Bool)

    /// Text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// True or false.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .double(value) }
}

/// A named value in a log record.
public struct LogField: Sendable, Equatable {
    /// The name, in lower camel case.
    public let name: String
    /// The value.
    public let value: LogValue

    /// A field of this name and value.
    public init(_ name: String, _ value: LogValue) {
        self.name = name
        self.value = value
    }
}

/// One log line: redacted, ready for a sink.
public struct LogRecord: Sendable {
    /// When it was logged.
    public let time: Timestamp
    /// How serious it is.
    public let level: LogLevel
    /// What happened, as a fixed sentence; what varies is in the fields.
    public let message: String
    /// What varies.
    public let fields: [LogField]

    /// The record as one JSON object, without a newline: `time`, `level`, `message`, then the fields.
    public func appendJSON(to output: inout [UInt8]) {
        var json = JSONWriter()
        json.beginObject()
        json.key("time")
        json.string(time.description)
        json.key("level")
        json.string(level.rawValue)
        json.key("message")
        json.string(message)
        for field in fields {
            json.key(field.name)
            switch field.value {
            case .string(let text): json.string(text)
            case .int(let number): json.int(Int64(number))
            case .double(let number): json.double(number)
            case .bool(let flag): json.bool(flag)
            }
        }
        json.endObject()
        output.append(contentsOf: json.bytes)
    }
}

/// Where log records go. Writing must not block: a sink buffers and drops rather than waits.
public protocol LogSink: Sendable {
    /// Takes one record.
    func write(_ record: LogRecord)
}
