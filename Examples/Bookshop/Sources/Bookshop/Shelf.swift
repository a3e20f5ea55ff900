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
        return isNew ? .created(book, location: "/books/\(book.isbn)") : .conflict
    }

    public func getBook(_ input: GetBook.Input, _ context: RequestContext) async throws -> GetBook.Output {
        guard let book = books.withLock({ $0[input.isbn] }) else { return .notFound }
        return .ok(book)
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
