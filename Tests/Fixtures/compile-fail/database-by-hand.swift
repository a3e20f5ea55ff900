// expect: initializer is inaccessible due to 'internal' protection level
// A request-scoped database handle made without asking the database.
import LockstepPostgres
import LockstepRuntime

func handle(_ database: Database) -> ScopedDatabase { ScopedDatabase(database.pool, identity: "select 1") }
