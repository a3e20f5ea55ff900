import LockstepRuntime
import PlatformCore
import PlatformPayments
import Testing

@Suite struct RuleTests {
    @Test func exactlySevenOfTheThirtySixMovesAreLegal() {
        let legal = PaymentState.allCases.flatMap { from in
            PaymentState.allCases.filter { from.canBecome($0) }.map { "\(from) \($0)" }
        }
        #expect(
            Set(legal) == [
                "pending initiated", "pending processing", "pending cancelled", "initiated processing",
                "initiated cancelled", "processing completed", "processing failed",
            ])
    }

    @Test func entityTagsCompareByRFC9110() throws {
        let tag = EntityTag(try #require(UUID(text: "5d1c2b6e-63a8-4f3e-8a55-0d4a0c9a6c11")), version: 3)
        #expect(tag.text == "\"5d1c2b6e63a84f3e8a550d4a0c9a6c11.3\"")
        #expect(tag.matchesStrongly(tag.text) && tag.matchesStrongly("\"x\", \(tag.text)") && tag.matchesStrongly("*"))
        #expect(!tag.matchesStrongly("W/" + tag.text) && !tag.matchesStrongly("\"x\"") && !tag.matchesStrongly(""))
        #expect(tag.matchesWeakly("W/" + tag.text) && tag.matchesWeakly(tag.text) && !tag.matchesWeakly("W/\"x\""))
    }

    @Test func aCursorIsBoundToItsKeyAndFiltersAndCannotBeChanged() throws {
        let key = MACKey(Array("a key of this test".utf8))
        let cursor = PageCursor(
            createdAt: 1_767_225_600_000_001, id: try #require(UUID(text: "5d1c2b6e-63a8-4f3e-8a55-0d4a0c9a6c11")))
        let text = cursor.encoded(filters: "status=pending", key: key)
        #expect(PageCursor(text, filters: "status=pending", key: key) == cursor)
        #expect(PageCursor(text, filters: "", key: key) == nil)
        #expect(PageCursor(text, filters: "status=pending", key: MACKey(Array("another".utf8))) == nil)
        for index in text.indices {
            var changed = text
            changed.replaceSubrange(index...index, with: text[index] == "A" ? "B" : "A")
            #expect(PageCursor(changed, filters: "status=pending", key: key) == nil)
        }
        #expect(PageCursor("", filters: "", key: key) == nil)
    }

    @Test(arguments: [
        ("approve", 1, ChargeOutcome.completed, ChargeOutcome.completed),
        ("decline", 1, .declined(reason: "card_declined"), .declined(reason: "card_declined")),
        ("delay", 1, .pending, .completed),
        ("", 4_002, .declined(reason: "card_declined"), .declined(reason: "card_declined")),
        ("", 4_009, .pending, .completed), ("unheard of", 100, .completed, .completed),
    ])
    func theSimulatorAnswersByRule(plan: String, minor: Int64, first: ChargeOutcome, later: ChargeOutcome) async throws
    {
        let request = ChargeRequest(
            key: "k", money: Money(minorUnits: minor, currency: "USD"),
            metadata: plan.isEmpty ? [:] : ["simulate": plan])
        #expect(try await SimulatedProvider().charge(request) == first)
        #expect(try await SimulatedProvider().outcome(of: request) == later)
    }

    @Test func aSimulatedTimeoutIsResolvedLater() async throws {
        let request = ChargeRequest(
            key: "k", money: Money(minorUnits: 4_008, currency: "USD"), metadata: [:])
        await #expect(throws: ProviderTimeout.self) { try await SimulatedProvider().charge(request) }
        #expect(try await SimulatedProvider().outcome(of: request) == .completed)
    }
}
