public import LockstepRuntime

/// A payment as it is stored.
public struct PaymentRecord: Sendable, Equatable {
    public let id: UUID
    /// Whose payment it is.
    public let userID: UUID
    public let kind: PaymentKind
    public var state: PaymentState
    public let money: Money
    public var text: String?
    public var metadata: [String: String]
    /// Counts the changes; part of the entity tag.
    public var version: Int32
    public let createdAt: Timestamp
    public var updatedAt: Timestamp

    /// Strong: it changes with every change of the payment.
    public var entityTag: EntityTag { EntityTag(id, version: Int(version)) }

    /// What the provider is asked; the payment's id is the key.
    var chargeRequest: ChargeRequest { ChargeRequest(key: id.text, money: money, metadata: metadata) }
}

/// One step in a payment's life.
public struct PaymentStep: Sendable, Equatable {
    public let state: PaymentState
    public let at: Timestamp
    public let reason: String?
}

/// A payment with every state it has been in, oldest first.
public struct PaymentWithTimeline: Sendable, Equatable {
    public let payment: PaymentRecord
    public let steps: [PaymentStep]
}
