import Testing

@testable import LockstepPostgres

struct StatementCacheTests {
    private func key(_ number: Int) -> StatementKey {
        StatementKey(SQL(trustedText: "select \(number)".utf8))
    }

    @Test func aStatementIsPreparedOnceAndThenExecuted() {
        var cache = StatementCache(capacity: 4)
        let use = cache.use(key(1))
        #expect(use == .prepare(StatementCache.ID(number: 1)))
        #expect(cache.use(key(1)) == .execute(StatementCache.ID(number: 1)), "the prepare is on its way")
        cache.prepared(use.id)
        #expect(cache.use(key(1)) == .execute(StatementCache.ID(number: 1)))
    }

    @Test func aFailedPrepareIsTriedUnderANewName() {
        var cache = StatementCache(capacity: 4)
        cache.prepareFailed(cache.use(key(1)).id)
        #expect(cache.use(key(1)) == .prepare(StatementCache.ID(number: 2)))
        #expect(cache.takeDropped().isEmpty, "nothing is on the server under the first name")
    }

    @Test func theLeastRecentlyUsedMakesRoomAndIsDeallocated() {
        var cache = StatementCache(capacity: 2)
        for number in 1...2 { cache.prepared(cache.use(key(number)).id) }
        _ = cache.use(key(1))
        #expect(cache.use(key(3)) == .prepare(StatementCache.ID(number: 3)))
        #expect(cache.takeDropped() == [StatementCache.ID(number: 2)])
        #expect(cache.takeDropped().isEmpty)
        #expect(cache.count == 2)
        #expect(cache.use(key(1)) == .execute(StatementCache.ID(number: 1)))
    }

    @Test func namesAreNeverUsedTwice() {
        var cache = StatementCache(capacity: 3)
        var seen: Set<UInt32> = []
        for round in 0..<50 {
            let use = cache.use(key(round % 7))
            guard case .prepare(let id) = use else { continue }
            #expect(seen.insert(id.number).inserted)
            switch round % 3 {
            case 0: cache.prepared(id)
            case 1: cache.prepareFailed(id)
            default: cache.invalidate(id)
            }
        }
        cache.removeAll()
        #expect(!seen.contains(cache.use(key(1)).id.number))
    }
}

struct RingTests {
    @Test func keepsOrderWhileItGrowsAndWraps() {
        var ring = Ring<Int>()
        var expected: [Int] = []
        var next = 0
        for step in 0..<500 {
            if step % 3 == 2 {
                #expect(ring.popFirst() == expected.removeFirst())
            } else {
                ring.append(next)
                expected.append(next)
                next += 1
            }
        }
        var seen: [Int] = []
        ring.forEach { seen.append($0) }
        #expect(seen == expected)
        #expect(ring.extract { $0.isMultiple(of: 2) } == expected.filter { $0.isMultiple(of: 2) })
        #expect(ring.first == expected.first { !$0.isMultiple(of: 2) })
    }
}

struct BackoffTests {
    @Test func doublesUpToTheLimitWithJitter() {
        var backoff = Backoff(first: .milliseconds(50), limit: .seconds(1))
        #expect(backoff.failed(random: 1) == .milliseconds(50))
        #expect(backoff.failed(random: 0) == .milliseconds(50))
        #expect(backoff.failed(random: 1) == .milliseconds(200))
        for _ in 0..<100 { #expect(backoff.failed(random: 0.5) <= .seconds(1)) }
        backoff.succeeded()
        #expect(backoff.failed(random: 1) == .milliseconds(50))
    }
}

struct StatementGuardTests {
    @Test(arguments: [
        "copy t from stdin", " /* x */ COPY t to stdout", "begin", "COMMIT", "-- c\nrollback", "set role x",
        "SET search_path = a",
        "listen c", "discard all", "reset all", "(copy", "/* a /* b */ */ deallocate all", "savepoint x",
        "set session x = 1",
    ])
    func refusesWhatWouldChangeASharedConnection(_ text: String) {
        #expect(StatementGuard.refusal(of: Array(text.utf8), inTransaction: false) != nil)
    }

    @Test(arguments: [
        "select 1", "with a as (select 1) select * from a", "insert into t values (1)", "settings", "", "-- only",
    ])
    func letsTheRestPass(_ text: String) {
        #expect(StatementGuard.refusal(of: Array(text.utf8), inTransaction: false) == nil)
    }

    @Test func localSettingsAreForTransactions() {
        let text = Array("set local statement_timeout = 5".utf8)
        #expect(StatementGuard.refusal(of: text, inTransaction: true) == nil)
        #expect(StatementGuard.refusal(of: text, inTransaction: false) != nil)
    }
}
