import LockstepPostgres
import LockstepRuntime
import PlatformPayments
import PlatformTestSupport
import Testing

/// P-08, D-C03: the state machine, in the service and in the database.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct TransitionTests {
    /// Puts a payment into a state by legal moves, as the owner of the tables.
    private func place(_ payment: UUID, in state: PaymentState, _ payments: PaymentsFixture) async throws {
        let path: [PaymentState] =
            switch state {
            case .pending: []
            case .initiated: [.initiated]
            case .processing: [.processing]
            case .completed: [.processing, .completed]
            case .failed: [.processing, .failed]
            case .cancelled: [.cancelled]
            }
        for step in path {
            try await payments.database.owner.system.execute(
                "update payments.payments set status = \(step.rawValue) where id = \(payment)")
        }
    }

    private func pending(_ payments: PaymentsFixture) async throws -> UUID {
        let id = UUID()
        try await payments.database.owner.system.execute(
            """
            insert into payments.payments (id, user_id, created_by, type, amount_minor)
            values (\(id), \(payments.customerID), \(payments.customerID), 'payment', 100)
            """)
        return id
    }

    @Test(arguments: PaymentState.allCases) func everyMoveFromAStateIsLegalOrRefused(from: PaymentState) async throws {
        try await withPayments { payments in
            for to in PaymentState.allCases {
                let id = try await pending(payments)
                try await place(id, in: from, payments)
                if from.next.contains(to) {
                    let moved = try await payments.service.changeState(
                        of: id, to: to, reason: nil, ifMatch: nil, for: payments.admin)
                    #expect(moved.state == to)
                } else {
                    await #expect(throws: PaymentError.invalidTransition(from: from, to: to)) {
                        try await payments.service.changeState(
                            of: id, to: to, reason: nil, ifMatch: nil, for: payments.admin)
                    }
                }
            }
        }
    }

    @Test(arguments: PaymentState.allCases) func theDatabaseRefusesIllegalMovesToo(from: PaymentState) async throws {
        try await withPayments { payments in
            for to in PaymentState.allCases where to != from && !from.next.contains(to) {
                let id = try await pending(payments)
                try await place(id, in: from, payments)
                let error = await #expect(throws: PostgresError.self) {
                    try await payments.database.owner.system.execute(
                        "update payments.payments set status = \(to.rawValue) where id = \(id)")
                }
                #expect(error?.isConstraintViolation == true)
            }
        }
    }

    @Test func aVendorCancelsAndFailsOnly() async throws {
        try await withPayments { payments in
            let one = try await payments.initiate()
            await #expect(throws: PaymentError.notAllowed) {
                try await payments.service.changeState(
                    of: one.id, to: .processing, reason: nil, ifMatch: nil, for: payments.vendor)
            }
            let cancelled = try await payments.service.changeState(
                of: one.id, to: .cancelled, reason: "ordered twice", ifMatch: nil, for: payments.vendor)
            #expect(cancelled.state == .cancelled)
        }
    }

    @Test func theTimelineHasEveryStateWithItsReason() async throws {
        try await withPayments { payments in
            let declined = try await payments.pay(metadata: ["simulate": "decline"])
            #expect(declined.state == .failed)
            let steps = try await payments.service.payment(declined.id, for: payments.customer).steps
            #expect(steps.map(\.state) == [.pending, .processing, .failed])
            #expect(steps.last?.reason == "card_declined")
        }
    }

    @Test func theTrailCannotBeChanged() async throws {
        try await withPayments { payments in
            _ = try await payments.pay()
            for statement: SQL in [
                "update payments.payment_transactions set reason = 'x'", "delete from payments.payment_transactions",
                "delete from payments.payments",
            ] {
                await #expect(throws: PostgresError.self) {
                    try await payments.database.owner.system.execute(statement)
                }
            }
        }
    }

    @Test func cancellingTwiceIsTheSameAsOnce() async throws {
        try await withPayments { payments in
            let one = try await payments.initiate()
            let first = try await payments.service.cancel(one.id, ifMatch: nil, for: payments.vendor)
            let second = try await payments.service.cancel(one.id, ifMatch: nil, for: payments.vendor)
            #expect(first == second)
        }
    }

    @Test func aCompletedPaymentIsNotCancelled() async throws {
        try await withPayments { payments in
            let one = try await payments.pay()
            await #expect(throws: PaymentError.invalidTransition(from: .completed, to: .cancelled)) {
                try await payments.service.cancel(one.id, ifMatch: nil, for: payments.admin)
            }
        }
    }

    /// P-12: a provider without an answer is asked again; twice at once settles once.
    @Test func aSweepSettlesWhatTheProviderLeftOpen() async throws {
        try await withPayments { payments in
            let open = try await payments.pay(metadata: ["simulate": "timeout"])
            #expect(open.state == .processing)
            #expect(try await payments.service.sweep(after: 60) == 0)
            payments.time.advance(by: .seconds(61))
            async let one = payments.service.sweep(after: 60)
            async let two = payments.service.sweep(after: 60)
            _ = try await (one, two)
            let found = try await payments.service.payment(open.id, for: payments.customer)
            #expect(found.steps.map(\.state) == [.pending, .processing, .completed])
        }
    }
}
