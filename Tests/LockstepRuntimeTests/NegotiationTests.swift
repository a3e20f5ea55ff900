@testable import LockstepRuntime
import Testing

@Suite struct NegotiationTests {
    @Test(arguments: [
        ("application/json", "application/json", 1000), ("text/*;q=0.5, application/json;q=0.9", "text/plain", 500),
        ("*/*;q=0.1", "image/png", 100), ("text/*, text/plain;q=0", "text/plain", 0),
        ("application/json", "text/plain", 0), ("APPLICATION/Json; Q=0.25", "application/json", 250),
        ("text/plain;q=2", "text/plain", 0), ("text/plain;q=0.1234", "text/plain", 0), ("garbage", "text/plain", 1000),
    ])
    func weighsMediaTypes(_ accept: String, _ offer: String, _ quality: Int) throws {
        let offer = try #require(MediaType(offer))
        #expect(AcceptHeader(["Accept": accept]).quality(of: offer) == quality)
    }

    @Test func prefersTheHighestWeightThenTheFirstOffer() throws {
        let offers = [MediaType("application", "json"), MediaType("text", "csv")]
        #expect(AcceptHeader(["Accept": "text/csv, application/json;q=0.5"]).preferred(among: offers) == 1)
        #expect(AcceptHeader(["Accept": "*/*"]).preferred(among: offers) == 0)
        #expect(AcceptHeader(["Accept": "image/png"]).preferred(among: offers) == nil)
    }

    @Test(arguments: ["", "text", "text/", "/plain", "text/pl ain", "te(xt/plain", "a/b/c"])
    func refusesWhatIsNoMediaType(_ text: String) {
        #expect(MediaType(text) == nil)
    }

    @Test(arguments: [
        ("application/problem+json", true), ("application/json", false), ("*/*", false),
        ("application/json;q=0.5, application/problem+json", true),
        ("application/json, application/problem+json;q=0.5", false), ("application/problem+json;q=0", false),
    ])
    func formatsErrorsAsAsked(_ accept: String, _ wantsProblem: Bool) {
        #expect((ProblemRenderer.format(accept: ["Accept": accept]) == .problemJSON) == wantsProblem)
    }

    @Test func readsContentTypeParameters() throws {
        func type(_ text: String) -> ContentType? { ContentType(Array(text.utf8)[...]) }
        let quoted = try #require(type("multipart/form-data; boundary=\"a;\\\"b\" ; charset=UTF-8"))
        #expect(quoted["boundary"] == "a;\"b")
        #expect(quoted.isUTF8)
        #expect(type("application/json; charset=iso-8859-1")?.isUTF8 == false)
        #expect(type("application/json; charset") == nil)
        #expect(type("application/json; =x") == nil)
    }
}
