import LockstepPostgres
import LockstepRuntime
import PlatformPayments
import PlatformTestSupport
import Testing

/// D-C06: pages by cursor.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct PageTests {
    @Test func paymentsMadeMeanwhileNeitherRepeatNorHideOne() async throws {
        try await withPayments { payments in
            var made: [UUID] = []
            for _ in 0..<9 {
                made.append(try await payments.pay().id)
                payments.time.advance(by: .seconds(1))
            }
            var seen: [UUID] = []
            var cursor: String?
            repeat {
                let page = try await payments.service.page(
                    PaymentFilter(), cursor: cursor, limit: 2, for: payments.customer)
                seen += page.payments.map(\.id)
                cursor = page.nextCursor
                _ = try await payments.pay()
                payments.time.advance(by: .seconds(1))
            } while cursor != nil
            #expect(seen == made.reversed())
        }
    }

    @Test func paymentsOfTheSameInstantArePagedById() async throws {
        try await withPayments { payments in
            var made: Set<String> = []
            for _ in 0..<7 { made.insert(try await payments.pay().id.text) }
            var seen: [String] = []
            var cursor: String?
            repeat {
                let page = try await payments.service.page(
                    PaymentFilter(), cursor: cursor, limit: 3, for: payments.customer)
                seen += page.payments.map(\.id.text)
                cursor = page.nextCursor
            } while cursor != nil
            #expect(seen.count == 7 && Set(seen) == made)
        }
    }

    @Test func aChangedCursorOrOneOfAnotherListIsRefused() async throws {
        try await withPayments { payments in
            for _ in 0..<3 { _ = try await payments.pay() }
            let page = try await payments.service.page(PaymentFilter(), cursor: nil, limit: 1, for: payments.customer)
            let cursor = try #require(page.nextCursor)
            let forged = String(cursor.dropLast()) + (cursor.hasSuffix("A") ? "B" : "A")
            for (text, filter) in [(forged, PaymentFilter()), (cursor, PaymentFilter(currency: "EUR"))] {
                await #expect(throws: PaymentError.badCursor) {
                    try await payments.service.page(filter, cursor: text, limit: 1, for: payments.customer)
                }
            }
        }
    }

    @Test func filtersNarrow() async throws {
        try await withPayments { payments in
            _ = try await payments.pay("1.00", "EUR")
            _ = try await payments.pay("1000", "JPY")
            let declined = try await payments.pay("2.00", "EUR", metadata: ["simulate": "decline"])
            func count(_ filter: PaymentFilter) async throws -> Int {
                try await payments.service.page(filter, cursor: nil, limit: 10, for: payments.customer).payments.count
            }
            #expect(try await count(PaymentFilter(currency: "EUR")) == 2)
            #expect(try await count(PaymentFilter(state: .failed)) == 1)
            #expect(try await count(PaymentFilter(kind: .initiate)) == 0)
            #expect(try await count(PaymentFilter(createdFrom: declined.createdAt)) == 3)
            #expect(try await count(PaymentFilter(createdTo: declined.createdAt)) == 0)
        }
    }

    @Test func theDatabaseAndTheServiceAgreeOnCurrencies() async throws {
        try await withPayments { payments in
            let rows = try await payments.database.owner.system.query(
                "select code, exponent::int4 from payments.currencies")
            #expect(rows.count > 100)
            for row in rows {
                let code: String = try row[0]
                let exponent: Int32 = try row[1]
                #expect(Money.exponent(of: code) == Int(exponent), "\(code)")
            }
        }
    }
}
