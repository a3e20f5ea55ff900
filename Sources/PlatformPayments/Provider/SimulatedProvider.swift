/// A provider that moves no money and answers by rule, so that every path can be tried and repeated, also across a
/// restart: the outcome depends on the request alone.
///
/// `metadata.simulate` decides; without it the amount does:
///
/// | `simulate` | minor units | first answer | later |
/// | --- | --- | --- | --- |
/// | `approve` | any other | completed | completed |
/// | `decline` | 4002 | declined | declined |
/// | `timeout` | 4008 | no answer | completed |
/// | `delay` | 4009 | pending | completed |
/// | `slow` | 4010 | completed, after three seconds | completed |
public struct SimulatedProvider: PaymentProvider {
    private enum Plan: String {
        case approve, decline, timeout, delay, slow
    }

    private let pause: @Sendable (Duration) async throws -> Void

    /// A simulator.
    ///
    /// - Parameter pause: waits; by default not at all.
    public init(pause: @escaping @Sendable (Duration) async throws -> Void = { _ in }) {
        self.pause = pause
    }

    /// The first answer of the table.
    public func charge(_ request: ChargeRequest) async throws -> ChargeOutcome {
        switch plan(request) {
        case .approve: return .completed
        case .decline: return .declined(reason: "card_declined")
        case .timeout: throw ProviderTimeout()
        case .delay: return .pending
        case .slow:
            try await pause(.seconds(3))
            return .completed
        }
    }

    /// The later answer of the table.
    public func outcome(of request: ChargeRequest) async throws -> ChargeOutcome {
        switch plan(request) {
        case .approve, .timeout, .delay, .slow: .completed
        case .decline: .declined(reason: "card_declined")
        }
    }

    private func plan(_ request: ChargeRequest) -> Plan {
        if let plan = request.metadata["simulate"].flatMap(Plan.init(rawValue:)) { return plan }
        switch request.money.minorUnits {
        case 4_002: return .decline
        case 4_008: return .timeout
        case 4_009: return .delay
        case 4_010: return .slow
        default: return .approve
        }
    }
}
