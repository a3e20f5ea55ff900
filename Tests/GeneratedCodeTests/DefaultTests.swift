import GoldenDefaults
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated defaults")
struct DefaultTests {
    private func echo(_ body: String, _ query: String = "") async throws -> TestResponse {
        try await client(Handler().endpoints).send(.post("/echo\(query)").json(body))
    }

    private let defaults = [
        #""retries":{"limit":3,"in":2,"wait":{"unit":"hour","count":5}}"#, #""batch":"auto""#,
        #""timing":{"kind":"once","at":"2026-01-01T00:00:00Z"}"#, #""labels":{"team":"core \"A\""}"#,
        #""since":"2026-01-01T00:00:00.500Z""#,
    ].joined(separator: ",")

    @Test("what is absent has its default, objects and unions too")
    func absent() async throws {
        #expect(try await echo(#"{"name":"a"}"#).expect(200).text == #"{"name":"a","# + defaults + "}")
        #expect(String(decoding: try Job(name: "a").encoded(), as: UTF8.self) == #"{"name":"a","# + defaults + "}")
    }

    @Test("what is there is taken as it is")
    func present() async throws {
        let text =
            #"{"name":"a","retries":{"limit":1},"batch":7,"timing":{"kind":"daily","hour":3},"labels":{},"#
            + #""since":"2027-01-01T00:00:00Z","next":{"name":"b","# + defaults + "}}"
        #expect(try await echo(text).expect(200).text == text)
    }

    @Test("a parameter that is an object has one too, and its own members theirs")
    func parameter() async throws {
        #expect(try await echo(#"{"name":"a"}"#).expect(200).headers["X-Size"] == "20")
        #expect(try await echo(#"{"name":"a"}"#, "?page[number]=3").expect(200).headers["X-Size"] == "60")
        #expect(try await echo(#"{"name":"a"}"#, "?page[size]=7").expect(200).headers["X-Size"] == "0")
    }
}
