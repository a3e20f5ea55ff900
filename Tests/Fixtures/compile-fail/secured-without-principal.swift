// expect: type 'Careless' does not conform to protocol 'BooksAPI'
// A secured operation whose handler does not take the principal.
import Bookshop
import LockstepRuntime

struct Careless: BooksAPI {
    func listBooks(_ input: ListBooks.Input, _ context: RequestContext) async throws -> ListBooks.Output { .ok([]) }
    func addBook(_ input: AddBook.Input, _ context: RequestContext) async throws -> AddBook.Output { .conflict }
    func getBook(_ input: GetBook.Input, _ context: RequestContext) async throws -> GetBook.Output { .notFound }
}
