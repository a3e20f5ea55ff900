public import LockstepRuntime

/// What the access log says about one request.
struct AccessRecord {
    let time: Timestamp
    let requestID: String
    let traceID: String?
    let method: HTTPMethod
    let route: Route?
    /// The target as received; only its path is written, and only where no route matched.
    let target: String
    let status: Int
    let nanoseconds: Int64
    let responseBytes: Int?
    let user: String?
    let address: String
}

/// Writes one line a request: `time`, `level`, `message`, `requestId`, `traceId`, `method`, `route`, `status`, `durationMs`,
/// `bytes`, `user`, `ip`, and the allowed request headers.
///
/// Queries are never written, because they carry what users typed; headers only if they are on the list.
public struct AccessLog: Sendable {
    /// Longest path or header value that is written.
    static let maximumTextBytes = 200

    private let output: LogOutput
    private let headers: [(name: String, key: [UInt8])]
    private let threshold: LogThreshold

    /// An access log. Requests are logged at `info`, those that failed on this side at `error`.
    public init(_ output: LogOutput, level: LogLevel = .info, headers: [String] = ["User-Agent"]) {
        self.init(output, threshold: LogThreshold(level), headers: headers)
    }

    /// An access log whose level may change.
    public init(_ output: LogOutput, threshold: LogThreshold, headers: [String] = ["User-Agent"]) {
        self.output = output
        self.threshold = threshold
        self.headers = headers.map { name in
            var key: [UInt8] = [UInt8(ascii: ",")]
            LineWriter.appendQuoted(Self.camelCase(name), to: &key)
            key.append(UInt8(ascii: ":"))
            return (name, key)
        }
    }

    func write(_ record: AccessRecord, headers fields: HTTPFields) {
        guard threshold.level <= .info || record.status >= 500 else { return }
        output.appendLine { bytes, clock in
            LineWriter.append("{\"time\":\"", to: &bytes)
            clock.append(record.time, to: &bytes)
            if record.status >= 500 {
                LineWriter.append("\",\"level\":\"error\",\"message\":\"request\",\"requestId\":", to: &bytes)
            } else {
                LineWriter.append("\",\"level\":\"info\",\"message\":\"request\",\"requestId\":", to: &bytes)
            }
            LineWriter.appendQuoted(record.requestID, to: &bytes)
            if let traceID = record.traceID {
                LineWriter.append(",\"traceId\":\"", to: &bytes)
                LineWriter.append(text: traceID, to: &bytes)
                bytes.append(UInt8(ascii: "\""))
            }
            Self.appendRequest(record, to: &bytes)
            for header in headers {
                guard let value = fields.bytes(of: header.name) else { continue }
                bytes.append(contentsOf: header.key)
                Self.appendUntrusted(value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func appendRequest(_ record: AccessRecord, to bytes: inout [UInt8]) {
        LineWriter.append(",\"method\":\"", to: &bytes)
        LineWriter.append(text: record.method.metricsLabel, to: &bytes)
        if let route = record.route {
            LineWriter.append("\",\"route\":", to: &bytes)
            LineWriter.appendQuoted(route.template, to: &bytes)
        } else {
            LineWriter.append("\",\"path\":", to: &bytes)
            appendUntrusted(Array(record.target.utf8.prefix { $0 != UInt8(ascii: "?") })[...], to: &bytes)
        }
        LineWriter.append(",\"status\":", to: &bytes)
        LineWriter.append(record.status, to: &bytes)
        LineWriter.append(",\"durationMs\":", to: &bytes)
        LineWriter.appendMilliseconds(record.nanoseconds, to: &bytes)
        if let count = record.responseBytes {
            LineWriter.append(",\"bytes\":", to: &bytes)
            LineWriter.append(count, to: &bytes)
        }
        if let user = record.user {
            LineWriter.append(",\"user\":", to: &bytes)
            LineWriter.appendQuoted(user, to: &bytes)
        }
        LineWriter.append(",\"ip\":", to: &bytes)
        LineWriter.appendQuoted(record.address, to: &bytes)
    }

    /// Text that a client sent: shortened, and without what looks like a secret.
    private static func appendUntrusted(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        let start = bytes.count
        if text.count <= maximumTextBytes {
            LineWriter.appendQuoted(text, to: &bytes)
        } else {
            LineWriter.appendQuoted(text.prefix(maximumTextBytes) + Array("…".utf8), to: &bytes)
        }
        LogPatterns.redact(&bytes, from: start)
    }

    /// `User-Agent` as a field name: `userAgent`.
    private static func camelCase(_ header: String) -> String {
        let words = header.lowercased().split(separator: "-")
        return words.enumerated().map { $0 == 0 ? String($1) : $1.prefix(1).uppercased() + $1.dropFirst() }.joined()
    }
}
