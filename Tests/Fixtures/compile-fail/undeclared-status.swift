// expect: type 'GetBook.Output' has no member 'gone'
// A status that the document does not declare.
import Bookshop
import LockstepRuntime

func answer() -> GetBook.Output { .gone }
