import GoldenUnions
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated unions")
struct UnionTests {
    @Test(
        "each alternative survives",
        arguments: [
            #"{"shape":{"type":"circle","radius":1.5},"label":"a","pet":{"lives":9},"amount":"1.50"}"#,
            #"{"shape":{"type":"group","first":{"type":"group","first":{"type":"circle","radius":2.0}}},"label":7,"amount":"2"}"#,
            #"{"shape":{"type":"circle","radius":0.5},"label":null,"weight":"","amount":"1"}"#,
            #"{"shape":{"type":"circle","radius":0.5},"weight":"auto","amount":"1"}"#,
            #"{"shape":{"type":"circle","radius":0.5},"weight":2.5,"amount":"1"}"#,
            #"{"shape":{"type":"circle","radius":0.5},"label":["left","right"],"pet":{"tricks":["sit"]},"amount":"0.01"}"#,
        ])
    func roundTrip(text: String) async throws {
        let response = try await client(Handler().endpoints).send(.post("/echo").json(text)).expect(200)
        #expect(response.json == (try JSONValue.parse(text)), "\(response.text)")
    }

    @Test("a decimal may come as a number or as text and leaves as text")
    func decimals() async throws {
        let text = #"{"shape":{"type":"circle","radius":1},"amount":12.30}"#
        let response = try await client(Handler().endpoints).send(.post("/echo").json(text)).expect(200)
        #expect(response.json?["amount"]?.string == "12.30")
    }

    @Test("the discriminator decides, also about what is reported")
    func discriminator() async throws {
        let client = try client(Handler().endpoints)
        let circle = #"{"shape":{"type":"circle","first":{"type":"circle","radius":1}},"amount":"1"}"#
        let answer = try await client.send(.post("/echo").json(circle)).expect(400)
        #expect(answer.failures.contains { $0.contains("/shape") })
        let unknown = #"{"shape":{"type":"square"},"amount":"1"}"#
        _ = try await client.send(.post("/echo").json(unknown)).expect(400)
    }

    @Test("alternatives carry their types")
    func construction() throws {
        let shape: Figure = .group(Group(first: .circle(Circle(radius: 1))))
        let drawing = Drawing(shape: shape, label: .value(.integer(3)), pet: .cat(Cat(lives: 9)), amount: 5)
        guard case .group(let group) = drawing.shape, case .circle(let circle) = group.first else {
            Issue.record("the group is lost")
            return
        }
        #expect(circle.radius == 1)
        let light = Drawing(shape: shape, weight: .empty, amount: 5)
        guard case .empty? = light.weight else {
            Issue.record("the only value of an alternative is lost")
            return
        }
    }
}
