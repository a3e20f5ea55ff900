public import LockstepRuntime

extension PostgresError: ProblemConvertible {
    /// 503 with `Retry-After` when the database cannot be reached or is busy, 503 after a deadline or when concurrent transactions
    /// could not be put in an order, else 500. Handlers turn the constraints that they expect into answers of their own.
    public var problem: Problem {
        if let seconds = retryAfterSeconds { return .unavailable(retryAfter: seconds, cause: self) }
        if isTimeout || isRetryable { return .unavailable(retryAfter: 1, cause: self) }
        return Problem(500, .internal, "Internal server error", cause: self)
    }
}
