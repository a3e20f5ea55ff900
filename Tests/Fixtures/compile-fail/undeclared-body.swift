// expect: cannot convert value of type 'String' to expected argument type 'Book'
// A body that the document does not declare for the status.
import Bookshop
import LockstepRuntime

func answer() -> GetBook.Output { .ok("The book") }
