// expect: missing argument for parameter 'to' in call
// A request-scoped database handle without the principal of the request.
import LockstepPostgres
import LockstepRuntime

func handle(_ database: Database) -> ScopedDatabase { database.scoped() }
