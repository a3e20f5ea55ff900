import GoldenLinks
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated links")
struct LinkTests {
    @Test("the path of a linked operation has the values of the response, and constants")
    func paths() throws {
        let user = User(id: "a/b", next: "x&y")
        #expect(try CreateUser.selfPath(response: user) == "/users/a%2Fb?view=full")
        #expect(
            try CreateUser.ordersPath(response: user)
                == "/users/a%2Fb/orders?status=open,paid&from=1&page=p-x%26y")
        #expect(try GetUser.ordersPath(GetUser.Input(id: "7")) == "/users/7/orders")
    }

    @Test("an optional parameter without a value is left out")
    func leftOut() throws {
        #expect(try CreateUser.ordersPath(response: User(id: "7")) == "/users/7/orders?status=open,paid&from=1")
    }

    @Test("a value that would be no segment of its own is an error", arguments: ["", ".", ".."])
    func segments(_ id: String) {
        #expect(throws: ExpressionError.self) { try CreateUser.selfPath(response: User(id: id)) }
    }

    @Test("a handler's Location leads to what it made")
    func location() async throws {
        let client = try client(Handler().endpoints)
        let made = try await client.send(.post("/users")).expect(201)
        let location = try #require(made.headers["Location"])
        let found = try await client.get(location).expect(200)
        #expect(found.json?["id"]?.string == "a/b c")
        let orders = try await client.get(GetUser.ordersPath(GetUser.Input(id: "7"))).expect(200)
        #expect(orders.text == #""12""#)
    }
}
