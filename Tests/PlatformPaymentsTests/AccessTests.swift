import LockstepPostgres
import LockstepRuntime
import PlatformPayments
import PlatformTestSupport
import Testing

/// Who sees and changes what: P-01, P-02, P-03, N-20.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct AccessTests {
    @Test func anotherAccountsPaymentIsNotFound() async throws {
        try await withPayments { payments in
            let mine = try await payments.pay()
            for stranger in [payments.otherCustomer, payments.vendor] {
                await #expect(throws: PaymentError.notFound) {
                    try await payments.service.payment(mine.id, for: stranger)
                }
                await #expect(throws: PaymentError.notFound) {
                    try await payments.service.cancel(mine.id, ifMatch: nil, for: stranger)
                }
            }
            #expect(try await payments.service.payment(mine.id, for: payments.admin).payment == mine)
        }
    }

    @Test func aUserIdInTheFilterNarrowsAndNeverWidens() async throws {
        try await withPayments { payments in
            _ = try await payments.pay()
            let filter = PaymentFilter(userID: payments.customerID)
            #expect(
                try await payments.service.page(filter, cursor: nil, limit: 10, for: payments.vendor).payments == [])
            let seen = try await payments.service.page(filter, cursor: nil, limit: 10, for: payments.admin)
            #expect(seen.payments.count == 1)
        }
    }

    /// T-04: what row-level security alone does, with a statement that forgets its condition.
    @Test func theDatabaseShowsAServiceOnlyTheCallersRows() async throws {
        try await withPayments { payments in
            _ = try await payments.pay()
            _ = try await payments.pay(as: payments.otherCustomer)
            let database = payments.database.payments
            let principal = Principal(subject: payments.customerID.text, roles: ["CUSTOMER"])
            #expect(try await database.scoped(to: principal).query("select id from payments.payments").count == 1)
            #expect(try await database.anonymous.query("select id from payments.payments").isEmpty)
        }
    }

    @Test func eachRoleBeginsItsOwnKindOfPayment() async throws {
        try await withPayments { payments in
            let service = payments.service
            await #expect(throws: PaymentError.notAllowed) {
                try await service.create(PaymentsFixture.order(), key: "key-1", for: payments.vendor)
            }
            await #expect(throws: PaymentError.notAllowed) {
                try await service.create(PaymentsFixture.order(kind: .initiate), key: "key-1", for: payments.customer)
            }
            await #expect(throws: PaymentError.onBehalfRequired) {
                try await service.create(PaymentsFixture.order(), key: "key-1", for: payments.admin)
            }
            let order = PaymentsFixture.order(onBehalfOf: payments.customerID)
            await #expect(throws: PaymentError.onBehalfRefused) {
                try await service.create(order, key: "key-1", for: payments.otherCustomer)
            }
            let made = try await service.create(order, key: "key-1", for: payments.admin).payment
            #expect(try await service.payment(made.id, for: payments.customer).payment.id == made.id)
            await #expect(throws: PaymentError.unknownAccount) {
                try await service.create(
                    PaymentsFixture.order(onBehalfOf: UUID()), key: "key-2", for: payments.admin)
            }
        }
    }

    /// D-C07: two changes made for the same version; one is refused.
    @Test func aLostUpdateIsRefused() async throws {
        try await withPayments { payments in
            let one = try await payments.initiate()
            let tag = one.entityTag.text
            let changed = try await payments.service.update(
                one.id, text: .value("first"), metadata: nil, amount: nil, ifMatch: tag, for: payments.vendor)
            #expect(changed.text == "first" && changed.version == one.version + 1)
            await #expect(throws: PaymentError.stale) {
                try await payments.service.update(
                    one.id, text: .value("second"), metadata: nil, amount: nil, ifMatch: tag, for: payments.vendor)
            }
            await #expect(throws: PaymentError.preconditionRequired) {
                try await payments.service.update(
                    one.id, text: .null, metadata: nil, amount: nil, ifMatch: nil, for: payments.vendor)
            }
            await #expect(throws: PaymentError.amountFixed) {
                try await payments.service.update(
                    one.id, text: .absent, metadata: nil, amount: Decimal("1.00"), ifMatch: "*", for: payments.vendor)
            }
            let cleared = try await payments.service.update(
                one.id, text: .null, metadata: ["a": "b"], amount: Decimal("20.0"), ifMatch: changed.entityTag.text,
                for: payments.vendor)
            #expect(cleared.text == nil && cleared.metadata == ["a": "b"])
        }
    }
}
