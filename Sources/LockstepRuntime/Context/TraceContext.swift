/// W3C Trace Context: the ids of `traceparent` (version 00).
public struct TraceContext: Sendable, Hashable {
    /// 32 lower-case hexadecimal digits, not all zero.
    public let traceID: String
    /// 16 lower-case hexadecimal digits, not all zero: this server's span.
    public let spanID: String
    /// The caller's span, if the request came with a valid `traceparent`.
    public let parentSpanID: String?
    /// Whether the trace is sampled.
    public let isSampled: Bool

    /// Ids that the caller has checked or made.
    public init(traceID: String, spanID: String, parentSpanID: String? = nil, isSampled: Bool = true) {
        self.traceID = traceID
        self.spanID = spanID
        self.parentSpanID = parentSpanID
        self.isSampled = isSampled
    }

    /// The header to send onwards.
    public var headerValue: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }
}
