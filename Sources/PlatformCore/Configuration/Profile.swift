/// Where the platform runs; `NODE_ENV` in the source documents, whose name is kept.
public enum Profile: String, CaseIterable, Sendable {
    /// On a developer's machine: comfortable defaults, responses validated too.
    case development
    /// For users: no default secrets, no docs page, no hints.
    case production
    /// Under test.
    case test
}

/// Which numbers the rate limits have.
public enum RateProfile: String, CaseIterable, Sendable {
    /// Policies by operation (decision N-02).
    case `default`
    /// The numbers of the POC-2 document, literally.
    case poc2
    /// None; for load tests.
    case off
}

/// How access tokens are signed.
public enum TokenAlgorithm: String, CaseIterable, Sendable {
    /// With a private key, verified by anyone who reads the key set.
    case es256 = "ES256"
    /// With the shared `JWT_SECRET`; opt-in only.
    case hs256 = "HS256"
}
