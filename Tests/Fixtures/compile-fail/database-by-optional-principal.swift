// expect: value of optional type 'Principal?' must be unwrapped
// A request-scoped database handle where the caller may be nobody.
import LockstepPostgres
import LockstepRuntime

func handle(_ database: Database, _ principal: Principal?) -> ScopedDatabase { database.scoped(to: principal) }
