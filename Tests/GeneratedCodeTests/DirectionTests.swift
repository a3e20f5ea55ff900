import GoldenDirections
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Types of requests and responses")
struct DirectionTests {
    private let id = UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))

    @Test("a request need not carry what is read only, a response does not carry what is write only")
    func directions() async throws {
        let response = try await client(Handler(id: id).endpoints)
            .send(.post("/users").json(#"{"name":"Ada","password":"secret"}"#)).expect(201)
        #expect(response.text == #"{"id":"01020304-0506-0708-090a-0b0c0d0e0f10","name":"Ada, 6 characters"}"#)
    }

    @Test("what is required in a request stays required")
    func required() async throws {
        let response = try await client(Handler(id: id).endpoints)
            .send(.post("/users").json(#"{"name":"Ada"}"#)).expect(400)
        #expect(response.failures.count == 1)
        #expect(response.text.contains("password"))
    }
}
