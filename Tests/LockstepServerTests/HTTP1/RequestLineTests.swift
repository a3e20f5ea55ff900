import Testing

@testable import LockstepServer

private func refusal(ofLine line: String) -> String? {
    refusal(of: line + "\r\nHost: a\r\n\r\n")
}

@Suite("Request line and limits") struct RequestLineTests {
    @Test(arguments: ["GET  / HTTP/1.1", "GET / HTTP/1.1 ", "GET /  HTTP/1.1", "GET /", "GET", "GET / x HTTP/1.1"])
    func partsAreSeparatedBySingleSpaces(_ line: String) {
        let reason = refusal(ofLine: line)
        #expect(reason == "request-line" || reason == "version-syntax", "\(reason ?? "accepted")")
    }

    @Test func whitespaceBeforeTheFirstLineIsRefusedButOneEmptyLineIsNot() {
        #expect(refusal(ofLine: " GET / HTTP/1.1") == "leading-whitespace")
        #expect(refusal(ofLine: "\tGET / HTTP/1.1") == "leading-whitespace")
        #expect(refusal(ofLine: "\r\nGET / HTTP/1.1") == nil)
        #expect(refusal(ofLine: "\r\n\r\nGET / HTTP/1.1") == "leading-whitespace")
    }

    @Test(arguments: ["HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "HTTP/3.0", "HTTP/1.9"])
    func otherVersionsAreNotSupported(_ version: String) {
        #expect(refusal(ofLine: "GET / \(version)") == "version")
    }

    @Test(arguments: [
        "http/1.1", "HTTP/1", "HTTP/1.", "HTTP/11.1", "HTTP/1.01", "HTP/1.1", "HTTP-1.1", "HTTP/a.b", "ICE/1.0",
    ])
    func malformedVersions(_ version: String) {
        #expect(refusal(ofLine: "GET / \(version)") == "version-syntax")
    }

    @Test func methods() {
        #expect(refusal(ofLine: "BREW / HTTP/1.1") == "method")
        #expect(refusal(ofLine: "get / HTTP/1.1") == "method")
        #expect(refusal(ofLine: "PROPFIND / HTTP/1.1") == "method")
        #expect(refusal(ofLine: "\(String(repeating: "A", count: 100)) / HTTP/1.1") == "method")
        #expect(refusal(ofLine: "G(T / HTTP/1.1") == "method-syntax")
        #expect(refusal(ofLine: "TRACE / HTTP/1.1") == "method-refused")
        #expect(refusal(ofLine: "CONNECT a:443 HTTP/1.1") == "method-refused")
        #expect(HTTP1Refusal.forbiddenMethod.status == 405)
        #expect(HTTP1Refusal.unknownMethod.status == 501)
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"] {
            #expect(refusal(ofLine: "\(method) / HTTP/1.1") == nil)
        }
    }

    @Test func refusedMethodsNameTheAllowedOnes() {
        var script = ConnectionTranscript()
        #expect(script.receive("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n") == ["refuse 405 method-refused"])
        #expect(script.refuse(.forbiddenMethod) == ["shutdown write"])
        #expect(script.written().contains("\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY\r\n"))
    }

    @Test(arguments: [
        "/\u{7F}", "/é", "/<script>", "/\"", "/a\\b", "/a#b", "/%", "/%4", "/%zz", "/%00", "/a%0", "//%00?x",
    ])
    func malformedTargets(_ target: String) {
        let reason = refusal(ofLine: "GET \(target) HTTP/1.1")
        #expect(reason == "target" || reason == "control-character", "\(reason ?? "accepted")")
    }

    @Test(arguments: ["*", "a", "a:80", "example.com", "?a=b", "mailto:a"])
    func formsOfTargetThatDoNotGoWithGet(_ target: String) {
        let reason = refusal(ofLine: "GET \(target) HTTP/1.1")
        #expect(reason == "target-form" || reason == "target", "\(reason ?? "accepted")")
    }

    @Test func optionsMayAskForTheServer() {
        #expect(RecordedExchange("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").requests == ["OPTIONS * 1.1"])
        #expect(refusal(ofLine: "OPTIONS ** HTTP/1.1") == "target-form")
    }

    @Test(arguments: ["/", "/a/b?c=d&e[f]=g", "/a%20b", "/~a;b=c,d", "/?q=%", "/?a|b^c{d}`", "//a", "/a/../b"])
    func targetsThatBrowsersSendAreAccepted(_ target: String) {
        #expect(refusal(ofLine: "GET \(target) HTTP/1.1") == nil)
    }

    @Test func limits() {
        let long = String(repeating: "a", count: 9000)
        #expect(refusal(ofLine: "GET /\(long) HTTP/1.1") == "request-line-too-long")
        #expect(refusal(withFields: "X: \(long)", "Y: \(long)") == "head-too-large")
        #expect(refusal(withFields: "\(long)\(long): 1") == "head-too-large")
        #expect(refusal(of: "GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 101)) == "too-many-fields")
        #expect(HTTP1Refusal.requestLineTooLong.status == 414)
        #expect(HTTP1Refusal.headTooLarge.status == 431)
        #expect(HTTP1Refusal.tooManyFields.status == 431)
    }

    @Test func expectationsOtherThanContinueFail() {
        #expect(refusal(withFields: "Expect: 200-ok") == "expect")
        #expect(refusal(of: "GET / HTTP/1.0\r\nExpect: 200-ok\r\n\r\n") == nil)
    }

    @Test func theConnectionFieldIsAListOfTokens() {
        #expect(refusal(withFields: "Connection: close (now)") == "connection")
        #expect(refusal(withFields: "Connection: , close ,, te") == nil)
    }

    @Test func byteClassesAreThoseOfTheRFC() {
        let token = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
        let target = token.subtracting("#".utf8).union("/?:@[](){},;=".utf8)
        for byte in UInt8.min...UInt8.max {
            #expect(HTTP1Bytes.isToken(byte) == token.contains(byte), "\(byte)")
            #expect(HTTP1Bytes.isTarget(byte) == target.contains(byte), "\(byte)")
            #expect(
                HTTP1Bytes.hexValue(byte).map(Int.init)
                    == (byte < 128 ? Character(UnicodeScalar(byte)).hexDigitValue : nil), "\(byte)")
        }
    }

    @Test func controlsAreFoundAtEveryOffset() {
        for length in 0..<40 {
            for position in 0..<length {
                for control in [0, 9, 10, 13, 31, 127] as [UInt8] {
                    var bytes = [UInt8](repeating: position % 2 == 0 ? 0x20 : 0xFF, count: length)
                    bytes[position] = control
                    if position + 1 < length { bytes[length - 1] = 0x7F }
                    #expect(HTTP1Bytes.firstControl(in: bytes.span, from: 0) == position)
                }
            }
            let clean = [UInt8](repeating: 0x80, count: length)
            #expect(HTTP1Bytes.firstControl(in: clean.span, from: 0) == length)
        }
    }
}
