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

    /// The body in the service's envelope. The texts are fixed and need no escaping.
    var envelope: [UInt8] {
        Array(#"{"success":false,"error":{"code":"\#(code)","message":"\#(message)"}}"#.utf8)
    }
}
