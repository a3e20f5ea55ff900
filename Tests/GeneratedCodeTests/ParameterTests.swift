import GoldenParameters
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated parameters")
struct ParameterTests {
    @Test("parameters of every place are decoded")
    func everything() async throws {
        let target =
            "/items/7/2026-01-31?limit=5&id=x&sort=name,age&filter%5Bmin%5D=3&filter%5Bname%5D=a"
            + "&q=%7B%22on%22%3Atrue%7D"
        let request = TestRequest.get(target).header("Cookie", "session=s1").header("If-Match", "\"e\"")
        let response = try await client(Handler().endpoints).send(request).expect(200)
        #expect(
            response.text == """
                id 7
                date 2026-01-31
                limit 5
                session s1
                queryId x
                sort ["name", "age"]
                filter 3 a
                ifMatch "e"
                q ["on=true"]
                """)
    }

    @Test("an absent parameter has its default, or is nil")
    func defaults() async throws {
        let request = TestRequest.get("/items/1/2026-01-31").header("Cookie", "session=s")
        let response = try await client(Handler().endpoints).send(request).expect(200)
        #expect(response.text == "id 1\ndate 2026-01-31\nlimit 20\nsession s")
    }

    @Test(
        "an empty value means that the parameter is not used, where the document allows that, and is checked elsewhere")
    func empty() async throws {
        let client = try client(Handler().endpoints)
        for query in ["limit=&sort", "limit&sort=", "limit=&id="] {
            let request = TestRequest.get("/items/1/2026-01-31?\(query)").header("Cookie", "session=s")
            let text = try await client.send(request).expect(200).text
            let id = query.hasSuffix("id=") ? "\nqueryId " : ""
            #expect(text == "id 1\ndate 2026-01-31\nlimit 20\nsession s\(id)")
        }
        for query in ["limit=&limit=", "q="] {
            let request = TestRequest.get("/items/1/2026-01-31?\(query)").header("Cookie", "session=s")
            try await client.send(request).expect(400)
        }
    }

    @Test("an exploded object takes the properties that it declares and nothing else")
    func explodedObject() async throws {
        let client = try client(Handler().endpoints)
        func send(_ query: String) async throws -> TestResponse {
            try await client.send(TestRequest.get("/items/1/2026-01-31?\(query)").header("Cookie", "session=s"))
        }
        let there = try await send("from=3&size=5&utm_source=x&limit=7").expect(200)
        #expect(there.text == "id 1\ndate 2026-01-31\nlimit 7\nsession s\npage 3 5")
        // What the document does not name is nobody's, so the object is absent and lacks nothing.
        let absent = try await send("utm_source=x").expect(200)
        #expect(absent.text == "id 1\ndate 2026-01-31\nlimit 20\nsession s")
        #expect(try await send("size=5").expect(400).failures == ["query /page required"])
        // An object in brackets is marked as its own, so what it must not hold is refused.
        #expect(try await send("filter%5Bmax%5D=5").expect(400).failures == ["query /filter/max additionalProperties"])
    }

    @Test("all wrong parameters are reported at once")
    func failures() async throws {
        let response = try await client(Handler().endpoints).get("/items/0/2026-02-31?limit=101&sort=size").expect(400)
        for name in ["id", "date", "limit", "sort", "session"] {
            #expect(response.failures.contains { $0.contains(name) }, "\(name) in \(response.failures)")
        }
    }
}
