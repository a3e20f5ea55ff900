import LockstepJSON

/// Turns errors into responses: the envelope by default, `application/problem+json` (RFC 9457) for clients that prefer
/// it. This is the only place that does.
public struct ProblemRenderer: Sendable {
    /// How an error body looks.
    public enum Format: Sendable {
        /// `{"success":false,"error":{"code":…,"message":…,"details":…}}`
        case envelope
        /// RFC 9457, with the same code.
        case problemJSON
    }

    /// A renderer.
    public init() {}

    /// The response for any error, with unexpected ones logged with their cause and answered without it.
    public func response(for error: any Error, to request: Request, _ context: RequestContext) -> Response {
        let problem = ProblemRenderer.problem(for: error, context)
        log(problem, context)
        return response(
            for: problem, format: ProblemRenderer.format(accept: request.headers), requestID: context.requestID)
    }

    /// The response for a problem. 5xx bodies carry the request id; other bodies are the same for every request.
    public func response(for problem: Problem, format: Format = .envelope, requestID: String = "") -> Response {
        var headers = problem.headers
        headers.append("Content-Type", format == .envelope ? "application/json" : "application/problem+json")
        headers.append("Cache-Control", "no-store")
        let id = problem.status.isServerError && !requestID.isEmpty ? requestID : nil
        let body =
            switch format {
            case .envelope: ProblemRenderer.envelope(problem, requestID: id)
            case .problemJSON: ProblemRenderer.problemJSON(problem, requestID: id)
            }
        return Response(problem.status, headers: headers, body: .bytes(body))
    }

    /// What the client asked errors to look like: problem JSON if its `Accept` names it with at least the weight of
    /// JSON.
    public static func format(accept headers: HTTPFields) -> Format {
        guard headers.contains("Accept") else { return .envelope }
        let accept = AcceptHeader(headers)
        guard let problem = accept.exactQuality(of: MediaType("application", "problem+json")), problem > 0 else {
            return .envelope
        }
        let json = accept.exactQuality(of: MediaType("application", "json")) ?? 0
        return problem >= json ? .problemJSON : .envelope
    }

    /// The public part of any error. What is not a problem is 500; cancellation is 503, because the server stopped the
    /// work, not the client's request.
    static func problem(for error: any Error, _ context: RequestContext) -> Problem {
        switch error {
        case let problem as Problem: problem
        case let convertible as any ProblemConvertible: convertible.problem
        case let refusal as AuthenticationError: refusal.reason == .missing ? .noToken : .invalidToken
        case is CancellationError: context.isPastDeadline ? .deadlineExceeded : .unavailable(cause: error)
        default: Problem(500, .internal, "Internal server error", cause: error)
        }
    }

    private func log(_ problem: Problem, _ context: RequestContext) {
        guard problem.status.isServerError, problem.status != 501, context.isLogging(.error) else { return }
        // Reflecting, because descriptions are fixed sentences; the logger redacts what looks like a secret.
        let cause = problem.cause.map { String(reflecting: $0) } ?? "none"
        context.logger.error(
            "request failed",
            ["status": .int(problem.status.code), "code": .string(problem.code.rawValue), "cause": .string(cause)])
    }

    private static func envelope(_ problem: Problem, requestID: String?) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("success")
        json.bool(false)
        json.key("error")
        json.beginObject()
        json.key("code")
        json.string(problem.code.rawValue)
        json.key("message")
        json.string(problem.message)
        if let details = problem.details {
            json.key("details")
            json.value(details)
        }
        if let requestID {
            json.key("requestId")
            json.string(requestID)
        }
        json.endObject()
        json.endObject()
        return json.bytes
    }

    private static func problemJSON(_ problem: Problem, requestID: String?) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("type")
        json.string("about:blank")
        json.key("title")
        json.string(problem.status.reasonPhrase)
        json.key("status")
        json.int(Int64(problem.status.code))
        json.key("detail")
        json.string(problem.message)
        json.key("code")
        json.string(problem.code.rawValue)
        if let details = problem.details {
            json.key("errors")
            json.value(details)
        }
        if let requestID {
            json.key("requestId")
            json.string(requestID)
        }
        json.endObject()
        return json.bytes
    }
}
