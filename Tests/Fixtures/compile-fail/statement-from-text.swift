// expect: cannot convert value of type 'String' to expected argument type 'SQL'
// Text from outside as a statement.
import LockstepPostgres
import LockstepRuntime

func run(_ database: ScopedDatabase, _ text: String) async throws { _ = try await database.query(text) }
