import GoldenNames
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated names")
struct NameTests {
    @Test("names that Swift has a meaning for reach the wire unchanged")
    func wire() async throws {
        let response = try await client(Handler().endpoints).get("/error").expect(200)
        #expect(
            response.text
                == #"{"class":"a","self":"b","json":"c","user-id":"d","userId":"e","@type":"f","1st":true}"#)
    }

    @Test("what a handler does not implement answers 501 where it opts in")
    func unimplemented() async throws {
        _ = try await client(Handler().endpoints).get("/UserName").expect(501)
    }

    @Test("the document is embedded")
    func document() throws {
        #expect(try JSONValue.parse(Contract.documentJSON.description)["info"]?["title"]?.string == "Names")
        #expect(Contract.documentYAML.description.contains("title: Names"))
    }
}
