import Foundation
import Glibc
import LockstepClient
import LockstepRuntime
import Synchronization
import Testing

/// The transport against receivers that answer whatever they like.
@Suite struct CurlTransportTests {
    private let transport: CurlTransport

    init() throws { transport = try CurlTransport() }

    private func request(
        _ receiver: LocalReceiver, _ method: HTTPMethod = .post, path: String = "/hook?x=1", headers: HTTPFields = [:],
        body: [UInt8]? = nil, timeout: Duration = .seconds(30), maximumResponseSize: Int = 1_000_000
    ) throws -> OutgoingRequest {
        OutgoingRequest(
            method, try OutgoingURL("http://127.0.0.1:\(receiver.port)\(path)"), headers: headers, body: body,
            policy: .development, timeout: timeout, maximumResponseSize: maximumResponseSize)
    }

    private func code(_ request: OutgoingRequest) async -> OutgoingError.Code? {
        do {
            _ = try await transport.send(request)
            return nil
        } catch {
            return (error as? OutgoingError)?.code
        }
    }

    @Test func requestsGoOutAsTheyAreAndResponsesComeBack() async throws {
        let seen = Mutex("")
        let receiver = try LocalReceiver { connection in
            let text = connection.readRequest()
            seen.withLock { $0 = text }
            connection.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
            connection.write("HTTP/1.1 201 Created\r\nX-A: 1\r\nx-a:  2 \r\nContent-Length: 3\r\n\r\nabc")
        }
        let headers: HTTPFields = ["Content-Type": "application/json", "X-Empty": "", "X-Note": "a b"]
        let response = try await transport.send(
            request(receiver, path: "/a/../b?x=%20", headers: headers, body: Array("{\"a\":\"\u{0}\"}".utf8)))
        #expect(response.status == 201)
        #expect(response.headers.values("X-A") == ["1", "2"])
        #expect(response.headers["Link"] == nil)
        #expect(response.body == Array("abc".utf8))
        let text = seen.withLock { $0 }
        #expect(text.hasPrefix("POST /a/../b?x=%20 HTTP/1.1\r\nHost: 127.0.0.1:\(receiver.port)\r\n"))
        #expect(text.hasSuffix("\r\n\r\n{\"a\":\"\u{0}\"}"))
        for line in ["Content-Type: application/json", "X-Note: a b", "X-Empty:", "Content-Length: 9"] {
            #expect(text.contains("\r\n\(line)\r\n"), "\(line) in \(text)")
        }
        for name in ["Expect", "Accept-Encoding", "Authorization", "Cookie"] { #expect(!text.contains(name + ":")) }
    }

    @Test(arguments: [
        ("GET", nil, "GET"), ("HEAD", nil, "HEAD"), ("DELETE", nil, "DELETE"), ("POST", "0", "POST"),
        ("PUT", "0", "PUT"),
        ("NOTIFY", nil, "NOTIFY"),
    ])
    func everyMethodGoesOut(method: String, length: String?, start: String) async throws {
        let receiver = try LocalReceiver { connection in
            let lines = connection.readRequest().split(separator: "\r\n")
            let length = lines.first { $0.hasPrefix("Content-Length: ") }?.dropFirst(16) ?? "none"
            connection.write("HTTP/1.1 204 No Content\r\nX-Saw: \(lines[0].prefix { $0 != " " }) \(length)\r\n\r\n")
        }
        let response = try await transport.send(request(receiver, HTTPMethod(method)))
        #expect(response.headers["X-Saw"] == "\(start) \(length ?? "none")")
    }

    @Test func noRedirectIsFollowed() async throws {
        let inside = try LocalReceiver { $0.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret") }
        let receiver = try LocalReceiver { connection in
            _ = connection.readRequest()
            connection.write(
                "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:\(inside.port)/\r\nContent-Length: 0\r\n\r\n"
            )
        }
        #expect(try await transport.send(request(receiver)).status == 307)
        #expect(inside.connections == 0 && receiver.connections == 1)
    }

    @Test func theAddressIsJudgedWhenTheConnectionIsMade() async throws {
        let receiver = try LocalReceiver { $0.waitForEnd() }
        for (host, scheme, policy) in [
            ("localhost", "https", OutgoingPolicy.strict), ("localhost", "http", .strict),
            ("127.0.0.1", "https", .strict),
            ("localhost", "https", OutgoingPolicy(allowsPrivateNetworks: true)), ("[::1]", "https", .strict),
            ("[::ffff:127.0.0.1]", "https", .strict), ("0.0.0.0", "http", .development),
            ("10.255.255.1", "https", .strict),
            ("169.254.169.254", "http", .development),
        ] {
            // The URL is not asked about here, as if a name had led there.
            let url = try OutgoingURL("\(scheme)://\(host):\(receiver.port)/")
            let found = await code(OutgoingRequest(.get, url, policy: policy))
            #expect(found == .forbiddenURL, "\(host)")
        }
        #expect(receiver.connections == 0)
    }

    @Test func aReceiverThatNeverAnswersIsGivenUp() async throws {
        let silent = try LocalReceiver { $0.waitForEnd() }
        #expect(await code(try request(silent, timeout: .milliseconds(150))) == .timeout)
        let slow = try LocalReceiver { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            connection.waitForEnd()
        }
        #expect(await code(try request(slow, timeout: .milliseconds(150))) == .timeout)
    }

    @Test func aResponseOfHundredMegabytesIsCutOff() async throws {
        for head in ["Content-Length: 104857600", "Transfer-Encoding: chunked", "Connection: close"] {
            let sent = Mutex(0)
            let receiver = try LocalReceiver { connection in
                _ = connection.readRequest()
                connection.write("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n")
                let piece = [UInt8](repeating: 65, count: 65_536)
                let chunk = head.hasSuffix("chunked") ? Array("10000\r\n".utf8) + piece + [13, 10] : piece
                while sent.withLock({ $0 }) < 104_857_600, connection.write(chunk) {
                    sent.withLock { $0 += piece.count }
                }
            }
            #expect(await code(try request(receiver, maximumResponseSize: 100_000)) == .badResponse, "\(head)")
            #expect(sent.withLock { $0 } < 32_000_000, "\(head)")
        }
    }

    @Test func aHeadWithoutEndIsCutOff() async throws {
        let receiver = try LocalReceiver { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\n")
            while connection.write("X-A: \(String(repeating: "a", count: 1_000))\r\n") {}
        }
        #expect(await code(try request(receiver)) == .badResponse)
        let hints = try LocalReceiver { connection in
            _ = connection.readRequest()
            while connection.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n") {}
        }
        #expect(await code(try request(hints)) == .badResponse)
    }

    @Test(arguments: [
        "", "hello\r\n\r\n", "HTTP/0.9\r\n\r\n", "HTTP/1.1 999 X\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
    ])
    func whatIsNoResponseIsAnError(answer: String) async throws {
        let receiver = try LocalReceiver { connection in
            _ = connection.readRequest()
            connection.write(answer)
        }
        let found = await code(try request(receiver))
        #expect(found == .badResponse || found == .connection, "\(String(describing: found))")
    }

    @Test func compressedContentStaysAsItCame() async throws {
        let receiver = try LocalReceiver { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")
        }
        #expect(try await transport.send(request(receiver)).body == Array("abc".utf8))
    }

    @Test func nobodyThereIsAnErrorThatMayPass() async throws {
        let port = try LocalReceiver { _ in }.port
        let url = try OutgoingURL("http://127.0.0.1:\(port)/")
        let error = await #expect(throws: OutgoingError.self) {
            try await transport.send(OutgoingRequest(.get, url, policy: .development))
        }
        #expect(error?.code == .connection && error?.isRetryable == true)
        let unknown = try OutgoingURL("https://name.invalid/")
        #expect(await code(OutgoingRequest(.get, unknown)) == .connection)
    }

    @Test func slowReceiversHoldUpNobodyElse() async throws {
        let silent = try LocalReceiver { $0.waitForEnd() }
        let quick = try LocalReceiver { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 204 No Content\r\n\r\n")
        }
        let transport = try CurlTransport(maximumRequests: 65)
        // Long: none of them is to end before it is cancelled, whatever else the machine does.
        let patience = Duration.seconds(600)
        try await withThrowingTaskGroup(of: OutgoingResponse.self) { group in
            for _ in 0..<64 {
                let request = try request(silent, timeout: patience)
                group.addTask { try await transport.send(request) }
            }
            while silent.connections < 64 { await Task.yield() }
            #expect(try await transport.send(request(quick)).status == 204)
            // One more than it takes, while the others wait: they are under way, and so are two.
            let (first, second) = (try request(silent, timeout: patience), try request(silent, timeout: patience))
            group.addTask { try await transport.send(first) }
            while silent.connections < 65 { await Task.yield() }
            let error = await #expect(throws: OutgoingError.self) { try await transport.send(second) }
            #expect(error?.code == .busy)
            group.cancelAll()
            while let result = await group.nextResult() {
                guard case .failure(let error) = result else {
                    Issue.record("a cancelled request has a response")
                    continue
                }
                #expect(error is CancellationError)
            }
        }
        #expect(try await transport.send(request(quick)).status == 204)
    }
}
