/// Where a payment stands, and where it may go from there. The database's trigger holds the same table.
public enum PaymentState: String, CaseIterable, Sendable {
    case pending, initiated, processing, completed, failed, cancelled

    /// The states that may come next; none after a final one.
    public var next: Set<PaymentState> {
        switch self {
        case .pending: [.initiated, .processing, .cancelled]
        case .initiated: [.processing, .cancelled]
        case .processing: [.completed, .failed]
        case .completed, .failed, .cancelled: []
        }
    }

    /// Whether nothing may change any more.
    public var isFinal: Bool { next.isEmpty }

    /// Whether this is a legal move.
    public func canBecome(_ state: PaymentState) -> Bool { next.contains(state) }
}
