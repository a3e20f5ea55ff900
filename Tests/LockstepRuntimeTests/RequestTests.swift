import LockstepRuntime
import Testing

@Suite struct RequestTests {
    @Test(arguments: [
        ("/a/b?c=d", "/a/b", "c=d"), ("/", "/", nil), ("/?", "/", ""), ("/a?b?c#d", "/a", "b?c"),
        ("http://host:1/a?b", "/a", "b"), ("http://host", "/", nil), ("http://host?x", "/", "x"), ("*", "*", nil),
        ("/a%2Fb", "/a%2Fb", nil), ("//a", "//a", nil),
    ])
    func splitsTargets(_ target: String, _ path: String, _ query: String?) {
        let request = Request(.get, target)
        #expect(request.path == path)
        #expect(request.query.map(String.init) == query)
        #expect(request.target == target)
    }

    @Test func collectsStreamsUpToALimit() async throws {
        let pieces: [[UInt8]] = [[1, 2], [], [3]]
        let body = try await RequestBody.stream(BufferedBodySource(pieces)).collect(limit: 3)
        #expect(body == [1, 2, 3])
        await #expect(throws: Problem.self) {
            _ = try await RequestBody.stream(BufferedBodySource(pieces)).collect(limit: 2)
        }
        #expect(try await RequestBody.empty.collect(limit: 0).isEmpty)
    }

    @Test func changedCopiesLeaveTheOriginal() {
        let request = Request(.post, "/a", headers: ["A": "1"], body: .bytes([1]))
        let changed = request.with(headers: ["B": "2"], isSecure: true)
        #expect(request.headers["A"] == "1")
        #expect(!request.isSecure)
        #expect(changed.headers["A"] == nil)
        #expect(changed.isSecure)
        #expect(changed.method == .post)
    }
}
