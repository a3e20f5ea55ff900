public import LockstepRuntime

/// Which payments a list shows.
public struct PaymentFilter: Sendable, Equatable {
    public var state: PaymentState?
    public var kind: PaymentKind?
    public var currency: String?
    public var userID: UUID?
    public var createdFrom: Timestamp?
    public var createdTo: Timestamp?

    /// A filter that lets every payment through.
    public init(
        state: PaymentState? = nil, kind: PaymentKind? = nil, currency: String? = nil, userID: UUID? = nil,
        createdFrom: Timestamp? = nil, createdTo: Timestamp? = nil
    ) {
        self.state = state
        self.kind = kind
        self.currency = currency
        self.userID = userID
        self.createdFrom = createdFrom
        self.createdTo = createdTo
    }

    /// Tells filters apart, so that a cursor fits only the list it was cut from.
    var fingerprint: String {
        let parts: [String] = [
            state?.rawValue ?? "", kind?.rawValue ?? "", currency ?? "", userID?.uuidString ?? "",
            createdFrom.map { "\($0)" } ?? "", createdTo.map { "\($0)" } ?? "",
        ]
        return parts.joined(separator: "\u{1F}")
    }
}
