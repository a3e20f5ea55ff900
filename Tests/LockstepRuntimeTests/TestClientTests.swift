import Glibc
import LockstepRuntime
@testable import LockstepTesting
import Testing

@Suite struct TestClientTests {
    private static func read(_ text: String, isHead: Bool = false) throws -> TestResponse {
        try ResponseReader.read(Array(text.utf8), isHead: isHead)
    }

    @Test func readsResponsesInEveryFraming() throws {
        let plain = try Self.read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nA: b\r\n\r\nhi")
        #expect(plain.text == "hi")
        #expect(plain.headers["a"] == "b")
        let chunked = try Self.read(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 C\r\nTransfer-Encoding: chunked\r\n\r\n2;x=1\r\nhi\r\n0\r\n\r\n")
        #expect(chunked.status == 201)
        #expect(chunked.text == "hi")
        #expect(try Self.read("HTTP/1.1 200 OK\r\n\r\nto the end").text == "to the end")
        #expect(try Self.read("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", isHead: true).body.isEmpty)
        #expect(try Self.read("HTTP/1.1 204 No Content\r\n\r\n").status == 204)
    }

    @Test(arguments: [
        "", "HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi",
        "HTTP/1.1 204 No Content\r\n\r\nx", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\n\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhi\r\n",
    ])
    func refusesMalformedResponses(_ text: String) {
        #expect(throws: ResponseReader.Malformed.self) { try Self.read(text) }
    }

    @Test func expectationsSayWhatCame() throws {
        let response = TestResponse(
            status: 404, headers: ["A": "1"], body: Array(#"{"error":{"code":"NOT_FOUND"}}"#.utf8))
        try response.expect(404, .notFound).expect(header: "A", "1")
        let mismatch = #expect(throws: ResponseMismatch.self) { try response.expect(200) }
        #expect(mismatch?.description.contains("404 Not Found") == true)
        #expect(throws: ResponseMismatch.self) { try response.expect(404, .conflict) }
        #expect(throws: ResponseMismatch.self) { try response.expect(header: "A", "2") }
    }

    @Test func talksOverASocket() async throws {
        let listener = try CannedServer(answer: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
        let response = TestClient.live(port: listener.port)
        async let answer = response.send(.post("/a?b").header("X-A", "1").json("{}"))
        let request = try await listener.serveOne()
        #expect(try await answer.text == "hi")
        #expect(request.hasPrefix("POST /a?b HTTP/1.1\r\nX-A: 1\r\nContent-Type: application/json\r\nHost: 127.0.0.1:"))
        #expect(request.hasSuffix("Connection: close\r\nContent-Length: 2\r\n\r\n{}"))
    }
}

/// Accepts one connection, reads what comes, sends a fixed answer.
private final class CannedServer: Sendable {
    private let descriptor: CInt
    private let answer: String
    let port: UInt16

    init(answer: String) throws {
        self.answer = answer
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        // The C calls take the address of any family through its common prefix.
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                let bound = bind(descriptor, $0, length) == 0 && listen(descriptor, 1) == 0
                return bound && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(status)
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }

    func serveOne() async throws -> String {
        let (descriptor, answer) = (descriptor, answer)
        return try await BlockingThread.run {
            let connection = accept(descriptor, nil, nil)
            defer { close(connection) }
            var received: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 4096)
            while !received.suffix(2).elementsEqual("{}".utf8) {
                let count = recv(connection, &chunk, chunk.count, 0)
                guard count > 0 else { break }
                received += chunk[..<count]
            }
            _ = send(connection, answer, answer.utf8.count, CInt(MSG_NOSIGNAL))
            return String(decoding: received, as: UTF8.self)
        }
    }
}
