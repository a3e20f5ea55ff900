import LockstepEventLoop
import Synchronization
import Testing

@Suite struct BlockingPoolTests {
    @Test func workRunsOnItsOwnThreadsAndReturnsItsResult() async throws {
        let pool = BlockingPool(threads: 2)
        let results = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<200 { group.addTask { try await pool.run { number * 2 } } }
            return try await group.reduce(into: 0) { $0 += $1 }
        }
        #expect(results == 199 * 200)
    }

    @Test func errorsOfTheWorkReachTheCaller() async {
        struct Refused: Error {}
        await #expect(throws: Refused.self) { try await BlockingPool(threads: 1).run { throw Refused() } }
    }

    @Test func aFullQueueRefuses() async throws {
        let pool = BlockingPool(threads: 1, queueLimit: 2)
        let started = Atomic<Bool>(false)
        let release = Atomic<Bool>(false)
        let blocker = Task {
            try await pool.run {
                started.store(true, ordering: .releasing)
                while !release.load(ordering: .acquiring) {}
            }
        }
        while !started.load(ordering: .acquiring) { await Task.yield() }
        let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    do {
                        try await pool.run {}
                        return false
                    } catch BlockingPool.Rejection.queueFull {
                        return true
                    }
                }
            }
            var refused = 0
            for try await wasRefused in group where wasRefused {
                refused += 1
                if refused == 3 { release.store(true, ordering: .releasing) }
            }
            return refused
        }
        try await blocker.value
        #expect(refused == 3)
    }

    @Test func aStoppedPoolRefusesAndFinishesWhatItTook() async throws {
        let pool = BlockingPool(threads: 1)
        let before = try await pool.run { 1 }
        pool.stop()
        #expect(before == 1)
        await #expect(throws: BlockingPool.Rejection.stopped) { try await pool.run { 2 } }
    }
}
