public import LockstepPostgres
public import LockstepRuntime
public import PlatformCore

/// Payments: making, reading and moving them, on behalf of a caller.
///
/// What the database can refuse it refuses as well: other people's rows by row-level security, illegal moves by a trigger.
public struct PaymentsService: Sendable {
    /// How long a request with an idempotency key may run before a repetition takes it over.
    static let lockSeconds: Int64 = 30
    /// How long idempotency keys are kept.
    static let keySeconds: Int64 = 24 * 3_600

    let database: Database
    let provider: any PaymentProvider
    let time: any TimeSource
    let cursorKey: MACKey

    /// - Parameter cursorKey: signs page cursors; the same on every instance, at least 16 bytes.
    public init(
        database: Database, provider: any PaymentProvider, cursorKey: Secret, time: any TimeSource = SystemTime()
    ) {
        self.database = database
        self.provider = provider
        self.cursorKey = MACKey(cursorKey.bytes)
        self.time = time
    }

    /// A payment with its timeline.
    ///
    /// - Throws: ``PaymentError/notFound``, also for another account's payment.
    public func payment(_ id: UUID, for caller: Caller) async throws -> PaymentWithTimeline {
        let rows = try await database.scoped(to: caller.principal).read(PaymentStatements.one(id))
        guard let row = try rows.oneOrNone() else { throw PaymentError.notFound }
        return try PaymentWithTimeline(row)
    }

    /// Payments from newest to oldest, and the cursor of the next page if there is one.
    ///
    /// - Throws: ``PaymentError/badCursor`` for a cursor that was changed or belongs to other filters.
    public func page(
        _ filter: PaymentFilter, cursor: String?, limit: Int, for caller: Caller
    ) async throws -> (payments: [PaymentRecord], nextCursor: String?) {
        var place: PageCursor?
        if let cursor {
            place = PageCursor(cursor, filters: filter.fingerprint, key: cursorKey)
            if place == nil { throw PaymentError.badCursor }
        }
        let sql = PaymentStatements.page(filter, after: place, owner: caller.ownerOfLists, limit: limit)
        var payments = try await database.scoped(to: caller.principal).read(sql).map { try PaymentRecord($0) }
        guard payments.count > limit else { return (payments, nil) }
        payments.removeLast(payments.count - limit)
        let next = payments.last.map { last in
            PageCursor(createdAt: last.createdAt.microseconds, id: last.id)
                .encoded(filters: filter.fingerprint, key: cursorKey)
        }
        return (payments, next)
    }

    /// Changes description or metadata before a final state; what is absent stays.
    public func update(
        _ id: UUID, text: Presence<String>, metadata: [String: String]?, amount: Decimal?, ifMatch: String?,
        for caller: Caller
    ) async throws -> PaymentRecord {
        guard let ifMatch else { throw PaymentError.preconditionRequired }
        let current = try await current(id, for: caller)
        guard current.entityTag.matchesStrongly(ifMatch) else { throw PaymentError.stale }
        if current.state.isFinal { throw PaymentError.final }
        if let amount, amount != current.money.amount { throw PaymentError.amountFixed }
        let newText: String? =
            switch text {
            case .absent: current.text
            case .null: nil
            case .value(let text): text
            }
        let sql = PaymentStatements.change(
            id, text: newText, metadata: metadata ?? current.metadata, version: current.version,
            .updated(by: caller, at: time.now))
        return try await changed(sql, for: caller)
    }

    /// Cancels a payment; cancelling it again changes nothing.
    public func cancel(_ id: UUID, ifMatch: String?, for caller: Caller) async throws -> PaymentRecord {
        let current = try await current(id, for: caller)
        if let ifMatch, !current.entityTag.matchesStrongly(ifMatch) { throw PaymentError.stale }
        if current.state == .cancelled { return current }
        return try await move(current, to: .cancelled, reason: nil, for: caller)
    }

    /// Moves a payment to another state.
    public func changeState(
        of id: UUID, to state: PaymentState, reason: String?, ifMatch: String?, for caller: Caller
    ) async throws -> PaymentRecord {
        let current = try await current(id, for: caller)
        if let ifMatch, !current.entityTag.matchesStrongly(ifMatch) { throw PaymentError.stale }
        guard caller.mayMove(to: state) else { throw PaymentError.notAllowed }
        return try await move(current, to: state, reason: reason, for: caller)
    }

    private func move(
        _ payment: PaymentRecord, to state: PaymentState, reason: String?, for caller: Caller
    ) async throws -> PaymentRecord {
        guard payment.state.canBecome(state) else {
            throw PaymentError.invalidTransition(from: payment.state, to: state)
        }
        let sql = PaymentStatements.move(
            payment.id, from: payment.state, to: state, reason: reason, version: payment.version,
            .moved(from: payment.state, to: state, reason: reason, by: caller, caller.origin, at: time.now))
        return try await changed(sql, for: caller)
    }

    private func current(_ id: UUID, for caller: Caller) async throws -> PaymentRecord {
        let rows = try await database.scoped(to: caller.principal).read(PaymentStatements.current(id))
        guard let row = try rows.oneOrNone() else { throw PaymentError.notFound }
        return try PaymentRecord(row)
    }

    /// The payment after a change that names the version it was made for; no row means that another change was faster.
    private func changed(_ sql: SQL, for caller: Caller) async throws -> PaymentRecord {
        let rows = try await database.scoped(to: caller.principal).query(sql)
        guard let row = try rows.oneOrNone() else { throw PaymentError.stale }
        return try PaymentRecord(row)
    }
}
