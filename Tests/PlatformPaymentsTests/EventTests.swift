import LockstepPostgres
import LockstepRuntime
import PlatformCore
import PlatformPayments
import PlatformTestSupport
import Testing

/// P-14, D-D02: each change of a payment, its audit row and its event are one transaction.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct EventTests {
    private func events(_ payments: PaymentsFixture, _ id: UUID) async throws -> [String] {
        try await payments.database.owner.system.query(
            """
            select type || ' ' || (payload->>'status') from events.outbox
            where aggregate_id = \(id) and published_at is null order by position
            """
        ).map { row in try row[0] }
    }

    private func acts(_ payments: PaymentsFixture, _ id: UUID) async throws -> [String] {
        try await payments.database.owner.system.query(
            """
            select action || ' ' || coalesce(details->>'to', '-') || case when user_id is null then ' by provider' else '' end
            from admin.audit_logs where resource_id = \(id) and resource_type = 'payment' order by created_at, action
            """
        ).map { row in try row[0] }
    }

    @Test func aPaymentTellsThatItWasMadeAndSettled() async throws {
        try await withPayments { payments in
            let paid = try await payments.pay()
            #expect(
                try await events(payments, paid.id) == [
                    "payments:payment:created processing", "payments:payment:completed completed",
                ])
            #expect(
                try await acts(payments, paid.id) == [
                    "payments.created -", "payments.status_changed completed by provider",
                ])
            let declined = try await payments.pay(metadata: ["simulate": "decline"])
            #expect(
                try await events(payments, declined.id) == [
                    "payments:payment:created processing", "payments:payment:failed failed",
                ])
        }
    }

    @Test func changesAndCancellationsAreTold() async throws {
        try await withPayments { payments in
            let made = try await payments.initiate()
            let changed = try await payments.service.update(
                made.id, text: .value("new"), metadata: nil, amount: nil, ifMatch: made.entityTag.text,
                for: payments.vendor)
            _ = try await payments.service.cancel(changed.id, ifMatch: nil, for: payments.vendor)
            _ = try await payments.service.cancel(changed.id, ifMatch: nil, for: payments.vendor)  // changes nothing
            #expect(
                try await events(payments, made.id) == [
                    "payments:payment:created initiated", "payments:payment:updated initiated",
                    "payments:payment:updated cancelled",
                ])
            #expect(
                Set(try await acts(payments, made.id)) == [
                    "payments.created -", "payments.updated -", "payments.cancelled cancelled",
                ])
        }
    }

    @Test func twoSweepsAtOnceSettleAndTellOnce() async throws {
        try await withPayments { payments in
            var ids: [UUID] = []
            for _ in 0..<20 { ids.append(try await payments.pay(metadata: ["simulate": "timeout"]).id) }
            payments.time.advance(by: .seconds(120))
            async let one = payments.service.sweep(after: 60)
            async let two = payments.service.sweep(after: 60)
            _ = try await (one, two)
            for id in ids {
                #expect(
                    try await events(payments, id) == [
                        "payments:payment:created processing", "payments:payment:completed completed",
                    ])
            }
        }
    }

    /// The claim of the idempotency key fails after the payment was inserted and moved.
    @Test func aPaymentThatRollsBackTellsNothing() async throws {
        try await withPayments { payments in
            let owner = payments.database.owner.system
            try await owner.execute(
                "alter table payments.idempotency_records add constraint refuse_all check (key = 'nothing') not valid")
            await #expect(throws: PostgresError.self) { try await payments.pay() }
            let rows = try await owner.query(
                """
                select (select count(*) from payments.payments) + (select count(*) from events.outbox)
                    + (select count(*) from admin.audit_logs)
                """)
            #expect(try rows.one()[0] == Int64(0))
        }
    }

    @Test func theCallersClientAndTraceAreRecorded() async throws {
        try await withPayments { payments in
            let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            let principal = Principal(subject: payments.customerID.text, roles: ["CUSTOMER"])
            let origin = Origin(address: "192.0.2.9", userAgent: "shop/1.0", traceparent: trace)
            let caller = try #require(Caller(principal, from: origin))
            let paid = try await payments.pay(as: caller)
            let rows = try await payments.database.owner.system.query(
                """
                select host(a.ip_address), a.user_agent, e.traceparent::text from admin.audit_logs a
                join events.outbox e on e.aggregate_id = a.resource_id
                where a.resource_id = \(paid.id) and a.action = 'payments.created'
                """)
            for row in rows {
                let (address, agent, found): (String, String, String) = (try row[0], try row[1], try row[2])
                #expect(address == "192.0.2.9" && agent == "shop/1.0" && found == trace)
            }
            #expect(rows.count == 2)
        }
    }
}
