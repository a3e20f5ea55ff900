// expect: value of optional type 'Genre?' must be unwrapped
// A property that may be absent used as if it were always there.
import Bookshop
import LockstepRuntime

func genre(of book: Book) -> Genre { book.genre }
