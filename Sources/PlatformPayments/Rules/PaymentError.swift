/// What can be wrong with a request about payments that is well formed.
public enum PaymentError: Error, Sendable, Equatable {
    /// There is none, or not for this caller.
    case notFound
    /// The role may not do this to this payment.
    case notAllowed
    /// An `ADMIN` has to say for whom, and nobody else may.
    case onBehalfRequired, onBehalfRefused
    /// The account to act for does not exist.
    case unknownAccount
    /// Not a legal move.
    case invalidTransition(from: PaymentState, to: PaymentState)
    /// The payment is in a final state.
    case final
    /// The amount has more decimals than its currency, or is out of range.
    case amountInexact
    /// The amount of a payment is fixed.
    case amountFixed
    /// The payment has changed since the entity tag was read.
    case stale
    /// `If-Match` is missing.
    case preconditionRequired
    /// The idempotency key was used with another request.
    case keyReused
    /// The first request with the key is still running.
    case keyInUse
    /// Not a cursor of ours for these filters.
    case badCursor
}
