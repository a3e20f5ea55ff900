import LockstepEventLoop
import LockstepPostgres
import LockstepRuntime
import PlatformAuth
import PlatformTestSupport
import Testing

/// D-A07: what one instance, or a person with `psql`, changes, the others know at once.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct SessionWatcherTests {
    /// Lets the loop's other work run until `condition` holds, for a minute at most.
    private func wait(_ auth: AuthFixture, until condition: () -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while !condition() {
            try #require(ContinuousClock.now < deadline, "nothing was heard within a minute")
            try await auth.database.loop.sleep(for: .milliseconds(2))
        }
    }

    @Test func changesInTheDatabaseEmptyTheCache() async throws {
        try await withAuth { auth in
            let owner = auth.database.owner.system
            auth.verified.setTold(false)
            let watcher = try #require(SessionWatcher(auth.database.auth, auth.verified, on: auth.database.loop))
            let running = Task(executorPreference: auth.database.loop) { await watcher.run() }

            /// Signs in until the token is kept, which happens once the watcher listens.
            func cached() async throws -> AuthService.Grant {
                let grant = try await auth.service.login(
                    email: "ada@example.com", password: AuthFixture.password, from: auth.origin, at: auth.now)
                let deadline = ContinuousClock.now + .seconds(60)
                repeat {
                    try #require(ContinuousClock.now < deadline, "the watcher does not listen")
                    _ = try await auth.service.authenticate(grant.accessToken, at: auth.now)
                } while auth.verified.count == 0
                return grant
            }

            _ = try await auth.register()
            let first = try await cached()
            try await owner.execute("update auth.users set role = 'VENDOR'")
            try await wait(auth) { auth.verified.count == 0 }
            let principal = try await auth.service.authenticate(first.accessToken, at: auth.now)
            #expect(principal.roles == ["VENDOR"])

            try await owner.execute("update auth.sessions set revoked_at = now(), revoke_reason = 'logout'")
            try await wait(auth) { auth.verified.count == 0 }
            await #expect(throws: AuthenticationError.self) {
                try await auth.service.authenticate(first.accessToken, at: auth.now)
            }

            let second = try await cached()
            try await owner.execute("update auth.users set name = 'Ada L.'")  // nothing that tokens depend on
            _ = try await auth.service.authenticate(second.accessToken, at: auth.now)
            #expect(auth.verified.count > 0)

            // The connection is lost: nothing may be believed until it is back.
            try await owner.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()"
            )
            try await wait(auth) { auth.verified.count == 0 }
            watcher.stop()
            await running.value
        }
    }
}
