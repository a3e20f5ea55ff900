/// Samples that nginx 1.22 judges differently, and why. With one exception we refuse what nginx accepts.
enum NginxDisagreements {
    static let reasons: [String: String] = [
        // Line ends
        "bare LF before coding": lineEnd,
        "bare LF behind the request line": lineEnd,
        "chunk size that ends in LF": lineEnd,
        "chunk extension with LF": lineEnd,
        "chunk data that ends in LF": lineEnd,
        "last chunk that ends in LF": lineEnd,
        "trailer with LF": lineEnd,

        // The request line
        "two spaces in the request line": spaces,
        "space behind the version": spaces,
        "empty lines before the request": "We skip one empty line (RFC 9112 section 2.2), nginx any number.",
        "no version": "nginx answers HTTP/0.9, without a status line; we refuse it.",
        "version 1.2": "There is no HTTP/1.2; nginx treats it as 1.1.",
        "unknown method": "nginx leaves methods to what is behind it; we implement a fixed set and answer 501.",

        // Targets and hosts
        "target for another host": """
        nginx takes the target's authority and ignores Host (RFC 9112 section 3.2.2 allows it); we refuse the difference.
        """,
        "target with a fragment":
            "nginx cuts the fragment off; it is never sent (RFC 9110 section 7.1), so we refuse it.",
        "target with bytes above ASCII": "A target is ASCII (RFC 3986); nginx passes the bytes on.",
        "target above the root": """
        nginx resolves dot segments and refuses to leave the root; we compare segments as sent, and no route has a dot \
        segment, so the answer is 404.
        """,
        "Host with a comma": host,
        "Host with user information": host,

        // Fields and content
        "line without colon": "nginx drops a line that is no field; we refuse the request.",
        "unknown expectation": "nginx ignores it; RFC 9110 section 10.1.1 lets a server answer 417.",
        "chunk size with a space behind":
            "nginx skips blanks behind the size; the grammar has none there (RFC 9112 section 7.1).",
        "chunk size with zeros": "We read at most 15 digits, so that a size cannot be padded without end.",
        "chunk extension that is long":
            "nginx skips extensions of any length; ours are bounded, as RFC 9112 section 7.1.1 asks.",
        "trailer that frames":
            "nginx drops all trailers; we refuse those that would frame the request (RFC 9110 section 6.5.1).",
    ]

    private static let lineEnd = "nginx ends lines at a bare LF; RFC 9112 section 2.2 only lets a recipient do so."
    private static let spaces = "nginx skips further spaces; RFC 9112 section 3 has single ones."
    private static let host = "Not an authority of RFC 3986 without user information; nginx lets other characters pass."
}
