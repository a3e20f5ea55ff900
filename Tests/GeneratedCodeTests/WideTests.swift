import GoldenWide
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated values that take much room")
struct WideTests {
    @Test(
        "what is stored behind a reference survives, and so does its absence",
        arguments: [
            #"{"home":{"city":"Bern"}}"#,
            #"{"home":{"city":"Bern"},"work":{"city":"Thun","town":"Hünibach"},"place":{"city":"Biel"},"name":"A"}"#,
            #"{"home":{"city":"Bern"},"place":{"latitude":46.9,"longitude":7.4},"position":{"latitude":1.5,"longitude":0.5}}"#,
        ])
    func roundTrip(text: String) async throws {
        let response = try await client(Handler().endpoints).send(.post("/echo").json(text)).expect(200)
        #expect(response.json == (try JSONValue.parse(text)), "\(response.text)")
    }

    @Test("it is a value all the same: a copy keeps what it had")
    func copies() {
        let before = Customer(home: Address(city: "Bern"), work: Address(city: "Thun"))
        var after = before
        after.home.city = "Biel"
        after.work?.city = "Nidau"
        #expect(before.home.city == "Bern" && before.work?.city == "Thun")
        #expect(after.home.city == "Biel" && after.work?.city == "Nidau")
        after.work = nil
        #expect(after.work?.city == nil && before.work?.city == "Thun")
    }

    @Test("a customer with two addresses is no wider than what it holds itself")
    func size() {
        #expect(MemoryLayout<Address>.size > 12 * MemoryLayout<Int>.size)
        #expect(MemoryLayout<Customer>.size < 2 * MemoryLayout<Address>.size)
        #expect(MemoryLayout<Place>.size <= 3 * MemoryLayout<Int>.size)
    }
}
