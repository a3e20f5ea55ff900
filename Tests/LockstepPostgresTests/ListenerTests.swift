import LockstepEventLoop
import Testing

@testable import LockstepPostgres

@Suite(.enabled(if: TestDatabase.isAvailable))
struct ListenerTests {
    @Test func notificationsArriveAfterTheFirstGap() async throws {
        try await withPool { database in
            let channel = try #require(SQLIdentifier(uniqueName("c")))
            let listener = Listener(database.pool, channels: [channel], on: TestDatabase.loops.loops[0])
            var events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .gap)
            for n in 1...3 {
                try await database.anonymous.execute("select pg_notify(\(channel.name), \("payload \(n)"))")
            }
            for n in 1...3 {
                guard case .notification(let notification) = await events.next() else {
                    Issue.record("expected a notification")
                    return
                }
                #expect(notification.channel == channel.name)
                #expect(notification.payload == "payload \(n)")
            }
            listener.stop()
            #expect(await events.next() == nil)
        }
    }

    @Test func aKilledListenerListensAgainAndSaysThatItMissedSomething() async throws {
        try await withPool { database in
            let channel = try #require(SQLIdentifier(uniqueName("c")))
            let listener = Listener(database.pool, channels: [channel], on: TestDatabase.loops.loops[0])
            var events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .gap)
            let like = "%listen \"\(channel.name)\"%"
            try await database.system.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where query like \(like) and pid <> pg_backend_pid()"
            )
            #expect(await events.next() == .gap)
            try await database.anonymous.execute("select pg_notify(\(channel.name), 'x')")
            guard case .notification = await events.next() else {
                Issue.record("expected a notification")
                return
            }
            listener.stop()
        }
    }

    @Test func aSlowConsumerGetsAGapInsteadOfAnEndlessBuffer() async {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Listener.Event.self, bufferingPolicy: .bufferingOldest(4))
        var buffer = GapBuffer(continuation)
        func notification(_ n: Int) -> Listener.Event {
            .notification(Notification(channel: "c", payload: "\(n)", sender: 1))
        }
        for n in 1...10 { buffer.yield(notification(n)) }
        var events = stream.makeAsyncIterator()
        var seen: [Listener.Event?] = []
        for _ in 0..<4 { seen.append(await events.next()) }
        #expect(seen == [notification(1), notification(2), notification(3), .gap])
        // Dropped between the first gap and now: another gap stands for it.
        buffer.yield(notification(11))
        buffer.yield(notification(12))
        #expect(await events.next() == .gap)
        #expect(await events.next() == notification(12))
    }
}
