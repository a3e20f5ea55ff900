internal import LockstepRuntime
internal import PlatformCore

/// Who changes a payment, and what the audit trail and the outbox are to say about it.
struct PaymentNote: Sendable {
    /// The audit trail's words.
    enum Action: String {
        case created = "payments.created"
        case updated = "payments.updated"
        case statusChanged = "payments.status_changed"
        case cancelled = "payments.cancelled"
    }

    /// The events of payments.
    enum Event: String {
        case created = "payments:payment:created"
        case updated = "payments:payment:updated"
        case completed = "payments:payment:completed"
        case failed = "payments:payment:failed"

        /// What tells that a payment has reached `state`.
        init(reaching state: PaymentState) {
            switch state {
            case .completed: self = .completed
            case .failed: self = .failed
            case .pending, .initiated, .processing, .cancelled: self = .updated
            }
        }
    }

    let action: Action
    let event: Event
    /// The account that acts; nil for the provider.
    let actor: UUID?
    let origin: Origin
    let at: Timestamp
    let details: JSONValue

    /// A payment is made; `state` is its first one after `pending`.
    static func created(_ state: PaymentState, by caller: Caller, at now: Timestamp) -> PaymentNote {
        PaymentNote(
            action: .created, event: .created, actor: caller.id, origin: caller.origin, at: now,
            details: ["status": .string(state.rawValue)])
    }

    /// Description or metadata change.
    static func updated(by caller: Caller, at now: Timestamp) -> PaymentNote {
        PaymentNote(
            action: .updated, event: .updated, actor: caller.id, origin: caller.origin, at: now, details: [:])
    }

    /// The state changes, by a caller or, without one, by what the provider said.
    static func moved(
        from: PaymentState, to: PaymentState, reason: String?, by caller: Caller?, _ origin: Origin, at now: Timestamp
    ) -> PaymentNote {
        var details: [JSONMember] = [
            JSONMember(key: "from", value: .string(from.rawValue)), JSONMember(key: "to", value: .string(to.rawValue)),
        ]
        if let reason { details.append(JSONMember(key: "reason", value: .string(reason))) }
        if caller == nil { details.append(JSONMember(key: "by", value: "provider")) }
        return PaymentNote(
            action: to == .cancelled ? .cancelled : .statusChanged, event: Event(reaching: to), actor: caller?.id,
            origin: origin, at: now, details: .object(details))
    }
}
