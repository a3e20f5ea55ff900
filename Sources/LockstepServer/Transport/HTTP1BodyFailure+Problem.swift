public import LockstepRuntime

/// A handler that reads a streamed body and lets its failure through answers with the refusal's status, not with 500.
extension HTTP1BodyFailure: ProblemConvertible {
    /// What the client is told.
    public var problem: Problem {
        switch self {
        case .refused(let refusal):
            refusal.problem
        case .peerClosed:
            .badRequest("The request's content is incomplete")
        }
    }
}
