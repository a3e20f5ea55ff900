internal import LockstepRuntime

/// Answers to what never becomes a request: malformed, oversized and late heads and bodies, too many connections.
///
/// No middleware sees them, so what middleware does for other errors is done here: a request id (the client's own if it was
/// read and is harmless), a trace, security headers, and the form that the client's `Accept` asks for.
struct RefusalAnswers: Sendable {
    private let headers: HTTPFields
    private let identity = RequestIdentity()
    private let renderer = ProblemRenderer()

    init(headers: HTTPFields) {
        self.headers = headers
    }

    /// The answer, and the id under which it is logged. `fields` are those of the request, as far as they were read.
    func answer(_ problem: Problem, to fields: HTTPFields) -> (response: Response, requestID: String) {
        let ids = identity.identify(fields)
        var response = renderer.response(
            for: problem, format: ProblemRenderer.format(accept: fields), requestID: ids.requestID)
        response.headers.append(defaults: headers)
        identity.finish(&response, fields, ids)
        return (response, ids.requestID)
    }
}
