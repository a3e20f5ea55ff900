// expect: type 'Incomplete' does not conform to protocol 'BooksAPI'
// An operation of the document without a handler.
import Bookshop
import LockstepRuntime

struct Incomplete: BooksAPI {
    func listBooks(_ input: ListBooks.Input, _ context: RequestContext) async throws -> ListBooks.Output { .ok([]) }
    func getBook(_ input: GetBook.Input, _ context: RequestContext) async throws -> GetBook.Output { .notFound }
}
