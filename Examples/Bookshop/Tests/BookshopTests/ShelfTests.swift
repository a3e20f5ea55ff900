import Bookshop
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("The shelf")
struct ShelfTests {
    private let client: TestClient

    init() throws {
        var configuration = APIService.Configuration()
        configuration.validatesResponses = true
        client = .inProcess(
            try APIService(
                Shelf().endpoints, authenticators: Door(key: "open").authenticators, configuration: configuration))
    }

    private func book(_ isbn: String, _ amount: String, genre: String = "fiction") -> JSONValue {
        [
            "isbn": .string(isbn), "title": "A book", "genre": .string(genre),
            "price": ["amount": .string(amount), "currency": "EUR"],
        ]
    }

    @Test("a book is put on the shelf and found there")
    func addAndGet() async throws {
        try await client.post("/books", json: book("9780000000001", "12.50"), bearer: "open").expect(201)
            .expect(header: "Location", "/books/9780000000001")
        let found = try await client.get("/books/9780000000001").expect(200)
        #expect(found.json?["price"]?["amount"]?.string == "12.50")
        #expect(found.json?["addedAt"]?.string != nil)
        try await client.post("/books", json: book("9780000000001", "1.00"), bearer: "open").expect(409)
        try await client.get("/books/9780000000009").expect(404)
    }

    @Test("only staff puts books on the shelf")
    func security() async throws {
        try await client.post("/books", json: book("9780000000001", "12.50")).expect(401)
        try await client.post("/books", json: book("9780000000001", "12.50"), bearer: "guess").expect(401)
    }

    @Test("what the document does not allow never reaches the shelf")
    func validation() async throws {
        let answer = try await client.post("/books", json: book("97800", "12.5"), bearer: "open").expect(400)
        #expect(answer.failures.count == 2)
        try await client.get("/books?limit=0").expect(400)
    }

    @Test("subscribers are told of a book, until they do not want to know")
    func newsletter() async throws {
        let receiver = TestReceiver { request in OutgoingResponse(request.url.host == "gone.example" ? 410 : 204) }
        let newsletter = Newsletter(sender: MessageSender(receiver))
        let price = Money(amount: try #require(Decimal("12.50")), currency: .eur)
        let book = Book(isbn: "9780000000001", title: "A book", price: price)
        let urls = ["https://here.example/new", "https://gone.example/", "http://127.0.0.1/"]
        #expect(try await newsletter.announce(book, to: urls) == [urls[0], urls[2]])
        // The last one is no address that a stranger may name: nothing was sent.
        #expect(receiver.requests.map(\.url.host) == ["here.example", "gone.example"])
    }

    @Test("the list is sorted by price and may be narrowed")
    func list() async throws {
        for (isbn, amount, genre) in [
            ("9780000000001", "9.00", "fiction"), ("9780000000002", "10.00", "cooking"),
            ("9780000000003", "1.00", "cooking"),
        ] {
            try await client.post("/books", json: book(isbn, amount, genre: genre), bearer: "open").expect(201)
        }
        let all = try await client.get("/books?limit=2").expect(200)
        #expect(all.json?.array?.compactMap { $0["isbn"]?.string } == ["9780000000003", "9780000000001"])
        let cooking = try await client.get("/books?genre=cooking").expect(200)
        #expect(cooking.json?.array?.count == 2)
    }
}
