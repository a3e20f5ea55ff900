public import LockstepRuntime
public import PlatformCore

/// Who asks, as the payments service needs it.
public struct Caller: Sendable {
    let id: UUID
    let principal: Principal
    let origin: Origin

    /// The caller; nil if the principal is not an account.
    public init?(_ principal: Principal, from origin: Origin = .platform) {
        guard let id = UUID(text: principal.subject) else { return nil }
        self.id = id
        self.principal = principal
        self.origin = origin
    }

    var isAdministrator: Bool { principal.hasRole("ADMIN") }

    /// The owner that lists are narrowed to; nil for administrators, who see all.
    var ownerOfLists: UUID? { isAdministrator ? nil : id }

    /// For whom the order is, if the caller may give it.
    func beneficiary(of order: PaymentOrder) throws(PaymentError) -> UUID {
        if isAdministrator {
            guard let account = order.onBehalfOf else { throw .onBehalfRequired }
            return account
        }
        guard order.onBehalfOf == nil else { throw .onBehalfRefused }
        guard principal.hasRole(order.kind == .payment ? "CUSTOMER" : "VENDOR") else { throw .notAllowed }
        return id
    }

    /// Whether the caller may make a move that the state machine has: a vendor only cancels and fails, the rest is the provider's and administrators'.
    func mayMove(to state: PaymentState) -> Bool {
        isAdministrator || (principal.hasRole("VENDOR") && (state == .cancelled || state == .failed))
    }
}
