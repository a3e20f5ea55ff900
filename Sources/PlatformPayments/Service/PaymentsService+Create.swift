internal import LockstepPostgres
internal import LockstepRuntime
internal import PlatformCore

extension PaymentsService {
    /// Makes a payment once for each idempotency key, however often and from wherever the request is repeated.
    ///
    /// The key's claim commits together with the payment before the provider is asked, and the provider gets the payment's
    /// id as its own key. So a process that dies in between leaves a claim that a repetition, or the sweeper, completes without charging
    /// twice. Returns whether the answer is the stored one of an earlier request.
    public func create(
        _ order: PaymentOrder, key: String, for caller: Caller
    ) async throws -> (payment: PaymentRecord, isReplay: Bool) {
        let beneficiary = try caller.beneficiary(of: order)
        guard let money = Money(order.amount, currency: order.currency) else { throw PaymentError.amountInexact }
        let key = IdempotencyKey(userID: caller.id, key: key, requestHash: order.hash(money))
        let payment = NewPayment(
            id: UUID(), userID: beneficiary, kind: order.kind, money: money, text: order.text,
            metadata: order.metadata)
        switch try await claim(key, payment, for: caller) {
        case .answered(let stored): return (stored, true)
        case .mine(let payment): return (try await complete(payment, key, for: caller), false)
        case .done(let payment): return (payment, false)
        }
    }

    private enum Claim: Sendable {
        /// An earlier request was answered with this.
        case answered(PaymentRecord)
        /// This request has to ask the provider.
        case mine(PaymentRecord)
        /// Made and answered; there is no provider to ask.
        case done(PaymentRecord)
    }

    /// Another request with the key committed between our look and our claim.
    private struct ClaimedMeanwhile: Error {}

    private func claim(
        _ key: IdempotencyKey, _ payment: NewPayment, for caller: Caller
    ) async throws -> Claim {
        // Twice at most: after a lost race the key is there and is found.
        for _ in 0..<2 {
            do {
                return try await database.scoped(to: caller.principal).withTransaction { transaction in
                    try await claim(key, payment, caller, in: transaction)
                }
            } catch is ClaimedMeanwhile {
                continue
            } catch let error as PostgresError where error.constraint == "payments_user_id_fkey" {
                throw PaymentError.unknownAccount
            }
        }
        throw PaymentError.keyInUse
    }

    private nonisolated(nonsending) func claim(
        _ key: IdempotencyKey, _ new: NewPayment, _ caller: Caller, in transaction: Transaction
    ) async throws -> Claim {
        let now = time.now
        let lock = Timestamp(seconds: now.seconds + Self.lockSeconds, nanoseconds: Int64(now.nanoseconds))
        if let found = try await transaction.query(IdempotencyStatements.find(key)).oneOrNone() {
            let requestHash: [UInt8] = try found[0]
            guard requestHash == key.requestHash else { throw PaymentError.keyReused }
            let response: JSONValue? = try found[3]
            if let response, let stored = PaymentSnapshot.payment(response) {
                return .answered(stored)
            }
            let current = try await PaymentRecord(transaction.query(PaymentStatements.current(try found[1])).one())
            if current.state.isFinal {
                // Settled by the sweeper after the first request was lost: there is nothing left to wait for.
                try await transaction.execute(
                    IdempotencyStatements.finish(key, response: PaymentSnapshot.json(current)))
                return .answered(current)
            }
            let lockedUntil: Timestamp = try found[2]
            guard lockedUntil <= now else { throw PaymentError.keyInUse }
            _ = try await transaction.query(IdempotencyStatements.takeOver(key, lockedUntil: lock))
            return .mine(current)
        }
        let insert = PaymentStatements.insert(new, createdBy: caller.id, at: now)
        let made = try PaymentRecord(try await transaction.query(insert).one())
        let claim = IdempotencyStatements.claim(key, payment: made.id, now: now, lockedUntil: lock)
        guard try await transaction.query(claim).oneOrNone() != nil else { throw ClaimedMeanwhile() }
        let first: PaymentState = new.kind == .payment ? .processing : .initiated
        let move = PaymentStatements.move(
            made.id, from: .pending, to: first, reason: nil, version: nil,
            .created(first, by: caller, at: now))
        let moved = try PaymentRecord(try await transaction.query(move).one())
        guard new.kind == .initiate else { return .mine(moved) }
        try await transaction.execute(IdempotencyStatements.finish(key, response: PaymentSnapshot.json(moved)))
        return .done(moved)
    }

    /// Asks the provider, moves the payment on and keeps the answer for repetitions.
    private func complete(
        _ payment: PaymentRecord, _ key: IdempotencyKey, for caller: Caller
    ) async throws -> PaymentRecord {
        let outcome = payment.state == .processing ? try await charge(payment) : .pending
        let now = time.now
        return try await database.scoped(to: caller.principal).withTransaction { transaction in
            let settled = try await Self.settle(payment, outcome, caller.origin, at: now, in: transaction)
            try await transaction.execute(IdempotencyStatements.finish(key, response: PaymentSnapshot.json(settled)))
            return settled
        }
    }

    /// Asks once; no answer means that the sweeper will ask what became of it.
    private func charge(_ payment: PaymentRecord) async throws -> ChargeOutcome {
        do {
            return try await provider.charge(payment.chargeRequest)
        } catch is ProviderTimeout {
            return .pending
        }
    }

    /// Moves a processing payment to what the provider said. A payment that has moved meanwhile stays as it is, so that
    /// an outcome that arrives twice, or late, settles once.
    static nonisolated(nonsending) func settle(
        _ payment: PaymentRecord, _ outcome: ChargeOutcome, _ origin: Origin, at now: Timestamp,
        in runner: some QueryRunner
    ) async throws -> PaymentRecord {
        let settled: (state: PaymentState, reason: String?)? =
            switch outcome {
            case .completed: (.completed, nil)
            case .declined(let reason): (.failed, reason)
            case .pending: nil
            }
        if let (state, reason) = settled {
            let sql = PaymentStatements.move(
                payment.id, from: .processing, to: state, reason: reason, version: nil,
                .moved(from: .processing, to: state, reason: reason, by: nil, origin, at: now))
            if let row = try await runner.query(sql).oneOrNone() { return try PaymentRecord(row) }
        }
        return try await PaymentRecord(runner.query(PaymentStatements.current(payment.id)).one())
    }
}
