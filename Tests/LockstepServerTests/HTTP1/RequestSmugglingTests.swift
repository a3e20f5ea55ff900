import Testing

@testable import LockstepServer

/// Each test is one way to make this server and a proxy in front of it disagree about where a request ends, or whose it is.
@Suite("Request smuggling is refused") struct RequestSmugglingTests {
    @Test func transferEncodingBesideContentLength() {
        #expect(refusal(withFields: "Content-Length: 4", "Transfer-Encoding: chunked") == "length-and-coding")
        #expect(refusal(withFields: "Transfer-Encoding: chunked", "Content-Length: 4") == "length-and-coding")
    }

    @Test func twoContentLengths() {
        #expect(refusal(withFields: "Content-Length: 4", "Content-Length: 5") == "length-duplicate")
        #expect(refusal(withFields: "Content-Length: 4", "Content-Length: 4") == "length-duplicate")
        #expect(refusal(withFields: "Content-Length: 0", "Content-Length: 44") == "length-duplicate")
    }

    @Test(arguments: ["4, 4", "4,5", "4 4", "+4", "-4", "0x4", "4.0", "4e1", "", " ", "1_0", "٤", "4;a", "\"4\""])
    func aContentLengthThatIsNotDigits(_ value: String) {
        #expect(refusal(withFields: "Content-Length: \(value)") == "length")
    }

    @Test(arguments: ["99999999999999999999", "9223372036854775808", "18446744073709551620"])
    func aContentLengthThatOverflows(_ value: String) {
        #expect(refusal(withFields: "Content-Length: \(value)") == "body-too-large")
    }

    @Test func whitespaceBeforeTheColon() {
        #expect(refusal(withFields: "Content-Length : 5") == "whitespace-before-colon")
        #expect(refusal(withFields: "Transfer-Encoding\t: chunked") == "whitespace-before-colon")
        #expect(refusal(withFields: " Content-Length: 5") == "obs-fold")
    }

    @Test func foldedFields() {
        #expect(refusal(withFields: "X-A: 1\r\n Content-Length: 5") == "obs-fold")
        #expect(refusal(withFields: "Transfer-Encoding:\r\n\tchunked") == "obs-fold")
        #expect(
            refusal(of: "GET / HTTP/1.1\r\n Host: a\r\n\r\n") == "whitespace-before-fields")
    }

    @Test func twoHosts() {
        #expect(refusal(of: "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") == "host-duplicate")
        #expect(refusal(of: "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n") == "host-duplicate")
        #expect(refusal(of: "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n") == "host-duplicate")
    }

    @Test func aMissingOrMalformedHost() {
        #expect(refusal(of: "GET / HTTP/1.1\r\n\r\n") == "host-missing")
        for host in [
            "", "a b", "a,b", "user@a", "a:b", "a:99999", "a:1:2", "[::1", "[]", "a/b", "http://a", "a\\b", ":80",
        ] {
            #expect(refusal(of: "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n") == "host", "\(host)")
        }
        for host in ["a", "a.b:8080", "127.0.0.1", "[::1]:3000", "xn--bcher-kva.example", "a_b"] {
            #expect(refusal(of: "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n") == nil, "\(host)")
        }
    }

    @Test func aTargetForAnotherHost() {
        #expect(refusal(of: "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n") == "target-host")
        #expect(RecordedExchange("GET http://A/x?y HTTP/1.1\r\nHost: a\r\n\r\n").requests == ["GET /x?y 1.1"])
        #expect(RecordedExchange("GET http://a HTTP/1.1\r\nHost: a\r\n\r\n").requests == ["GET / 1.1"])
        #expect(refusal(of: "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n") == "target-scheme")
        #expect(refusal(of: "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n") == "target")
    }

    @Test func bareLineFeeds() {
        #expect(refusal(of: "GET / HTTP/1.1\nHost: a\r\n\r\n") == "bare-lf")
        #expect(refusal(of: "GET / HTTP/1.1\r\nHost: a\n\r\n") == "bare-lf")
        #expect(refusal(of: "GET / HTTP/1.1\r\nHost: a\r\n\n") == "bare-lf")
        #expect(refusal(withFields: "X-A\n: b") == "bare-lf")
        #expect(refusal(of: "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n") == "bare-lf")
    }

    @Test func bareCarriageReturns() {
        #expect(refusal(withFields: "X-A: a\rContent-Length: 5") == "bare-cr")
        #expect(refusal(withFields: "X-A\r: a") == "bare-cr")
        #expect(refusal(of: "GET / HTTP/1.1\rHost: a\r\n\r\n") == "bare-cr")
        #expect(refusal(of: "GET / HTTP/1.1\r\nHost: a\r\n\rX") == "bare-cr")
        #expect(refusal(of: "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n") == "bare-cr")
    }

    @Test func nulAndOtherControlCharacters() {
        for scalar in (0...0x1F).filter({ ![0x09, 0x0A, 0x0D].contains($0) }) + [0x7F] {
            let control = String(UnicodeScalar(UInt8(scalar)))
            #expect(refusal(withFields: "X-A: a\(control)b") == "control-character", "\(scalar)")
            #expect(refusal(withFields: "X\(control)A: ab") == "field-name", "\(scalar)")
            #expect(refusal(of: "GET /\(control) HTTP/1.1\r\nHost: a\r\n\r\n") == "control-character", "\(scalar)")
        }
    }

    @Test(arguments: ["", "X A", "X(A", "X\"", "X/A", "Content-Lengt\u{68}\u{0}", "X{", "é"])
    func fieldNamesThatAreNoTokens(_ name: String) {
        #expect(refusal(withFields: "\(name): a")?.isEmpty == false)
    }

    @Test func aLineWithoutColon() {
        #expect(refusal(withFields: "Content-Length") == "field-colon")
    }

    @Test(arguments: [
        "chunked, identity", "chunked, chunked", "chunked,", ",chunked", "chunked;a=b", "xchunked", "identity", "gzip",
        "chunked\u{B}", "\"chunked\"", "", "chunked chunked", "gzip chunked",
    ])
    func transferCodingsThatLeaveTheEndUnknown(_ coding: String) {
        let reason = refusal(withFields: "Transfer-Encoding: \(coding)")
        #expect(reason == "coding-syntax" || reason == "control-character", "\(coding)")
    }

    @Test func transferCodingsThatAreNotImplemented() {
        #expect(refusal(withFields: "Transfer-Encoding: gzip, chunked") == "coding")
        #expect(refusal(withFields: "Transfer-Encoding: chunked", "Transfer-Encoding: chunked") == "coding-duplicate")
        #expect(refusal(withFields: "Transfer-Encoding: chunked", "Transfer-Encoding: identity") == "coding-duplicate")
    }

    @Test func transferEncodingInHTTP10() {
        #expect(
            refusal(of: "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == "coding-http10")
    }

    @Test func aRefusedRequestTakesWhatFollowsWithIt() {
        let exchange = RecordedExchange(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(exchange.requests.isEmpty)
        #expect(exchange.isClosed)
    }

    @Test func upgradesAreIgnored() {
        let exchange = RecordedExchange(
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n"
                + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(exchange.requests == ["GET / 1.1", "GET /next 1.1"])
        #expect(refusal(of: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") == "version")
    }
}
