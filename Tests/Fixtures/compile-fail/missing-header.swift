// expect: missing argument for parameter 'location' in call
// A required header of the response left out.
import Bookshop
import LockstepRuntime

func answer(_ book: Book) -> AddBook.Output { .created(book) }
