/// Ways to make two readers disagree, by name; a second request follows each, so that a different end shows.
enum SmugglingSamples {
    static let all: [(name: String, input: String)] =
        fields.map { ($0.name, "POST / HTTP/1.1\r\nHost: a\r\n\($0.fields)\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + next) }
        + chunks.map {
            ($0.name, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\($0.chunks)" + next)
        }
        + heads.map { ($0.name, $0.head + "\r\n\r\n" + next) }

    private static let next = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n"

    private static let fields: [(name: String, fields: String)] = [
        ("coding beside length", "Transfer-Encoding: chunked\r\nContent-Length: 3"),
        ("length beside coding", "Content-Length: 3\r\nTransfer-Encoding: chunked"),
        ("two different lengths", "Content-Length: 15\r\nContent-Length: 3"),
        ("two equal lengths", "Content-Length: 15\r\nContent-Length: 15"),
        ("list of lengths", "Content-Length: 15, 15"),
        ("signed length", "Content-Length: +15"),
        ("negative length", "Content-Length: -1"),
        ("empty length", "Content-Length: "),
        ("hexadecimal length", "Content-Length: 0xf"),
        ("length with trailing letters", "Content-Length: 15abc"),
        ("length that overflows", "Content-Length: 18446744073709551631"),
        ("whitespace before the colon of length", "Content-Length : 15"),
        ("whitespace before the colon of coding", "Transfer-Encoding : chunked"),
        ("tab before the colon", "Transfer-Encoding\t: chunked"),
        ("folded coding", "Transfer-Encoding:\r\n chunked"),
        ("folded value", "X: a\r\n\tb\r\nTransfer-Encoding: chunked"),
        ("coding with a vertical tab", "Transfer-Encoding: \u{B}chunked"),
        ("coding in quotes", "Transfer-Encoding: \"chunked\""),
        ("coding behind identity", "Transfer-Encoding: identity, chunked"),
        ("coding before identity", "Transfer-Encoding: chunked, identity"),
        ("unknown coding", "Transfer-Encoding: xchunked"),
        ("two coding fields", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"),
        ("two chunked fields", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
        ("coding with a comma", "Transfer-Encoding: chunked,"),
        ("coding in capitals", "Transfer-Encoding: CHUNKED"),
        ("bare LF before coding", "X: a\nTransfer-Encoding: chunked"),
        ("bare CR before coding", "X: a\rTransfer-Encoding: chunked"),
        ("NUL in a value", "X: a\u{0}b\r\nTransfer-Encoding: chunked"),
        ("control in a name", "X\u{1}: a\r\nTransfer-Encoding: chunked"),
        ("space in a name", "X Y: a\r\nTransfer-Encoding: chunked"),
        ("empty name", ": a\r\nTransfer-Encoding: chunked"),
        ("line without colon", "X\r\nTransfer-Encoding: chunked"),
        ("name with an underscore", "Content_Length: 3\r\nTransfer-Encoding: chunked"),
        ("second Host", "Host: b\r\nTransfer-Encoding: chunked"),
        ("upgrade to h2c", "Connection: Upgrade\r\nUpgrade: h2c\r\nTransfer-Encoding: chunked"),
    ]

    private static let chunks: [(name: String, chunks: String)] = [
        ("chunk size with a sign", "+5\r\nhello\r\n0\r\n\r\n"),
        ("chunk size with a prefix", "0x5\r\nhello\r\n0\r\n\r\n"),
        ("chunk size with a space before", " 5\r\nhello\r\n0\r\n\r\n"),
        ("chunk size with a space behind", "5 \r\nhello\r\n0\r\n\r\n"),
        ("chunk size that overflows", "10000000000000005\r\nhello\r\n0\r\n\r\n"),
        ("chunk size with zeros", "0000000000000000000000005\r\nhello\r\n0\r\n\r\n"),
        ("chunk size that is empty", "\r\nhello\r\n0\r\n\r\n"),
        ("chunk size that ends in LF", "5\nhello\r\n0\r\n\r\n"),
        ("chunk size that ends in CR", "5\rhello\r\n0\r\n\r\n"),
        ("chunk extension", "5;a=b\r\nhello\r\n0\r\n\r\n"),
        ("chunk extension with LF", "5;a\nhello\r\n0\r\n\r\n"),
        ("chunk extension with CR", "5;a\rb\r\nhello\r\n0\r\n\r\n"),
        ("chunk extension that is long", "5;" + String(repeating: "a", count: 1000) + "\r\nhello\r\n0\r\n\r\n"),
        ("chunk data that is too long", "5\r\nhelloX\r\n0\r\n\r\n"),
        ("chunk data that ends in LF", "5\r\nhello\n0\r\n\r\n"),
        ("chunk data without an end", "5\r\nhello0\r\n\r\n"),
        ("last chunk that ends in LF", "5\r\nhello\r\n0\n\n"),
        ("trailer", "5\r\nhello\r\n0\r\nX: a\r\n\r\n"),
        ("trailer that frames", "5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n"),
        ("trailer with LF", "5\r\nhello\r\n0\r\nX: a\n\r\n"),
    ]

    private static let heads: [(name: String, head: String)] = [
        ("bare LF behind the request line", "GET / HTTP/1.1\nHost: a"),
        ("two spaces in the request line", "GET  / HTTP/1.1\r\nHost: a"),
        ("tab in the request line", "GET\t/ HTTP/1.1\r\nHost: a"),
        ("space behind the version", "GET / HTTP/1.1 \r\nHost: a"),
        ("whitespace before the first field", "GET / HTTP/1.1\r\n X: b\r\nHost: a"),
        ("empty lines before the request", "\r\n\r\nGET / HTTP/1.1\r\nHost: a"),
        ("one empty line before the request", "\r\nGET / HTTP/1.1\r\nHost: a"),
        ("no version", "GET /"),
        ("version 1.2", "GET / HTTP/1.2\r\nHost: a"),
        ("version 2.0", "GET / HTTP/2.0\r\nHost: a"),
        ("version in lower case", "GET / http/1.1\r\nHost: a"),
        ("no Host", "GET / HTTP/1.1"),
        ("empty Host", "GET / HTTP/1.1\r\nHost:"),
        ("Host with a space", "GET / HTTP/1.1\r\nHost: a b"),
        ("Host with a comma", "GET / HTTP/1.1\r\nHost: a,b"),
        ("Host with user information", "GET / HTTP/1.1\r\nHost: u@a"),
        ("target for another host", "GET http://b/ HTTP/1.1\r\nHost: a"),
        ("target with a fragment", "GET /a#b HTTP/1.1\r\nHost: a"),
        ("target with a NUL", "GET /a%00b HTTP/1.1\r\nHost: a"),
        ("target with a broken escape", "GET /a%zz HTTP/1.1\r\nHost: a"),
        ("target with bytes above ASCII", "GET /\u{E9} HTTP/1.1\r\nHost: a"),
        ("target above the root", "GET /../a HTTP/1.1\r\nHost: a"),
        ("coding in HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0"),
        ("method in lower case", "get / HTTP/1.1\r\nHost: a"),
        ("unknown method", "BREW / HTTP/1.1\r\nHost: a"),
        ("TRACE", "TRACE / HTTP/1.1\r\nHost: a"),
        ("CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a"),
        ("unknown expectation", "GET / HTTP/1.1\r\nHost: a\r\nExpect: nonsense"),
        ("one very long field", "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "a", count: 70_000)),
    ]
}
