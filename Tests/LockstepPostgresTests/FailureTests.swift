import LockstepEventLoop
import LockstepPostgres
import LockstepRuntime
import PostgresTestSupport
import Synchronization
import Testing

/// Lost connections, deadlines, cancellation, full queues: each fails what it concerns and nothing else.
@Suite(.enabled(if: TestDatabase.isAvailable))
struct FailureTests {
    private func backend(_ database: Database) async throws -> Int32 {
        try await database.anonymous.query("select pg_backend_pid()").one()[0]
    }

    @Test func aKilledBackendFailsItsOwnRequestsOnly() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            try await withPool(TestDatabase.configuration(1)) { other in
                let pid = try await backend(database)
                let sleeping = Task { try await database.anonymous.query("select pg_sleep(60)") }
                try await until { database.pool.metrics.inFlight == 1 }
                let behind = Task { try await database.anonymous.query("select 1") }
                try await until { database.pool.metrics.inFlight == 2 }
                let healthy = Task { try await other.anonymous.query("select pg_sleep(0.2)") }
                // Killed as soon as the server says that it sleeps.
                while try await other.system.query(
                    """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where pid = \(pid) and query like '%pg_sleep(60)%' and state = 'active'
                    """
                ).isEmpty {}
                for task in [sleeping, behind] {
                    let request = try await outcome { try await task.value }
                    #expect(request?.code == .connectionLost)
                    #expect(request?.problem.status.code == 503)
                    #expect(request?.problem.headers["Retry-After"] != nil)
                }
                #expect(try await healthy.value.count == 1)
                let next = try await backend(database)
                #expect(next != pid)
                #expect(database.pool.metrics.lostConnections == 1)
            }
        }
    }

    private func outcome(_ body: () async throws -> Rows) async throws -> PostgresError? {
        do {
            _ = try await body()
            return nil
        } catch let error as PostgresError {
            return error
        }
    }

    @Test func anIdleConnectionThatDiesIsReplacedUnseen() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let pid = try await backend(database)
            try await withPool { other in
                try await other.system.execute("select pg_terminate_backend(\(pid))")
                // Until the server has let go of it, which closes the socket.
                while try await other.system.query("select from pg_stat_activity where pid = \(pid)").count > 0 {}
            }
            try await until { database.pool.metrics.lostConnections > 0 }
            #expect(try await backend(database) != pid)
        }
    }

    @Test func aLostConnectionInATransactionIsNotRetriedAndNothingStays() async throws {
        try await withPool(TestDatabase.configuration(2)) { database in
            let table = try #require(SQLIdentifier(uniqueName()))
            try await database.anonymous.execute("create table \(table) (n int)")
            let attempts = Mutex(0)
            let error = await #expect(throws: PostgresError.self) {
                try await database.anonymous.withTransaction { transaction in
                    attempts.withLock { $0 += 1 }
                    try await transaction.execute("insert into \(table) values (1)")
                    try await transaction.execute("select pg_terminate_backend(pg_backend_pid())")
                }
            }
            #expect(error?.isUnavailable == true)
            #expect(attempts.withLock { $0 } == 1)
            #expect(try await database.anonymous.query("select * from \(table)").count == 0)
            #expect(database.pool.metrics.leased == 0)
        }
    }

    @Test func aDeadlineCancelsTheStatementOnTheServer() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let pid = try await backend(database)
            let late = Task { try await database.anonymous.query("select pg_sleep(60)", timeout: .milliseconds(50)) }
            let neighbour = Task { try await database.anonymous.query("select 5") }
            let error = await #expect(throws: PostgresError.self) { try await late.value }
            #expect(error?.code == .deadlineExceeded)
            #expect(error?.problem.status.code == 503)
            #expect(try await neighbour.value.one()[0] == Int32(5))
            #expect(try await backend(database) == pid, "the connection lives on")
        }
    }

    @Test func theServersOwnStatementTimeoutIsATimeout() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let error = await #expect(throws: PostgresError.self) {
                try await database.anonymous.withTransaction { transaction in
                    try await transaction.execute("set local statement_timeout = 20")
                    _ = try await transaction.query("select pg_sleep(60)")
                }
            }
            #expect(error?.sqlState == .queryCanceled)
            #expect(error?.isTimeout == true)
        }
    }

    @Test func cancellingATaskCancelsItsStatementAndSparesTheNeighbours() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let task = Task { try await database.anonymous.query("select pg_sleep(60)") }
            let neighbours = (0..<20).map { n in
                Task { try await database.anonymous.query("select \(Int32(n))").one().decode(0, as: Int32.self) }
            }
            try await until { database.pool.metrics.inFlight >= 21 }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            for (n, neighbour) in neighbours.enumerated() {
                let answer = try await neighbour.value
                #expect(answer == Int32(n))
            }
        }
    }

    @Test func manyCancelledAtOnceLeaveExactlyOneEffectForEachOther() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let table = try #require(SQLIdentifier(uniqueName()))
            try await database.anonymous.execute("create table \(table) (n int primary key)")
            let tasks = (0..<200).map { n in
                Task {
                    try await database.anonymous.execute(
                        "insert into \(table) select \(Int32(n)) from (select pg_sleep(0.002)) s")
                }
            }
            try await until { database.pool.metrics.inFlight + database.pool.metrics.succeeded >= 200 }
            for n in stride(from: 0, to: 200, by: 2) { tasks[n].cancel() }
            var inserted: Set<Int32> = []
            for (n, task) in tasks.enumerated() {
                switch await task.result {
                case .success: inserted.insert(Int32(n))
                case .failure(let error): #expect(error is CancellationError && n % 2 == 0, "\(n): \(error)")
                }
            }
            let rows = try await database.anonymous.query("select n from \(table)")
            #expect(Set(try rows.map { try $0[0] as Int32 }) == inserted, "what was reported is what happened")
            #expect(inserted.isSuperset(of: Set((0..<200).filter { $0 % 2 == 1 })))
        }
    }

    @Test func aTaskThatIsCancelledAlreadySendsNothing() async throws {
        try await withPool { database in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await database.anonymous.query("select 1")
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(database.pool.metrics.succeeded == 0)
            #expect(database.pool.metrics.inFlight == 0)
        }
    }

    @Test func aFullQueueIsTurnedAwayAtOnce() async throws {
        var configuration = TestDatabase.configuration(1)
        configuration.maximumWaiting = 1
        try await withPool(configuration) { database in
            let waiting = try await database.anonymous.withTransaction { transaction in
                _ = try await transaction.query("select 1")
                let waiting = Task { try await outcome { try await database.anonymous.query("select 1") } }
                try await until { database.pool.metrics.waiting > 0 }
                let refused = try await outcome { try await database.anonymous.query("select 1") }
                #expect(refused?.code == .poolExhausted)
                #expect(refused?.problem.status.code == 503)
                #expect(refused?.problem.headers["Retry-After"] == "1")
                return waiting
            }
            #expect(try await waiting.value == nil, "the transaction's connection became free")
            #expect(database.pool.metrics.rejected == 1)
            #expect(database.pool.metrics.waiting == 0)
        }
    }

    @Test func aLongWaitEndsInAnError() async throws {
        var configuration = TestDatabase.configuration(1)
        configuration.waitTimeout = .milliseconds(100)
        try await withPool(configuration) { database in
            database.pool.warmUp()
            try await until { database.pool.metrics.connections == 1 }
            try await database.anonymous.withTransaction { transaction in
                _ = try await transaction.query("select 1")
                let late = try await outcome { try await database.anonymous.query("select 1") }
                #expect(late?.code == .poolTimeout)
                #expect(late?.isUnavailable == true)
            }
            #expect(database.pool.metrics.rejected == 1)
        }
    }

    @Test func moreBytesThanTheCapWaitTheirTurn() async throws {
        var configuration = TestDatabase.configuration(1)
        configuration.maximumBytesInFlight = 300_000
        try await withPool(configuration) { database in
            let text = String(repeating: "x", count: 200_000)
            let lengths = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<30 {
                    group.addTask { try await database.anonymous.query("select length(\(text))").one()[0] }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(lengths == Array(repeating: 200_000, count: 30))
        }
    }

    @Test func noDatabaseMeansUnavailableWithinTheWait() async throws {
        var configuration = TestDatabase.configuration(1, url: "postgresql://nobody:hunter2@/none?host=/nonexistent")
        configuration.waitTimeout = .seconds(1)
        try await withPool(configuration) { database in
            let error = await #expect(throws: PostgresError.self) {
                try await database.pool.checkHealth(timeout: .seconds(60))
            }
            #expect(database.pool.metrics.connectFailures > 0)
            #expect(error?.code == .poolTimeout)
            #expect(error?.problem.status.code == 503)
            #expect(!String(reflecting: error).contains("hunter2"))
        }
    }

    @Test func aPoolKeepsTryingToConnectWhileSomebodyWaits() async throws {
        let configuration = TestDatabase.configuration(1, url: "postgresql://nobody@/none?host=/nonexistent")
        try await withPool(configuration) { database in
            let waiting = Task { try await database.anonymous.query("select 1") }
            try await until { database.pool.metrics.connectFailures > 2 }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
    }

    @Test func aClosedPoolRefuses() async throws {
        try await withPool { database in
            _ = try await database.anonymous.query("select 1")
            database.pool.close()
            let error = await #expect(throws: PostgresError.self) { try await database.anonymous.query("select 1") }
            #expect(error?.code == .poolClosed)
        }
    }

    @Test func aHostNameIsResolvedOffTheLoop() async throws {
        var configuration = TestDatabase.configuration(1, url: "postgresql://u@no-such-host.invalid/db")
        configuration.waitTimeout = .milliseconds(300)
        try await withPool(configuration) { database in
            let error = await #expect(throws: PostgresError.self) { try await database.anonymous.query("select 1") }
            #expect(error?.isUnavailable == true)
        }
    }
}

/// Stops and starts a server of its own.
@Suite(.enabled(if: TestCluster.binaries != nil))
struct RestartTests {
    @Test func thePoolComesBackAfterARestartOfTheServer() async throws {
        let cluster = try await TestDatabase.servers.run { try TestCluster() }
        defer { cluster.stop() }
        var configuration = TestDatabase.configuration(2, url: cluster.url())
        configuration.waitTimeout = .seconds(60)
        try await withPool(configuration) { database in
            let query: SQL = "select \(1)"
            #expect(try await database.anonymous.query(query).count == 1)
            let listener = Listener(
                database.pool, channels: [SQLIdentifier("c")!], on: TestDatabase.loops.loops[0])  // a plain name
            var events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .gap)
            let underWay = Task { try await database.anonymous.query("select pg_sleep(60)") }
            try await until { database.pool.metrics.inFlight > 0 }
            try await TestDatabase.servers.run { try cluster.restart() }
            do {
                _ = try await underWay.value
                Issue.record("a statement outlived its server")
            } catch let error as PostgresError {
                #expect(error.isUnavailable)
            }
            // The same statement: the new connection's cache is empty.
            #expect(try await database.anonymous.query(query).count == 1)
            #expect(await events.next() == .gap, "listening again, something may have been missed")
            try await database.anonymous.execute("select pg_notify('c', 'after')")
            #expect(await events.next().map { "\($0)".contains("after") } == true)
            listener.stop()
        }
    }
}
