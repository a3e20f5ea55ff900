import GoldenResponses
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated responses")
struct ResponseTests {
    @Test("a status with its headers and content")
    func json() async throws {
        let response = try await client(Handler().endpoints).get("/things/json").expect(200)
            .expect(header: "ETag", "\"1\"").expect(header: "X-Ids", "1,2")
            .expect(header: "Content-Type", "application/json")
        #expect(response.text == #"{"id":"json"}"#)
    }

    @Test("other media types of the same status")
    func mediaTypes() async throws {
        let client = try client(Handler().endpoints)
        let csv = try await client.get("/things/csv").expect(200).expect(header: "Content-Type", "text/csv")
        #expect(csv.text == "a,b")
        let image = try await client.get("/things/image").expect(200).expect(header: "Content-Type", "image/png")
        #expect(image.body == [1, 2, 3])
        let parts = try await client.get("/things/parts").expect(206)
            .expect(header: "Content-Type", "application/json")
        #expect(parts.text == "[1,2]")
    }

    @Test("no content, ranges and the default")
    func others() async throws {
        let client = try client(Handler().endpoints)
        #expect(try await client.get("/things/same").expect(304).body.isEmpty)
        let teapot = try await client.get("/things/teapot").expect(418)
        #expect(teapot.json?["message"]?.string == "short and stout")
        _ = try await client.get("/things/other").expect(500)
    }

    @Test("an operation without responses answers any status")
    func undeclared() async throws {
        #expect(try await client(Handler().endpoints).get("/silence").expect(202).body.isEmpty)
    }

    @Test("routes begin where the service says: at the root, behind the servers of the document, behind another path")
    func basePaths() async throws {
        func statuses(_ base: BasePath) async throws -> [Int] {
            var configuration = APIService.Configuration()
            configuration.basePath = base
            let client = TestClient.inProcess(try APIService(Handler().endpoints, configuration: configuration))
            var statuses: [Int] = []
            for path in ["/things/json", "/v1/things/json", "/v2/things/json", "/api/things/json"] {
                statuses.append(try await client.get(path).status.code)
            }
            return statuses
        }
        #expect(try await statuses(.none) == [200, 404, 404, 404])
        #expect(try await statuses(.document) == [404, 200, 200, 404])
        #expect(try await statuses("/api") == [404, 404, 404, 200])
        await #expect(throws: ServiceConfigurationError.self) { try await statuses("api") }
    }
}
