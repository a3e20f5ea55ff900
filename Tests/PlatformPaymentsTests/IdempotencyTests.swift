import LockstepPostgres
import LockstepRuntime
import PlatformPayments
import PlatformTestSupport
import Testing

/// D-C01: money moves once, however often the request is sent.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct IdempotencyTests {
    @Test func theSameKeyAndBodyGetTheFirstAnswerAgain() async throws {
        try await withPayments { payments in
            let order = PaymentsFixture.order()
            let first = try await payments.service.create(order, key: "key-1", for: payments.customer)
            let second = try await payments.service.create(order, key: "key-1", for: payments.customer)
            #expect(!first.isReplay && second.isReplay)
            #expect(first.payment == second.payment)
            #expect(payments.provider.charges == [first.payment.id.text: 1])
        }
    }

    @Test func theAnswerIsReplayedAsItWasEvenIfThePaymentHasMovedOn() async throws {
        try await withPayments { payments in
            let order = PaymentsFixture.order(metadata: ["simulate": "delay"])
            let first = try await payments.service.create(order, key: "key-1", for: payments.customer)
            #expect(first.payment.state == .processing)
            payments.time.advance(by: .seconds(3_600))
            #expect(try await payments.service.sweep(after: 60) == 1)
            let replay = try await payments.service.create(order, key: "key-1", for: payments.customer)
            #expect(replay.payment == first.payment)
            let now = try await payments.service.payment(first.payment.id, for: payments.customer)
            #expect(now.payment.state == .completed)
        }
    }

    @Test func fiftyParallelRequestsWithOneKeyMakeOnePaymentAndOneCharge() async throws {
        try await withPayments { payments in
            let order = PaymentsFixture.order()
            let answers = await withTaskGroup(of: Result<PaymentRecord, any Error>.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        do {
                            let made = try await payments.service.create(order, key: "key-1", for: payments.customer)
                            return .success(made.payment)
                        } catch {
                            return .failure(error)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            var made: Set<String> = []
            for answer in answers {
                switch answer {
                case .success(let payment): made.insert(payment.id.text)
                case .failure(let error): #expect(error as? PaymentError == .keyInUse)
                }
            }
            #expect(made.count == 1)
            #expect(payments.provider.charges.values.map { $0 } == [1])
            let rows = try await payments.database.owner.system.query("select count(*) from payments.payments")
            #expect(try rows.one()[0] == Int64(1))
        }
    }

    @Test func anotherBodyWithTheKeyIsRefused() async throws {
        try await withPayments { payments in
            _ = try await payments.pay("10.50", key: "key-1")
            await #expect(throws: PaymentError.keyReused) { try await payments.pay("10.51", key: "key-1") }
        }
    }

    @Test func keysOfDifferentAccountsAreDifferentKeys() async throws {
        try await withPayments { payments in
            let mine = try await payments.pay(key: "key-1")
            let theirs = try await payments.pay(as: payments.otherCustomer, key: "key-1")
            #expect(mine.id != theirs.id)
        }
    }

    @Test func aRepetitionIsRefusedWhileTheFirstRuns() async throws {
        try await withPayments { payments in
            payments.provider.hold()
            async let first = payments.pay(key: "key-1")
            await payments.provider.waitForCharge()
            await #expect(throws: PaymentError.keyInUse) { try await payments.pay(key: "key-1") }
            payments.provider.release()
            let finished = try await first
            #expect(finished.state == .completed)
        }
    }

    /// The process died after asking the provider: its claim runs out, and the repetition finishes the same payment.
    @Test func anAbandonedClaimIsTakenOverWithoutASecondPayment() async throws {
        try await withPayments { payments in
            payments.provider.hold()
            let abandoned = Task { try await payments.pay(key: "key-1") }
            await payments.provider.waitForCharge()
            payments.time.advance(by: .seconds(31))
            payments.provider.release()
            _ = try await abandoned.value
            try await payments.database.owner.system.execute(
                "update payments.idempotency_records set response = null")
            let taken = try await payments.pay(key: "key-1")
            #expect(taken.state == .completed)
            let rows = try await payments.database.owner.system.query("select count(*) from payments.payments")
            #expect(try rows.one()[0] == Int64(1))
        }
    }

    @Test func whatIsRefusedBeforeItBeginsDoesNotUseUpTheKey() async throws {
        try await withPayments { payments in
            await #expect(throws: PaymentError.amountInexact) { try await payments.pay("10.505", key: "key-1") }
            let paid = try await payments.pay("10.50", key: "key-1")
            #expect(paid.state == .completed)
        }
    }

    @Test func keysAreDroppedAfterADay() async throws {
        try await withPayments { payments in
            let first = try await payments.pay(key: "key-1")
            payments.time.advance(by: .seconds(24 * 3_600 + 1))
            try await payments.service.sweep(after: 60)
            #expect(try await payments.pay(key: "key-1").id != first.id)
        }
    }
}
