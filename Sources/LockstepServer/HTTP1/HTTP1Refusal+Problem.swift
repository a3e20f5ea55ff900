public import LockstepRuntime

extension HTTP1Refusal {
    /// The code that clients switch on, from the same catalogue as the service's own errors.
    public var code: String {
        switch status {
        case 405: "METHOD_NOT_ALLOWED"
        case 408: "TIMEOUT"
        case 413: "PAYLOAD_TOO_LARGE"
        case 414: "URI_TOO_LONG"
        case 417: "EXPECTATION_FAILED"
        case 431: "HEADERS_TOO_LARGE"
        case 501: "NOT_IMPLEMENTED"
        case 505: "HTTP_VERSION_NOT_SUPPORTED"
        default: "BAD_REQUEST"
        }
    }

    /// What the client is told.
    public var problem: Problem {
        let allow: HTTPFields = status == 405 ? ["Allow": HTTP1Methods.allowed] : [:]
        return Problem(HTTPStatus(Int(status)), ProblemCode(rawValue: code), message, headers: allow)
    }
}
