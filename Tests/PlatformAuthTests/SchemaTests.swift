import LockstepPostgres
import LockstepRuntime
import PlatformAuth
import PlatformTestSupport
import Testing

/// What the catalogue says about the schema as a whole, asked of the schema itself.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct SchemaTests {
    private func names(_ database: PlatformDatabase, _ sql: SQL) async throws -> [String] {
        try await database.owner.system.query(sql).map { row in try row[0] }
    }

    /// N-12.
    @Test func thePublicSchemaIsEmpty() async throws {
        try await PlatformDatabase.with { database in
            let tables = try await names(
                database, "select tablename::text from pg_tables where schemaname = 'public'")
            #expect(tables == [])
        }
    }

    /// N-25.
    @Test func everyTimeHasAZone() async throws {
        try await PlatformDatabase.with { database in
            let columns = try await names(
                database,
                """
                select table_schema || '.' || table_name || '.' || column_name from information_schema.columns
                where data_type = 'timestamp without time zone'
                    and table_schema in ('auth', 'payments', 'admin', 'events')
                """)
            #expect(columns == [])
        }
    }

    /// T-08.
    @Test func everyForeignKeyIsIndexed() async throws {
        try await PlatformDatabase.with { database in
            let keys = try await names(
                database,
                """
                select conrelid::regclass || ' ' || conname from pg_constraint
                where contype = 'f' and connamespace::regnamespace::text in ('auth', 'payments', 'admin', 'events')
                    and confrelid <> 'payments.currencies'::regclass
                    and not exists (
                        select from pg_index
                        where indrelid = conrelid and (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey)
                """)
            #expect(keys == [])
        }
    }

    /// A-12, P-11: a second index on the same columns costs every write and helps nothing.
    @Test func noIndexIsThereTwice() async throws {
        try await PlatformDatabase.with { database in
            let doubles = try await names(
                database,
                """
                select min(indexrelid::regclass::text) from pg_index
                join pg_class on pg_class.oid = indrelid
                where relnamespace::regnamespace::text in ('auth', 'payments', 'admin', 'events')
                group by indrelid, indkey, indclass, indoption, coalesce(indexprs::text, ''), coalesce(indpred::text, '')
                having count(*) > 1
                """)
            #expect(doubles == [])
        }
    }

    /// T-04: enabled and forced, or the owner would walk past it; currencies are nobody's secret.
    @Test func everyTableForcesItsRowLevelSecurity() async throws {
        try await PlatformDatabase.with { database in
            let open = try await names(
                database,
                """
                select oid::regclass::text from pg_class
                where relkind in ('r', 'p') and relnamespace::regnamespace::text in ('auth', 'payments', 'admin', 'events')
                    and not (relrowsecurity and relforcerowsecurity)
                """)
            #expect(open == ["payments.currencies"])
            let roles = try await names(
                database,
                """
                select rolname::text from pg_roles
                where rolname in ('auth_svc', 'payments_svc') and (rolsuper or rolbypassrls)
                """)
            #expect(roles == [])
        }
    }

    /// T-01.
    @Test func aServiceSeesItsOwnSchemaOnly() async throws {
        try await PlatformDatabase.with { database in
            for (service, sql): (Database, SQL) in [
                (database.payments, "select 1 from auth.users"), (database.auth, "select 1 from payments.payments"),
                (database.auth, "select 1 from admin.audit_logs"),
                (database.auth, "delete from admin.audit_logs"),
                (database.payments, "update payments.payment_transactions set status = 'x'"),
                (database.payments, "delete from payments.payments"),
            ] {
                do {
                    _ = try await service.system.query(sql)
                    Issue.record("allowed: \(sql)")
                } catch let error as PostgresError {
                    #expect(error.sqlState == .insufficientPrivilege)
                }
            }
        }
    }

    /// T-04: no context, no rows.
    @Test func withoutACallerThereIsNothingToSee() async throws {
        try await withAuth { auth in
            let grant = try await auth.register()
            let anonymous = try await auth.database.auth.anonymous.query("select id from auth.users")
            #expect(anonymous.isEmpty)
            let stranger = Principal(subject: UUID().text, roles: ["CUSTOMER"])
            #expect(try await auth.database.auth.scoped(to: stranger).query("select id from auth.users").isEmpty)
            let own = Principal(subject: grant.account.id.text, roles: ["CUSTOMER"])
            #expect(try await auth.database.auth.scoped(to: own).query("select id from auth.users").count == 1)
            await #expect(throws: PostgresError.self) {
                try await auth.database.auth.scoped(to: own).execute("update auth.users set role = 'ADMIN'")
            }
        }
    }

    /// the database moves `updated_at`, whoever changes the row.
    @Test func aChangedAccountSaysWhen() async throws {
        try await withAuth { auth in
            _ = try await auth.register()
            let rows = try await auth.database.owner.system.query(
                "update auth.users set name = 'Ada L.' returning updated_at > created_at, version")
            let row = try rows.one()
            let moved: Bool = try row[0]
            let version: Int32 = try row[1]
            #expect(moved && version == 2)
        }
    }
}
