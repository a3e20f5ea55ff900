import Testing

@testable import LockstepDocument

@Suite("Paths of servers")
struct ServerPathTests {
    private func server(_ url: String, _ variables: [(String, String, [String])] = []) -> Server {
        Server(
            url: url,
            variables: variables.map { Server.Variable(name: $0.0, defaultValue: $0.1, values: $0.2) })
    }

    @Test(
        "the path of an address",
        arguments: [
            ("https://example.com", ""), ("https://example.com/", ""), ("https://example.com/v1", "/v1"),
            ("https://example.com/v1/", "/v1"), ("https://example.com:8080/a/b?c=/d#e", "/a/b"), ("/", ""), ("", ""),
            ("/v1", "/v1"), ("v1/x", "/v1/x"), ("./v1", "/v1"), (".", ""), ("/a/../b/./c", "/b/c"), ("../..", ""),
            ("//example.com/v1", "/v1"), ("/a//b", "/a/b"),
        ])
    func addresses(url: String, path: String) {
        #expect(server(url).basePaths == [path])
    }

    @Test("variables of the path stand for all their values, the default first; those of the host do not count")
    func variables() {
        let many = (0..<100).map(String.init)
        let hosted = server(
            "https://{region}.example.com/{version}/{stage}",
            [("region", "eu", many), ("version", "v2", ["v1", "v2"]), ("stage", "live", [])])
        #expect(hosted.basePaths == ["/v2/live", "/v1/live"])
        let whole = server(
            "{base}/x", [("base", "https://example.com/a", ["https://example.com/a", "/b", "https://c"])])
        #expect(whole.basePaths == ["/a/x", "/b/x", "/x"])
        #expect(server("/{unknown}/x").basePaths == [])
        #expect([server("/{unknown}")].basePaths == [""])
        #expect([server("/a"), server("https://b/a"), server("/")].basePaths == ["/a", ""])
    }

    @Test("too many forms are not listed, and a warning says so")
    func bounds() throws {
        let values = (0..<6).map(String.init)
        let wide = server("/{a}/{b}", [("a", "0", values), ("b", "0", values)])
        #expect(wide.basePaths == ["/0/0"])
        let list = "[\(values.map { "'\($0)'" }.joined(separator: ", "))]"
        let text = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            servers: [{url: '/{a}/{b}', variables: {a: {default: '0', enum: \(list)}, b: {default: '0', enum: \(list)}}}]
            paths: {}
            """
        let result = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        #expect(result.diagnostics.contains { $0.severity == .warning && $0.message.contains("more than 32 forms") })
    }
}
