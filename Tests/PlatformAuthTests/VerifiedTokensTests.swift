import LockstepRuntime
import PlatformAuth
import Testing

@Suite struct VerifiedTokensTests {
    let now = Timestamp(seconds: 1_000)
    let user = UUID()
    let session = UUID()
    let principal = Principal(subject: "u", roles: ["CUSTOMER"])

    private func cache(limit: Int = 4) -> VerifiedTokens {
        let cache = VerifiedTokens(limit: limit)
        cache.setTold(true)
        return cache
    }

    private func keep(_ token: String, in cache: VerifiedTokens, since mark: VerifiedTokens.Mark? = nil) {
        cache.keep(
            token, principal, userID: user, sessionID: session, expiresAt: 1_900, since: mark ?? cache.mark())
    }

    @Test func anEntryEndsWithItsToken() {
        let cache = cache()
        keep("a", in: cache)
        #expect(cache.principal("a", now: now) == principal)
        #expect(cache.principal("b", now: now) == nil)
        #expect(cache.principal("a", now: Timestamp(seconds: 1_900)) == nil)
    }

    @Test func aRevokedSessionAndAChangedAccountAreForgotten() {
        let cache = cache()
        keep("a", in: cache)
        cache.forget(session: session)
        #expect(cache.principal("a", now: now) == nil)
        keep("a", in: cache)
        cache.forget(user: user)
        #expect(cache.principal("a", now: now) == nil)
        #expect(cache.count == 0)
    }

    /// The database said "valid", the revocation came, then the answer arrived: it must not be kept.
    @Test func aCheckThatARevocationOvertookIsNotKept() {
        let cache = cache()
        let mark = cache.mark()
        cache.forget(session: session)
        keep("a", in: cache, since: mark)
        #expect(cache.principal("a", now: now) == nil)
    }

    @Test func nothingIsKeptWhileNobodyTellsOfChanges() {
        let cache = cache()
        keep("a", in: cache)
        cache.setTold(false)
        #expect(cache.principal("a", now: now) == nil)
        keep("b", in: cache)
        #expect(cache.principal("b", now: now) == nil)
    }

    @Test func theOldestLeavesWhenItIsFull() {
        let cache = cache()
        for index in 0..<100 {
            keep("t\(index)", in: cache)
            #expect(cache.count <= 4)
        }
        #expect(cache.principal("t99", now: now) != nil && cache.principal("t96", now: now) != nil)
        #expect(cache.principal("t95", now: now) == nil)
    }
}
