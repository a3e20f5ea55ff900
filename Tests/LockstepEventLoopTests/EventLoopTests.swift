import Dispatch
import Glibc
import LockstepEventLoop
import Synchronization
import Testing

@Suite struct EventLoopTests {
    let group: EventLoopGroup
    var loop: EventLoop { group.loops[0] }

    init() throws {
        group = try EventLoopGroup(count: 2)
    }

    /// Runs `body` as a task on the first loop and hands back its result.
    private func onLoop<Result: Sendable>(
        _ body: @escaping @Sendable (EventLoop) async throws -> Result
    ) async throws -> Result {
        let loop = loop
        return try await Task.detached(executorPreference: loop) { try await body(loop) }.value
    }

    @Test func aTaskThatPrefersTheLoopRunsOnItAndStaysThere() async throws {
        let stayed = try await onLoop { loop in
            var answers = [loop.isCurrent]
            await Task.yield()
            answers.append(loop.isCurrent)
            async let child = EventLoop.current === loop
            answers.append(await child)
            try await loop.sleep(for: .milliseconds(1))
            answers.append(loop.isCurrent)
            let fromPool = try await BlockingPool(threads: 1).run { EventLoop.current == nil }
            answers.append(fromPool)
            answers.append(loop.isCurrent)
            return answers
        }
        #expect(stayed == Array(repeating: true, count: 6))
    }

    @Test func statisticsTellWhatTheLoopDoesAndHasBeforeIt() async throws {
        let loop = loop
        let before = loop.statistics
        let busy = try await onLoop { loop in
            let timer = loop.schedule(after: .seconds(3600)) {}
            try await loop.sleep(for: .milliseconds(1))
            let statistics = loop.statistics
            timer.cancel()
            // Busy for longer than a slow turn.
            let start = LoopInstant.now
            while start.duration(to: .now) < .milliseconds(15) {}
            return statistics
        }
        #expect(busy.turns > before.turns)
        #expect(busy.timers == 2, "the one of an hour, and that of the sleep")
        let after = try await onLoop { loop in
            try await loop.sleep(for: .milliseconds(1))
            return loop.statistics
        }
        #expect(after.slowTurns > 0)
        #expect(after.busy >= before.busy + .milliseconds(15))
        #expect(after.timers == 1)
        #expect(after.descriptors == 0)
        #expect(after.inboxJobs == 0)
    }

    @Test func jobsThatABusyLoopHasNotTakenAreCounted() async throws {
        let loop = loop
        let (isBlocked, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        loop.execute {
            isBlocked.signal()
            mayGoOn.wait()
        }
        let seen = try await BlockingPool(threads: 1).run {
            isBlocked.wait()
            for _ in 0..<3 { loop.execute {} }
            let jobs = loop.statistics.inboxJobs
            mayGoOn.signal()
            return jobs
        }
        #expect(seen == 3)
    }

    @Test func workFromOtherThreadsArrivesInOrder() async throws {
        let box = LoopLocal(loop, [Int]())
        let loop = loop
        for number in 0..<1000 {
            loop.execute { box.with { $0.append(number) } }
        }
        let seen = try await onLoop { _ in box.with { $0 } }
        #expect(seen == Array(0..<1000))
    }

    @Test func timersFireInOrderOfTimeAndCancelledOnesDoNot() async throws {
        let fired = try await onLoop { loop in
            let box = LoopLocal(loop, [String]())
            loop.schedule(after: .milliseconds(6)) { box.with { $0.append("late") } }
            loop.schedule(after: .milliseconds(2)) { box.with { $0.append("early") } }
            let cancelled = loop.schedule(after: .milliseconds(1)) { box.with { $0.append("cancelled") } }
            #expect(cancelled.cancel())
            #expect(!cancelled.cancel())
            try await loop.sleep(for: .milliseconds(12))
            return box.with { $0 }
        }
        #expect(fired == ["early", "late"])
    }

    @Test func aSleepEndsAtOnceWhenTheTaskIsCancelled() async throws {
        let loop = loop
        let sleeper = Task.detached(executorPreference: loop) {
            try await loop.sleep(for: .seconds(3600))
        }
        try await onLoop { loop in try await loop.sleep(for: .milliseconds(1)) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test func hooksRunOnceAfterTheJobsOfTheTurn() async throws {
        let order = try await onLoop { loop in
            let box = LoopLocal(loop, [String]())
            loop.atEndOfTurn { box.with { $0.append("flush") } }
            loop.execute { box.with { $0.append("job") } }
            box.with { $0.append("now") }
            try await loop.sleep(for: .milliseconds(1))
            return box.with { $0 }
        }
        #expect(order == ["now", "job", "flush"])
    }

    @Test(.timeLimit(.minutes(5))) func aDescriptorIsWatchedUntilItIsDeregistered() async throws {
        let counts = try await onLoop { loop in
            var pair: [Int32] = [-1, -1]
            #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0, &pair) == 0)
            let (near, far) = (pair[0], pair[1])
            defer {
                close(near)
                close(far)
            }
            let reads = LoopLocal(loop, 0)
            let registration = try loop.register(near, [.readable, .readClosed]) { events in
                var byte: UInt8 = 0
                if events.contains(.readable), recv(near, &byte, 1, 0) == 1 { reads.with { $0 += 1 } }
            }
            // The handler reads one byte each time it is called; the test waits for what must happen, however long it takes.
            send(far, "ab", 2, 0)
            while reads.with({ $0 }) < 2 { try await loop.sleep(for: .milliseconds(1)) }
            let first = reads.with { $0 }
            try registration.modify([])
            send(far, "c", 1, 0)
            try await loop.sleep(for: .milliseconds(2))
            let paused = reads.with { $0 }
            try registration.modify(.readable)
            while reads.with({ $0 }) < 3 { try await loop.sleep(for: .milliseconds(1)) }
            let resumed = reads.with { $0 }
            registration.deregister()
            registration.deregister()
            send(far, "d", 1, 0)
            try await loop.sleep(for: .milliseconds(2))
            return [first, paused, resumed, reads.with { $0 }]
        }
        #expect(counts == [2, 2, 3, 3])
    }

    @Test func descriptorsAreServedWhileTasksKeepTheLoopBusy() async throws {
        let turns = try await onLoop { loop in
            let stop = LoopLocal(loop, false)
            for _ in 0..<64 {
                loop.start {
                    while !stop.with({ $0 }) { await Task.yield() }
                }
            }
            // A timer fires only when the loop polls although there are always jobs.
            try await loop.sleep(for: .milliseconds(5))
            stop.with { $0 = true }
            return true
        }
        #expect(turns)
    }

    @Test func actorsOfTheFacadeRunOnTheLoop() async throws {
        actor Counter {
            private let executor: EventLoopSerialExecutor
            private var count = 0
            nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
            init(_ loop: EventLoop) { executor = loop.makeSerialExecutor() }
            func increment() -> (Int, Bool) {
                count += 1
                return (count, EventLoop.current === executor.loop)
            }
        }
        let counter = Counter(loop)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { _ = await counter.increment() } }
        }
        let (count, onLoop) = await counter.increment()
        #expect(count == 101)
        #expect(onLoop)
    }

    @Test func loopsOfAGroupTakeTurns() {
        let first = group.next()
        let second = group.next()
        #expect(first !== second)
        #expect(group.next() === first)
    }

    @Test func aStoppedGroupHasNoThreadsLeft() throws {
        let group = try EventLoopGroup(count: 3)
        let ran = Atomic<Int>(0)
        for loop in group.loops { loop.execute { ran.wrappingAdd(1, ordering: .relaxed) } }
        group.stop()
        group.stop()
        #expect(ran.load(ordering: .relaxed) == 3)
    }
}
