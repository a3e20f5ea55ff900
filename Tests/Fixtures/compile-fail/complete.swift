// Compiles: what the other files of this folder leave out or get wrong.
import Bookshop
import LockstepRuntime

struct Complete: BooksAPI {
    func listBooks(_ input: ListBooks.Input, _ context: RequestContext) async throws -> ListBooks.Output { .ok([]) }
    func addBook(
        _ input: AddBook.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> AddBook.Output { .conflict }
    func getBook(_ input: GetBook.Input, _ context: RequestContext) async throws -> GetBook.Output { .notFound }
}
