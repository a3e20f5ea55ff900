import GoldenTuples
import LockstepJSON
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated tuples")
struct TupleTests {
    private func echo(_ body: String, _ query: String = "") async throws -> TestResponse {
        try await client(Handler().endpoints).send(.post("/echo\(query)").json(body))
    }

    @Test(
        "elements of all kinds survive decoding and encoding",
        arguments: [
            #"{"at":[7.5,46.0]}"#, #"{"at":[7.5,46.0,4478.0]}"#, #"{"at":[1.0,2.0],"path":[[1.0,2.0],[3.0,4.0,5.0]]}"#,
            #"{"at":[1.0,2.0],"label":["label","a",null,"1.50",2]}"#,
            #"{"at":[1.0,2.0],"label":["label","a","b","1.50",2,"c",[1,2],[],[3]]}"#,
            #"{"at":[1.0,2.0],"free":[]}"#, #"{"at":[1.0,2.0],"free":[true,{"a":[null]},1]}"#,
            #"{"at":[1.0,2.0],"free":[true,null]}"#,
            #"{"at":[1.0,2.0],"free":[true,null,null]}"#,
        ])
    func roundTrip(text: String) async throws {
        #expect(try await echo(text).expect(200).text == text)
    }

    @Test("an element that may be left out keeps its place where a later one is there")
    func gaps() async throws {
        var label = Reading.Label(second: "a", fifth: 3)
        #expect(label.third.isAbsent && label.fourth == nil && label.first == "label")
        #expect(String(decoding: try label.encoded(), as: UTF8.self) == #"["label","a",null,null,3]"#)
        label.rest = [.list(Reading.Label.RestElement.List(first: 1))]
        #expect(String(decoding: try label.encoded(), as: UTF8.self) == #"["label","a",null,null,3,[1]]"#)
        #expect(String(decoding: try Position(longitude: 1, latitude: 2).encoded(), as: UTF8.self) == "[1.0,2.0]")
    }

    @Test("a default stands for an element that is left out where those before it are there")
    func defaults() async throws {
        let sent = #"{"at":[1.0,2.0],"label":["label","a"],"range":[5]}"#
        let response = try await echo(sent).expect(200)
        #expect(response.text == #"{"at":[1.0,2.0],"label":["label","a"],"range":[5,10]}"#)
    }

    @Test(
        "what is too short, too long or of another type is refused at its place",
        arguments: [
            (#"{"at":[1]}"#, "/at"), (#"{"at":[1,2,3,4]}"#, "/at/3"), (#"{"at":[1,"2"]}"#, "/at/1"),
            (#"{"at":{"0":1}}"#, "/at"), (#"{"at":[1,2],"label":["other","a"]}"#, "/label/0"),
            (#"{"at":[1,2],"label":["label","a",1]}"#, "/label/2"),
            (#"{"at":[1,2],"label":["label","a",null,"1",2,[1,"2"]]}"#, "/label/5"),
            (#"{"at":[1,2],"free":[null]}"#, "/free/0"),
        ])
    func refusals(body: String, place: String) async throws {
        let response = try await echo(body).expect(400)
        #expect(response.failures.contains { $0.contains(place) }, "\(place) in \(response.failures)")
    }

    @Test("a parameter and a header may be tuples")
    func text() async throws {
        try await echo(#"{"at":[1.0,2.0]}"#, "?near=7.5&near=46").expect(200).expect(header: "X-Near", "7.5,46.0")
        try await echo(#"{"at":[1.0,2.0]}"#, "?near=7.5").expect(400)
    }
}
