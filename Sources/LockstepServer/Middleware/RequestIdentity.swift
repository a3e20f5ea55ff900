import LockstepRuntime

/// Gives each request its ids and puts them on the response.
///
/// - `X-Request-Id` of the client is kept if it is harmless: 8 to 128 letters, digits, `.`, `_` or `-`. It ends up in logs,
///   files and support tickets, so nothing else is let in. Otherwise the request id is the trace id: one id finds all.
/// - A valid `traceparent` continues its trace with a new span; anything else starts one.
struct RequestIdentity: Sendable {
    private let identifiers: IdentifierSource

    init(_ identifiers: IdentifierSource = IdentifierSource()) {
        self.identifiers = identifiers
    }

    /// The ids of the request, which are also put into its context.
    func identify(_ request: Request, _ context: RequestContext) -> (requestID: String, trace: TraceContext) {
        let ids = identify(request.headers)
        context.trace = ids.trace
        context.requestID = ids.requestID
        return ids
    }

    /// The ids of a request with these fields.
    func identify(_ headers: HTTPFields) -> (requestID: String, trace: TraceContext) {
        let spanID = identifiers.spanID()
        let parent = headers.bytes(of: "traceparent").flatMap(TraceParent.parse)
        let trace: TraceContext
        if let parent {
            trace = TraceContext(
                traceID: parent.traceID, spanID: spanID, parentSpanID: parent.spanID, isSampled: parent.isSampled)
        } else {
            trace = TraceContext(traceID: identifiers.traceID(), spanID: spanID)
        }
        return (Self.safeID(headers) ?? trace.traceID, trace)
    }

    func finish(
        _ response: inout Response, _ headers: HTTPFields, _ ids: (requestID: String, trace: TraceContext)
    ) {
        let trace = ids.trace
        response.headers.append("X-Request-Id") { LineWriter.append(text: ids.requestID, to: &$0) }
        response.headers.append("traceparent") { value in
            LineWriter.append("00-", to: &value)
            LineWriter.append(text: trace.traceID, to: &value)
            LineWriter.append("-", to: &value)
            LineWriter.append(text: trace.spanID, to: &value)
            LineWriter.append(trace.isSampled ? "-01" : "-00", to: &value)
        }
        guard trace.parentSpanID != nil, let state = headers.combined("tracestate"),
            TraceParent.isValid(state: state)
        else { return }
        response.headers.append("tracestate", state)
    }

    private static func safeID(_ headers: HTTPFields) -> String? {
        guard let bytes = headers.bytes(of: "X-Request-Id"), (8...128).contains(bytes.count),
            headers.count(of: "X-Request-Id") == 1
        else { return nil }
        for byte in bytes {
            guard
                HTTP1Bytes.isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: ".")
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            else { return nil }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
