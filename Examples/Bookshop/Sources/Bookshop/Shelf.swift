public import LockstepRuntime
import Synchronization

/// The shop: books in memory.
public final class Shelf: BooksAPI {
    private let books = Mutex<[String: Book]>([:])

    /// An empty shelf.
    public init() {}

    public func listBooks(_ input: ListBooks.Input, _ context: RequestContext) async throws -> ListBooks.Output {
        let books = books.withLock { Array($0.values) }
        let chosen = books.filter { input.genre == nil || $0.genre == input.genre }
        let cheapest = chosen.sorted { ($0.price.amount, $0.isbn) < ($1.price.amount, $1.isbn) }
        return .ok(Array(cheapest.prefix(input.limit)))
    }

    public func addBook(
        _ input: AddBook.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> AddBook.Output {
        let new = input.body
        let book = Book(
            isbn: new.isbn, title: new.title, genre: new.genre, price: new.price, addedAt: context.now)
        let isNew = books.withLock { shelf in
            guard shelf[book.isbn] == nil else { return false }
            shelf[book.isbn] = book
            return true
        }
        guard isNew else { return .conflict }
        return .created(book, location: try AddBook.selfPath(response: book))
    }

    public func getBook(_ input: GetBook.Input, _ context: RequestContext) async throws -> GetBook.Output {
        guard let book = books.withLock({ $0[input.isbn] }) else { return .notFound }
        return .ok(book)
    }
}

/// Those who want to know of new books.
public struct Newsletter: Sendable {
    private let webhooks: Webhooks

    /// A newsletter that `sender` delivers: in production with CurlTransport of LockstepClient.
    public init(sender: MessageSender) {
        webhooks = Webhooks(sender: sender)
    }

    /// Tells the subscribers of a book, and gives those who still want to know of the next one. Throws where the book itself is not
    /// what the document allows.
    public func announce(_ book: Book, to subscribers: [String]) async throws -> [String] {
        var remaining: [String] = []
        for url in subscribers {
            do {
                if case .gone = try await webhooks.bookAdded(BookAdded.Input(body: book), to: url) { continue }
            } catch let error as OutgoingError where error.code != .invalidMessage {
                // Nobody is there: the next book may find somebody.
            }
            remaining.append(url)
        }
        return remaining
    }
}

/// Lets those in who know the key.
public struct Door: SecurityAPI {
    private let key: String

    /// A door that opens for this key.
    public init(key: String) {
        self.key = key
    }

    public func staff(_ credential: BearerCredential, _ context: RequestContext) async throws -> Principal {
        guard credential.token == key else { throw AuthenticationError(.invalid) }
        return Principal(subject: "staff")
    }
}
