import Foundation
import LockstepRuntime
import LockstepTesting
import PlatformTestSupport
import Testing

/// Payments over HTTP: who may do what to whose, and the preconditions.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct PaymentFlowTests {
    @Test func roleAndTypeMustFit() async throws {
        try await withPlatform { platform in
            let customer = try await platform.token(.customer)
            let vendor = try await platform.token(.vendor)
            let admin = try await platform.token(.admin)
            let made = try await platform.payment(customer, .customer).expect(201)
            #expect(made.json?["data"]?["status"]?.string == "completed")
            #expect(made.json?["data"]?["amount"]?.string == "10.50")
            #expect(made.json?["data"]?["amountMinor"]?.int == 1_050)
            let initiated = try await platform.payment(vendor, .vendor).expect(201)
            #expect(initiated.json?["data"]?["status"]?.string == "initiated")
            #expect(try await platform.payment(vendor, .customer).status == 403)
            #expect(try await platform.payment(customer, .vendor).status == 403)
            #expect(try await platform.payment(admin, .customer).status == 403)  // for whom?
        }
    }

    @Test func aReplayIsTheSameAnswer() async throws {
        try await withPlatform { platform in
            let token = try await platform.token(.customer)
            let request = TestRequest.post("/api/payments").bearer(token).header("Idempotency-Key", "key-of-this-test")
            let body: JSONValue = ["type": "payment", "amount": "12.00"]
            let first = try await platform.client.send(request.json(body)).expect(201)
            let second = try await platform.client.send(request.json(body)).expect(201)
            #expect(first.body == second.body && first.headers["ETag"] == second.headers["ETag"])
            #expect(first.headers["Idempotency-Replayed"] == nil)
            #expect(second.headers["Idempotency-Replayed"] == "true")
            let other = try await platform.client.send(request.json(["type": "payment", "amount": "13.00"]))
            #expect(other.status == 422)
            let missing = try await platform.client.post("/api/payments", json: body, bearer: token)
            #expect(missing.status == 400)
        }
    }

    /// D-F17: another account's payment does not exist, whatever is tried with it.
    @Test func anotherAccountsPaymentIsNotThere() async throws {
        try await withPlatform { platform in
            let owner = try await platform.token(.vendor)
            let thief = try await platform.token(.vendor)
            let made = try await platform.payment(owner, .vendor).expect(201)
            let path = "/api/payments/\(try #require(made.json?["data"]?["id"]?.string))"
            let tag = try #require(made.headers["ETag"])
            let attempts = [
                TestRequest.get(path), TestRequest.delete(path),
                TestRequest.put(path).header("If-Match", tag).json(["description": "mine"]),
                TestRequest.post(path + "/status").json(["status": "cancelled"]),
            ]
            for attempt in attempts {
                #expect(try await platform.client.send(attempt.bearer(thief)).status == 404)
            }
            let user = try #require(made.json?["data"]?["userId"]?.string)
            let list = try await platform.client.get("/api/payments?userId=\(user)", bearer: thief).expect(200)
            #expect(list.json?["data"]?.array?.isEmpty == true)
            #expect(try await platform.client.get(path, bearer: owner).status == 200)
        }
    }

    /// P-04, D-C07.
    @Test func aChangeNeedsTheTagItWasMadeFrom() async throws {
        try await withPlatform { platform in
            let token = try await platform.token(.vendor)
            let made = try await platform.payment(token, .vendor).expect(201)
            let path = "/api/payments/\(try #require(made.json?["data"]?["id"]?.string))"
            let tag = try #require(made.headers["ETag"])
            let change = TestRequest.put(path).bearer(token).json(["description": "changed"])
            #expect(try await platform.client.send(change).status == 428)
            let changed = try await platform.client.send(change.header("If-Match", tag)).expect(200)
            #expect(changed.json?["data"]?["description"]?.string == "changed")
            #expect(try await platform.client.send(change.header("If-Match", tag)).status == 412)
            let newTag = try #require(changed.headers["ETag"])
            let amount = TestRequest.put(path).bearer(token).header("If-Match", newTag).json(["amount": "11.00"])
            #expect(try await platform.client.send(amount).status == 409)
            let read = try await platform.client.send(.get(path).bearer(token).header("If-None-Match", newTag))
            #expect(read.status == 304 && read.headers["ETag"] == newTag && read.body.isEmpty)
        }
    }

    /// P-05: cancelling is a state, not a disappearance.
    @Test func aCancelledPaymentStays() async throws {
        try await withPlatform { platform in
            let token = try await platform.token(.vendor)
            let admin = try await platform.token(.admin)
            let made = try await platform.payment(token, .vendor).expect(201)
            let path = "/api/payments/\(try #require(made.json?["data"]?["id"]?.string))"
            for _ in 0..<2 {
                let cancelled = try await platform.client.send(.delete(path).bearer(token)).expect(200)
                #expect(cancelled.json?["data"]?["status"]?.string == "cancelled")
            }
            let read = try await platform.client.get(path, bearer: token).expect(200)
            let timeline = read.json?["data"]?["timeline"]?.array?.compactMap { $0["status"]?.string }
            #expect(timeline == ["pending", "initiated", "cancelled"])
            let customer = try await platform.token(.customer)
            let completed = try await platform.payment(customer, .customer).expect(201)
            let id = try #require(completed.json?["data"]?["id"]?.string)
            let late = try await platform.client.send(.delete("/api/payments/\(id)").bearer(admin))
            #expect(late.status == 409)
        }
    }

    /// P-08, N-46.
    @Test func aVendorMayOnlyCancelOrFail() async throws {
        try await withPlatform { platform in
            let vendor = try await platform.token(.vendor)
            let admin = try await platform.token(.admin)
            let made = try await platform.payment(vendor, .vendor).expect(201)
            let path = "/api/payments/\(try #require(made.json?["data"]?["id"]?.string))/status"
            func move(_ token: String?, _ status: String) async throws -> TestResponse {
                try await platform.client.send(.post(path).bearer(token).json(["status": .string(status)]))
            }
            #expect(try await move(vendor, "processing").status == 403)
            _ = try await move(admin, "processing").expect(200)
            let wrong = try await move(admin, "pending")
            #expect(wrong.status == 409 && wrong.errorCode == "INVALID_TRANSITION")
            _ = try await move(vendor, "failed").expect(200)
        }
    }

    @Test func moneyIsHeldToItsCurrency() async throws {
        try await withPlatform { platform in
            let token = try await platform.token(.customer)
            func status(_ amount: JSONValue, _ currency: String) async throws -> Int {
                try await platform.client.send(
                    .post("/api/payments").bearer(token).header("Idempotency-Key", UUID().uuidString)
                        .json(["type": "payment", "amount": amount, "currency": .string(currency)])
                ).status.code
            }
            #expect(try await status("10.50", "JPY") == 400)
            #expect(try await status("10.505", "KWD") == 201)
            #expect(try await status("99999999.99", "USD") == 201)
            #expect(try await status("100000000", "USD") == 400)
            #expect(try await status(.number("19.99"), "USD") == 201)
            #expect(try await status(.number("19.990"), "USD") == 201)
            #expect(try await status(.number("19.999"), "USD") == 400)
            #expect(try await status(.number("1e2"), "USD") == 201)
            #expect(try await status("0.00", "USD") == 400)
        }
    }
}
