public import LockstepRuntime

/// Holds requests to their operation's rate limit and says so in `RateLimit` and `RateLimit-Policy` (IETF draft
/// ratelimit-headers): `"credential";r=4;t=180`. A refusal is 429 with `Retry-After`.
///
/// Limits by address and account are held before a credential is looked at, limits by caller once the caller is known. Give it
/// to ``APIService`` as its admission.
public struct RateLimiter: Admission {
    private let profile: RateLimitProfile
    private let store: any RateLimitStore
    private let refusals: Counter?
    private let account: @Sendable (Request) -> String?
    private let session: @Sendable (Request) async -> String?

    /// A limiter.
    ///
    /// - Parameters:
    ///   - account: the account that a request names, for policies by account; by default the member `email` of a JSON body.
    ///     Requests without one share a place, so that leaving it out gains nothing.
    ///   - session: the session that a request names, for policies by session. Requests that name none are counted by address.
    public init(
        profile: RateLimitProfile = .standard, store: any RateLimitStore = LocalRateLimitStore(),
        metrics: MetricsRegistry? = nil, account: (@Sendable (Request) -> String?)? = nil,
        session: @escaping @Sendable (Request) async -> String? = { _ in nil }
    ) {
        self.profile = profile
        self.store = store
        self.account = account ?? AccountReader.email
        self.session = session
        refusals = metrics?.counter("http_server_rate_limited_total", "Requests refused because of a rate limit.")
    }

    /// Before security: limits by address, by account and by session.
    public func admit(_ request: Request, to route: Route?, _ context: RequestContext) async throws -> HTTPFields {
        var fields = RateLimitFields()
        for policy in profile.policies(for: route) where policy.key != .principal {
            try await take(policy, await client(of: request, for: policy.key, context), context, &fields)
        }
        return fields.fields
    }

    /// Whose quota a request before security is taken from.
    private nonisolated(nonsending) func client(
        of request: Request, for key: RateLimitPolicy.Key, _ context: RequestContext
    ) async -> String {
        let address = Self.address(context)
        switch key {
        case .account: return "\(address) \(account(request)?.lowercased() ?? "?")"
        case .session: return await session(request) ?? address
        case .address, .principal: return address
        }
    }

    /// What a refusal costs where failures weigh more. Malformed requests and those refused for their rate cost nothing more.
    public func refused(
        _ request: Request, to route: Route, with problem: Problem, _ context: RequestContext
    ) async {
        guard Self.isFailure(problem) else { return }
        for policy in profile.policies(for: route) where policy.key != .principal {
            let units: Int
            switch policy.weight {
            case .each: continue
            case .more(let failure): units = failure - 1
            case .failuresOnly: units = 1
            }
            let client = await client(of: request, for: policy.key, context)
            let key = RateLimitKey(policy: policy.name, client: client)
            await store.charge(key, of: policy, units, at: context.time.monotonicNow)
        }
    }

    /// Whether the credential, not the form of the request, was the reason.
    private static func isFailure(_ problem: Problem) -> Bool {
        switch problem.status.code {
        case 401, 403, 409, 410: true
        case 400, 404, 422: problem.code != .validation && problem.code != .badRequest
        default: false
        }
    }

    /// After security: limits by caller.
    public func admit(
        _ request: Request, to route: Route, by principal: Principal, _ context: RequestContext
    ) async throws -> HTTPFields {
        var fields = RateLimitFields()
        for policy in profile.policies(for: route) where policy.key == .principal {
            try await take(policy, principal.subject, context, &fields)
        }
        return fields.fields
    }

    /// A request without a caller counts as an anonymous one of its address, where it has not been counted yet: it has no
    /// caller's quota to take from. Callers are not held back by it.
    public func admitUnauthorized(
        _ request: Request, to route: Route, _ context: RequestContext
    ) async throws -> HTTPFields {
        var fields = RateLimitFields()
        let policies = profile.policies(for: route)
        guard !policies.isEmpty, policies.allSatisfy({ $0.key == .principal }) else { return HTTPFields() }
        for policy in profile.anonymous where policy.key == .address {
            try await take(policy, Self.address(context), context, &fields)
        }
        return fields.fields
    }

    /// Takes one request of a client that only the handler knows, such as a session or the target of a mail.
    ///
    /// - Throws: the 429 to answer with.
    public func take(_ policy: RateLimitPolicy, client: String, _ context: RequestContext) async throws {
        var fields = RateLimitFields()
        try await take(policy, client, context, &fields)
    }

    private nonisolated(nonsending) func take(
        _ policy: RateLimitPolicy, _ client: String, _ context: RequestContext, _ fields: inout RateLimitFields
    ) async throws {
        let key = RateLimitKey(policy: policy.name, client: client)
        let units = policy.weight == .failuresOnly ? 0 : 1
        let state = await store.take(key, of: policy, units, at: context.time.monotonicNow)
        if units > 0 || !state.isAllowed { fields.add(policy, state) }
        guard !state.isAllowed else { return }
        refusals?.add()
        var headers = fields.fields
        headers.append("Retry-After", "\(state.seconds)")
        throw Problem(429, .tooManyRequests, policy.message, headers: headers)
    }

    /// The client's address as a key; what cannot be read as one is taken as it is.
    private static func address(_ context: RequestContext) -> String {
        guard let address = IPAddress(context.remoteAddress), !address.isIPv4 else { return context.remoteAddress }
        return String(address.client.high, radix: 16)
    }
}

/// The two fields of the policies that held for a request.
private struct RateLimitFields {
    private var limits: [UInt8] = []
    private var policies: [UInt8] = []

    mutating func add(_ policy: RateLimitPolicy, _ state: RateLimitState) {
        if !limits.isEmpty {
            LineWriter.append(", ", to: &limits)
            LineWriter.append(", ", to: &policies)
        }
        LineWriter.append(text: policy.policyItem, to: &policies)
        LineWriter.append("\"", to: &limits)
        LineWriter.append(text: policy.name, to: &limits)
        LineWriter.append("\";r=", to: &limits)
        LineWriter.append(state.remaining, to: &limits)
        LineWriter.append(";t=", to: &limits)
        LineWriter.append(state.seconds, to: &limits)
    }

    var fields: HTTPFields {
        guard !limits.isEmpty else { return HTTPFields() }
        var fields = HTTPFields(reservingBytes: limits.count + policies.count + 40, fields: 2)
        fields.append("RateLimit", bytes: limits)
        fields.append("RateLimit-Policy", bytes: policies)
        return fields
    }
}

/// Finds the account that a request names.
enum AccountReader {
    /// The member `email` of a small JSON body that has arrived.
    static func email(_ request: Request) -> String? {
        guard case .bytes(let bytes) = request.body, bytes.count <= 4096,
            let document = try? JSONDocument.parse(bytes)
        else { return nil }
        return document.root["email"]?.string
    }
}
