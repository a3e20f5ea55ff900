import LockstepPostgres
import LockstepRuntime
import PlatformAuth
import PlatformCore
import PlatformTestSupport
import Testing

@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct SessionTests {
    @Test func eachRefreshGivesANewPair() async throws {
        try await withAuth { auth in
            let first = try await auth.register()
            let second = try await auth.service.refresh(first.refreshToken, from: auth.origin, at: auth.now + 60)
            #expect(second.refreshToken != first.refreshToken)
            let third = try await auth.service.refresh(second.refreshToken, from: auth.origin, at: auth.now + 120)
            #expect(third.account == first.account)
            _ = try await auth.service.authenticate(third.accessToken, at: auth.now + 120)
        }
    }

    /// D-A01: a stolen token is used after its owner has used it, or the other way round; both lose the session.
    @Test func aReplayedRefreshTokenEndsTheWholeFamily() async throws {
        try await withAuth { auth in
            let first = try await auth.register()
            let second = try await auth.service.refresh(first.refreshToken, from: auth.origin, at: auth.now + 60)
            let third = try await auth.service.refresh(second.refreshToken, from: auth.origin, at: auth.now + 120)
            await #expect(throws: AuthError.refreshTokenReused) {
                try await auth.service.refresh(first.refreshToken, from: auth.origin, at: auth.now + 180)
            }
            await #expect(throws: AuthError.invalidRefreshToken) {
                try await auth.service.refresh(third.refreshToken, from: auth.origin, at: auth.now + 180)
            }
            await #expect(throws: AuthenticationError.self) {
                try await auth.service.authenticate(third.accessToken, at: auth.now + 180)
            }
            #expect(try await auth.audited("auth.token_reuse") == 1)
        }
    }

    /// D-A02: several tabs refresh at once.
    @Test func twentyParallelRefreshesGetTheSameSuccessor() async throws {
        try await withAuth { auth in
            let first = try await auth.register()
            let tokens = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await auth.service.refresh(first.refreshToken, from: auth.origin, at: auth.now + 60)
                            .refreshToken
                    }
                }
                return try await group.reduce(into: [String]()) { $0.append($1) }
            }
            #expect(tokens.count == 20 && Set(tokens).count == 1)
            _ = try await auth.service.refresh(tokens[0], from: auth.origin, at: auth.now + 61)
            #expect(try await auth.audited("auth.token_reuse") == 0)
        }
    }

    /// D-A02: an answer that got lost is asked for again; a grandparent is not.
    @Test func theLeewayEndsAfterTenSecondsAndWithTheSuccessorsUse() async throws {
        try await withAuth { auth in
            let first = try await auth.register()
            let second = try await auth.service.refresh(first.refreshToken, from: auth.origin, at: auth.now)
            let again = try await auth.service.refresh(first.refreshToken, from: auth.origin, at: auth.now + 10)
            #expect(again.refreshToken == second.refreshToken)
            await #expect(throws: AuthError.refreshTokenReused) {
                try await auth.service.refresh(first.refreshToken, from: auth.origin, at: auth.now + 11)
            }
        }
        try await withAuth { auth in
            let first = try await auth.register()
            let second = try await auth.service.refresh(first.refreshToken, from: auth.origin, at: auth.now)
            _ = try await auth.service.refresh(second.refreshToken, from: auth.origin, at: auth.now + 1)
            await #expect(throws: AuthError.refreshTokenReused) {
                try await auth.service.refresh(first.refreshToken, from: auth.origin, at: auth.now + 2)
            }
        }
    }

    @Test func withoutLeewayASecondUseIsReuse() async throws {
        try await withAuth(leeway: 0) { auth in
            let first = try await auth.register()
            _ = try await auth.service.refresh(first.refreshToken, from: auth.origin, at: auth.now)
            await #expect(throws: AuthError.refreshTokenReused) {
                try await auth.service.refresh(first.refreshToken, from: auth.origin, at: auth.now)
            }
        }
    }

    /// D-A03: a stolen backup opens no session.
    @Test func neitherATokenNorItsHashIsOfUseFromTheDatabase() async throws {
        try await withAuth { auth in
            let grant = try await auth.register()
            let rows = try await auth.database.owner.system.query(
                "select token_hash, (select string_agg(t::text, ' ') from auth.refresh_tokens t) from auth.refresh_tokens"
            )
            let row = try rows.one()
            let hash: [UInt8] = try row[0]
            let text: String = try row[1]
            #expect(!text.contains(grant.refreshToken))
            for token in [Base64URL.encode(hash), grant.accessToken, "", grant.refreshToken.lowercased()] {
                await #expect(throws: AuthError.invalidRefreshToken) {
                    try await auth.service.refresh(token, from: auth.origin, at: auth.now)
                }
            }
        }
    }

    /// N-07: neither kind of token works as the other.
    @Test func aRefreshTokenIsNoAccessToken() async throws {
        try await withAuth { auth in
            let grant = try await auth.register()
            await #expect(throws: AuthenticationError.self) {
                try await auth.service.authenticate(grant.refreshToken, at: auth.now)
            }
        }
    }

    /// A-03, N-38.
    @Test func afterLogoutBothTokensAreDead() async throws {
        try await withAuth { auth in
            let grant = try await auth.register()
            let other = try await auth.service.login(
                email: "ada@example.com", password: AuthFixture.password, from: auth.origin, at: auth.now)
            let principal = try await auth.service.authenticate(grant.accessToken, at: auth.now)
            try await auth.service.logout(principal, refreshToken: nil, from: auth.origin, at: auth.now)
            await #expect(throws: AuthenticationError.self) {
                try await auth.service.authenticate(grant.accessToken, at: auth.now)
            }
            await #expect(throws: AuthError.invalidRefreshToken) {
                try await auth.service.refresh(grant.refreshToken, from: auth.origin, at: auth.now)
            }
            _ = try await auth.service.authenticate(other.accessToken, at: auth.now)
            #expect(try await auth.audited("auth.logout") == 1)
        }
    }

    /// N-06: the access token may have expired by then.
    @Test func aRefreshTokenLogsOutToo() async throws {
        try await withAuth { auth in
            let grant = try await auth.register()
            try await auth.service.logout(nil, refreshToken: grant.refreshToken, from: auth.origin, at: auth.now)
            await #expect(throws: AuthError.invalidRefreshToken) {
                try await auth.service.refresh(grant.refreshToken, from: auth.origin, at: auth.now)
            }
            await #expect(throws: AuthError.noCredential) {
                try await auth.service.logout(nil, refreshToken: nil, from: auth.origin, at: auth.now)
            }
            await #expect(throws: AuthError.invalidRefreshToken) {
                try await auth.service.logout(
                    nil, refreshToken: "never issued", from: auth.origin, at: auth.now)
            }
        }
    }

    @Test func tokensAndSessionsEndByTheClock() async throws {
        try await withAuth { auth in
            let grant = try await auth.register()
            await #expect(throws: AuthenticationError.self) {
                try await auth.service.authenticate(grant.accessToken, at: auth.now + 901)
            }
            await #expect(throws: AuthError.invalidRefreshToken) {
                try await auth.service.refresh(grant.refreshToken, from: auth.origin, at: auth.now + 604_800)
            }
            var token = grant.refreshToken
            for week in 1...4 {
                let at = auth.now + Int64(week) * 604_000
                token = try await auth.service.refresh(token, from: auth.origin, at: at).refreshToken
            }
            await #expect(throws: AuthError.invalidRefreshToken) {
                try await auth.service.refresh(token, from: auth.origin, at: auth.now + 2_592_000)
            }
        }
    }

    /// D-A07: fifteen minutes are long for someone who was let go.
    @Test func aDisabledAccountsTokensAreDead() async throws {
        try await withAuth { auth in
            let grant = try await auth.register()
            try await auth.database.owner.system.execute("update auth.users set status = 'disabled'")
            await #expect(throws: AuthenticationError.self) {
                try await auth.service.authenticate(grant.accessToken, at: auth.now)
            }
            await #expect(throws: AuthError.invalidRefreshToken) {
                try await auth.service.refresh(grant.refreshToken, from: auth.origin, at: auth.now)
            }
        }
    }

    /// neither login nor refresh may read a whole table.
    @Test func loginAndRefreshUseTheirIndexes() async throws {
        try await withAuth { auth in
            let plans: [SQL] = [
                "explain select 1 from auth.users where lower(email) = lower('a@x.io')",
                "explain select 1 from auth.refresh_tokens where token_hash = '\\x00'",
                "explain select 1 from auth.sessions where id = '00000000-0000-0000-0000-000000000000'",
            ]
            for plan in plans {
                try await auth.database.owner.system.withTransaction { transaction in
                    try await transaction.execute("set local enable_seqscan = off")
                    let lines = try await transaction.query(plan).map { row -> String in try row[0] }
                    #expect(lines.contains { $0.contains("Index") } && !lines.contains { $0.contains("Seq Scan") })
                }
            }
        }
    }
}
