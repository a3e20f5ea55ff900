import LockstepEventLoop
import LockstepRuntime
import LockstepTesting
import Testing

@testable import LockstepServer

/// The same requests, in process and over a socket: the connection changes nothing that a client sees.
@Suite struct LiveClientTests {
    private static let requests: [TestRequest] = [
        .get("/api/things/1"), .head("/api/things/1"), .get("/api/things"),
        .get("/api/things").header("X-Key", "user1"),
        .post("/api/auth/login"), .post("/api/auth/login").json("{}"), .delete("/api/things/1"), .get("/nothing"),
        .put("/api/auth/login"), .options("/api/things"), .get("/stream"), .head("/stream"),
        .get("/text"), .head("/text"),
    ]

    /// The small service, beside responses of other framings.
    private static func responder() throws -> any Responder {
        let service = try SmallService.make()
        return ClosureResponder { request, context in
            switch request.path {
            case "/stream":
                let source = BufferedBodySource([Array("one ".utf8), Array("two".utf8)])
                return Response(200, headers: ["Content-Type": "text/plain"], body: .stream(length: nil, source))
            case "/text": return .text("grüß")
            default: return await service.respond(to: request, context)
            }
        }
    }

    @Test func answersAreTheSameLiveAndInProcess() async throws {
        let responder = try Self.responder()
        let inProcess = TestClient.inProcess(responder)
        try await withServer(responder: { try await responder.respond(to: $0, $1) }) { fixture in
            let live = TestClient.live(port: UInt16(fixture.address.port))
            for request in Self.requests {
                let expected = try await inProcess.send(request)
                let answer = try await live.send(request)
                let name = "\(request.method) \(request.target)"
                #expect(answer.status == expected.status, "\(name)")
                // Server errors name the request, which differs.
                if !answer.status.isServerError { #expect(answer.text == expected.text, "\(name)") }
                for field in expected.headers {
                    #expect(answer.headers.values(field.name) == [field.value], "\(name) \(field.name)")
                }
            }
        }
    }
}
