/// Cases of llhttp that our reader judges differently, and why.
///
/// One difference is not listed because it would be most of them: llhttp does not ask for Host; the test adds one.
enum LlhttpDisagreements {
    static let reasons: [String: String] = [
        // After a message
        "Connection header / `close` / CRLF between requests, explicit `close`": closing,
        "Connection header / `close` / CRLF between requests, explicit `close` followed by tab": closing,
        "Connection header / `close` / CRLF between requests, explicit `close` (lenient)": closing,
        "Connection header / `keep-alive` / No restart when keep-alive is off (1.0)": closing,
        "Connection header / `keep-alive` / Resetting flags when keep-alive is off (1.0, lenient)": closing,
        "Connection header / `keep-alive` / CRLF between requests, implicit `keep-alive`": """
        Two empty lines before a request: we skip one, as RFC 9112 section 2.2 asks, and refuse more.
        """,
        "Content-Length header / Content-Length reset when no body is received": """
        The case makes llhttp skip the content; we wait for the 123 bytes that were announced.
        """,

        // Upgrade
        "Connection header / `upgrade` / Emitting part of body and pausing": upgrade,
        "Connection header / `upgrade` / Setting a flag and pausing": upgrade,
        "Connection header / `upgrade` / Upgrade GET request": upgrade,
        "Connection header / `upgrade` / Upgrade POST request": upgrade,
        "Connection header / Parsing multiple tokens / Multiple tokens with folding and LWS": upgrade,

        // Incomplete heads
        "Content-Length header / Error on `Content-Length` overflow": headEnd,
        "Content-Length header / Error on duplicate `Content-Length`": headEnd,
        "Invalid requests / Invalid HTTP version": headEnd,

        // Methods and protocols
        "Methods / ANNOUNCE request with RTSP": otherProtocol,
        "Methods / OPTIONS request with RTSP": otherProtocol,
        "Methods / SOURCE request with ICE": otherProtocol,
        "Methods / CONNECT request": connect,
        "Methods / CONNECT request with CAPS": connect,
        "Methods / CONNECT with body": connect,
        "URI / Underscore in hostname": connect,
        "Methods / LINK request": unknownMethod,
        "Methods / M-SEARCH request": unknownMethod,
        "Methods / PURGE request": unknownMethod,
        "Methods / REPORT request": unknownMethod,
        "Methods / SEARCH request": unknownMethod,
        "Methods / SOURCE request": unknownMethod,
        "Sample requests / No HTTP version": "HTTP/0.9 is not spoken (RFC 9112 section 3).",

        // Codings
        "Transfer-Encoding header / POST with `chunked` as last transfer-encoding": coding,
        "Transfer-Encoding header / POST with `chunked` as last transfer-encoding (multiple headers)": coding,

        // Targets
        "URI / Fragment in URI": "A fragment is never sent (RFC 9110 section 7.1); proxies cut it off or pass it on.",
        "URI / Quotes in URI": "Quotes and backslashes are not allowed in a target (RFC 3986); browsers escape them.",
        "URI / `host:port` and basic auth": "User information in a target is an error (RFC 9110 section 4.2.4).",
        "URI / `host:port` terminated by a query string": otherHost,
        "URI / `host:port` terminated by a space": otherHost,
    ]

    private static let closing = """
        llhttp reports bytes behind a message that ends the connection as an error; we answer that message, read nothing more \
        and close.
        """
    private static let upgrade = """
        llhttp stops to hand the connection over; we never upgrade (RFC 9110 section 7.8 lets a server ignore the field), so \
        the message is an ordinary one.
        """
    private static let headEnd = """
        The head is not complete: what its fields mean together is decided at its end. The same head with its end is refused.
        """
    private static let otherProtocol = "RTSP and ICE are other protocols."
    private static let connect = "llhttp reports the message and stops; we are no proxy and refuse the head with 405."
    private static let unknownMethod = "Well-formed, but not implemented: 501."
    private static let coding = "`chunked` behind another coding is legal, but no other coding is implemented: 501."
    private static let otherHost = """
        Accepted where Host equals the target's authority; the test's added Host has no port, and a difference is refused.
        """
}
