import Testing

@testable import LockstepServer

private func refusal(ofChunks chunks: String) -> String? {
    refusal(of: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
}

@Suite("Chunked content") struct ChunkedContentTests {
    @Test(arguments: [
        "x\r\n", " 5\r\n", "5 \r\n", "\r\n", "+5\r\n", "-5\r\n", "0x5\r\n", "5\tx\r\n", "5,\r\n", "5 ;a\r\n", "g\r\n",
    ])
    func sizesThatAreNotHexadecimalDigits(_ size: String) {
        #expect(refusal(ofChunks: size) == "chunk-size")
    }

    @Test(arguments: ["10000000000000000\r\n", "ffffffffffffffff\r\n", "0000000000000000\r\n"])
    func sizesThatOverflowOrPadWithoutEnd(_ size: String) {
        #expect(refusal(ofChunks: size) == "chunk-size-overflow")
    }

    @Test func sizesEndInCarriageReturnAndLineFeed() {
        #expect(refusal(ofChunks: "5\nhello\r\n") == "bare-lf")
        #expect(refusal(ofChunks: "5\rhello\r\n") == "bare-cr")
        #expect(refusal(ofChunks: "5;a=b\nhello\r\n") == "bare-lf")
        #expect(refusal(ofChunks: "5;a\rhello\r\n") == "bare-cr")
        #expect(refusal(ofChunks: "5;a=\"\n\"\r\nhello\r\n") == "bare-lf")
    }

    @Test(arguments: ["5\r\nhelloX\r\n", "5\r\nhello\n0\r\n", "5\r\nhello\rX", "5\r\nhello0\r\n\r\n"])
    func dataEndsInCarriageReturnAndLineFeed(_ chunks: String) {
        #expect(refusal(ofChunks: chunks) == "chunk-end")
    }

    @Test(arguments: [
        "5;\r\n", "5;=a\r\n", "5;a=\r\n", "5;a b\r\n", "5;a;\r\n", "5;a=\"b\"c\r\n", "5; a\r\n", "5;a=b c\r\n",
    ])
    func malformedExtensions(_ size: String) {
        #expect(refusal(ofChunks: size) == "chunk-extension")
    }

    @Test func longExtensionsAreRefusedNotScannedForever() {
        #expect(refusal(ofChunks: "5;" + String(repeating: "a", count: 300)) == "chunk-extension-too-long")
        #expect(refusal(ofChunks: "5" + String(repeating: ";a", count: 300)) == "chunk-extension-too-long")
    }

    @Test func manySmallChunksAreRefused() {
        let chunk = "1;extension=value\r\na\r\n"
        #expect(refusal(ofChunks: String(repeating: chunk, count: 2000)) == "chunk-overhead")
    }

    @Test func trailersAreDroppedUnlessTheyFrameOrRoute() {
        let exchange = RecordedExchange(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Sum: 1\r\n\r\n"
                + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(exchange.requests == ["POST / 1.1 \"a\"", "GET /next 1.1"])
        for name in ["Content-Length", "Transfer-Encoding", "host", "Authorization", "Connection"] {
            #expect(refusal(ofChunks: "0\r\n\(name): 1\r\n\r\n") == "trailer", "\(name)")
        }
    }

    @Test func trailersAreReadAsStrictlyAsHeaders() {
        #expect(refusal(ofChunks: "0\r\nX : 1\r\n\r\n") == "whitespace-before-colon")
        #expect(refusal(ofChunks: "0\r\nX: 1\n\r\n") == "bare-lf")
        #expect(refusal(ofChunks: "0\r\n X: 1\r\n\r\n") == "whitespace-before-fields")
        #expect(refusal(ofChunks: "0\r\nX: " + String(repeating: "a", count: 5000)) == "trailer-too-large")
        #expect(refusal(ofChunks: "0\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")?.isEmpty == false)
    }

    @Test func contentBeyondTheLimitIsRefused() {
        let head = "POST / HTTP/1.1\r\nHost: a\r\n"
        let chunked = RecordedExchange(
            Array((head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n").utf8)
        ) { $0.maximumBodyBytes = 9 }
        #expect(chunked.refusal == "body-too-large")
        let fixed = RecordedExchange(Array((head + "Content-Length: 10\r\n\r\n").utf8)) { $0.maximumBodyBytes = 9 }
        #expect(fixed.refusal == "body-too-large")
    }

    @Test func contentThatFailsWhileItIsStreamedFailsTheHandlersStream() {
        let text = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nx\r\n"
        let exchange = RecordedExchange(Array(text.utf8), cutAt: [text.utf8.count - 3]) { $0.maximumWholeBodyBytes = 2 }
        #expect(exchange.requests == ["POST / 1.1 stream: hello"])
        #expect(exchange.refusal == "body: chunk-size")
        #expect(exchange.isClosed)
    }
}
