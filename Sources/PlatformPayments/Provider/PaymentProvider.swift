/// What a payment service provider is asked to charge. The key makes the question safe to repeat.
public struct ChargeRequest: Sendable, Equatable {
    /// Unique for each charge; the provider answers a repetition with the first outcome.
    public let key: String
    /// How much.
    public let money: Money
    /// What the client attached.
    public let metadata: [String: String]

    /// A request of these parts.
    public init(key: String, money: Money, metadata: [String: String]) {
        self.key = key
        self.money = money
        self.metadata = metadata
    }
}

/// What became of a charge.
public enum ChargeOutcome: Sendable, Equatable {
    /// The money has moved.
    case completed
    /// It will not move; `reason` is a stable word such as `card_declined`.
    case declined(reason: String)
    /// Not known yet; ask again later with ``PaymentProvider/outcome(of:)``.
    case pending
}

/// The provider did not answer: the charge may or may not have happened.
public struct ProviderTimeout: Error, Sendable, Equatable {
    /// A timeout.
    public init() {}
}

/// A payment service provider.
public protocol PaymentProvider: Sendable {
    /// Charges once for each key.
    func charge(_ request: ChargeRequest) async throws -> ChargeOutcome
    /// What became of the charge with the request's key; never charges.
    func outcome(of request: ChargeRequest) async throws -> ChargeOutcome
}
