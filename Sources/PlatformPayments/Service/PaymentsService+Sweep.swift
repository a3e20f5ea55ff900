internal import LockstepPostgres
internal import LockstepRuntime
internal import PlatformCore

extension PaymentsService {
    /// How many payments one sweep looks up.
    static let sweepLimit = 100

    /// Settles payments whose provider has not answered for `seconds`, and drops old idempotency keys. Several instances
    /// may sweep at once: each payment settles once.
    ///
    /// Returns how many payments were settled.
    @discardableResult
    public func sweep(after seconds: Int) async throws -> Int {
        let now = time.now
        let system = database.system
        let since = Timestamp(seconds: now.seconds - Int64(seconds), nanoseconds: Int64(now.nanoseconds))
        let waiting = try await system.query(PaymentStatements.waiting(since: since, limit: Self.sweepLimit))
            .map { try PaymentRecord($0) }
        var settled = 0
        for payment in waiting {
            let outcome = try await provider.outcome(of: payment.chargeRequest)
            if try await Self.settle(payment, outcome, .platform, at: now, in: system).state.isFinal { settled += 1 }
        }
        let expired = Timestamp(seconds: now.seconds - Self.keySeconds)
        try await system.execute(IdempotencyStatements.expire(before: expired))
        return settled
    }
}
