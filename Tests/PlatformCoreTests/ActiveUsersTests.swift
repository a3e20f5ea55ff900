import LockstepRuntime
import PlatformCore
import Testing

@Suite struct ActiveUsersTests {
    private func minute(_ number: Int64) -> MonotonicTime { MonotonicTime(nanoseconds: number * 60_000_000_000) }

    @Test func anAccountCountsOnceInAWindowHoweverOftenItCalls() {
        let users = ActiveUsers()
        #expect(users.count(minutes: 5, at: minute(100)) == 0)
        for call in 0..<3_000 { users.see("user\(call % 3)", at: minute(100 + Int64(call) % 2)) }
        #expect(users.count(minutes: 5, at: minute(101)) == 3)
        #expect(users.count(minutes: 1, at: minute(101)) == 3)
    }

    @Test func whoHasNotCalledForAWindowIsNotCounted() {
        let users = ActiveUsers()
        users.see("early", at: minute(100))
        users.see("late", at: minute(104))
        #expect(users.count(minutes: 5, at: minute(104)) == 2)
        #expect(users.count(minutes: 5, at: minute(105)) == 1)
        #expect(users.count(minutes: 60, at: minute(159)) == 2)
        #expect(users.count(minutes: 60, at: minute(160)) == 1)
        users.see("much later", at: minute(220))
        #expect(users.count(minutes: 60, at: minute(220)) == 1)
    }

    /// Seven standard errors: chance does not fail this.
    @Test(arguments: [1_000, 5_000, 50_000]) func manyAreCountedWithinAFewPerCent(number: Int) {
        let users = ActiveUsers()
        for user in 0..<number { users.see("00000000-0000-4000-8000-\(user)", at: minute(Int64(user % 5))) }
        let error = Double(users.count(minutes: 5, at: minute(4)) - number) / Double(number)
        #expect(abs(error) < 0.16)
    }
}
