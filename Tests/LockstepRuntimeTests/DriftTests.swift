import LockstepRuntime
import LockstepTesting
import Testing

@Suite struct DriftTests {
    @Test(arguments: [
        ("status", "undocumentedStatus: 202 is not declared"), ("mediaType", "mediaType: text/plain is not declared"),
        ("content", "content: /name must be of type string [type]"), ("missingHeader", "header: X-Rate is missing"),
        ("header", "header: X-Rate must be of type integer [type]"),
    ])
    func responsesAreHeldAgainstTheDocument(_ mode: String, _ violation: String) async throws {
        let fixture = try ServiceFixture()
        _ = try await fixture.client().get("/drift?mode=\(mode)")
        #expect(fixture.recorder.violations.contains { $0.hasSuffix(violation) }, "\(fixture.recorder.violations)")
        #expect(throws: ResponseMismatch.self) { try fixture.recorder.check() }
        #expect(fixture.sink.records.contains { $0.level == .error && $0.message.hasPrefix("RESPONSE DOES NOT MATCH") })
    }

    @Test func countsOperationsAndStatuses() async throws {
        let fixture = try ServiceFixture()
        let client = try fixture.client()
        _ = try await client.get("/drift?mode=ok")
        _ = try await client.get("/drift?mode=ok")
        _ = try await client.get("/payments?limit=0")
        #expect(fixture.recorder.report == "drift 200: 2\nlistPayments 400: 1")
        let unseen = fixture.recorder.unseen(of: fixture.table).map(\.description)
        #expect(unseen.contains("getPayment 304"))
        #expect(!unseen.contains("drift 200"))
        try fixture.recorder.check()
    }

    @Test func anUndeclaredErrorIsDriftToo() async throws {
        let fixture = try ServiceFixture()
        _ = try await fixture.client().get("/drift")
        #expect(fixture.recorder.violations == ["GET /drift 400: undocumentedStatus: 400 is not declared"])
    }
}
