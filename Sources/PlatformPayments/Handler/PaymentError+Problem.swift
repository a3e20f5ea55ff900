public import LockstepRuntime

/// What clients are told, in codes that the document's description names.
extension PaymentError: ProblemConvertible {
    /// The status and code of each error.
    public var problem: Problem {
        switch self {
        case .notFound: .notFound
        case .notAllowed: .forbidden
        case .onBehalfRequired:
            Problem(403, .forbidden, "An administrator names the account in onBehalfOf")
        case .onBehalfRefused:
            Problem(403, .forbidden, "Only an administrator may act for another account")
        case .unknownAccount: Problem(404, "UNKNOWN_ACCOUNT", "There is no such account")
        case .invalidTransition(let from, let to):
            Problem(409, "INVALID_TRANSITION", "A payment that is \(from.rawValue) cannot become \(to.rawValue)")
        case .final: Problem(409, "PAYMENT_FINAL", "The payment can no longer change")
        case .amountInexact:
            Problem(422, "AMOUNT_INEXACT", "The amount does not fit the currency's minor units")
        case .amountFixed: Problem(409, "AMOUNT_FIXED", "The amount of a payment cannot change")
        case .stale: Problem(412, .preconditionFailed, "The payment has changed since it was read")
        case .preconditionRequired: Problem(428, .preconditionRequired, "Send the ETag in If-Match")
        case .keyReused:
            Problem(422, "IDEMPOTENCY_KEY_REUSED", "The idempotency key was used with another request")
        case .keyInUse:
            Problem(
                409, "IDEMPOTENCY_KEY_IN_USE", "The first request with this key is still running",
                headers: ["Retry-After": "1"])
        case .badCursor: Problem(400, "INVALID_CURSOR", "The cursor does not belong to this list")
        }
    }
}
