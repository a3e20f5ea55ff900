import Testing

@testable import LockstepServer

/// What nginx, which stands in front of us in production, makes of the same bytes. A request that nginx lets through and we
/// refuse is safe; one whose end we see elsewhere is not. Every difference is listed in `NginxDisagreements` with its reason.
@Suite("Compared with nginx", .serialized) struct NginxDifferentialTests {
    @Test func everyDisagreementIsListedWithItsReason() throws {
        guard let nginx = try NginxReference() else { return }
        defer { nginx.stop() }
        var seen: Set<String> = []
        for sample in SmugglingSamples.all {
            let input = Array(sample.input.utf8)
            let statuses = try #require(nginx.statuses(for: input), "nginx does not answer")
            let theirs = verdict(
                accepted: statuses.prefix { $0 == 200 }.count, refused: statuses.contains { $0 >= 400 })
            let exchange = RecordedExchange(input, thenEnd: true)
            let ours = verdict(accepted: exchange.requests.count, refused: exchange.refusal != nil)
            if theirs == ours { continue }
            seen.insert(sample.name)
            #expect(
                NginxDisagreements.reasons[sample.name] != nil,
                "\(sample.name): nginx \(theirs) \(statuses), we \(ours) \(exchange.refusal ?? "")")
            // What we accept, nginx must accept as the same number of requests, or refuse.
            if exchange.refusal == nil {
                #expect(statuses.contains { $0 >= 400 }, "\(sample.name): both accept, but not the same requests")
            }
        }
        #expect(Set(NginxDisagreements.reasons.keys).subtracting(seen) == [], "listed, but nginx agrees now")
    }

    private func verdict(accepted: Int, refused: Bool) -> String {
        "accepts \(accepted)" + (refused ? ", then refuses" : "")
    }
}
