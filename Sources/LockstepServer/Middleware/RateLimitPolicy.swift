import LockstepRuntime

/// A quota: so many requests in so much time, for one client.
public struct RateLimitPolicy: Sendable, Hashable {
    /// Whose requests are counted together.
    public enum Key: String, Sendable, Hashable {
        /// The address: IPv4, or the /64 of IPv6.
        case address
        /// The account that a request names (in a login), together with the address, so that nobody can lock others out.
        case account
        /// The session that a request names (in a refresh), or the address where it names none.
        case session
        /// The caller.
        case principal
    }

    /// How much a request takes.
    public enum Weight: Sendable, Hashable {
        /// One, whatever becomes of it.
        case each
        /// One, and `failure` in all if it is refused.
        case more(failure: Int)
        /// One if it is refused; nothing otherwise.
        case failuresOnly
    }

    /// The name, as it appears in `RateLimit` and metrics.
    public let name: String
    /// Requests allowed in a window.
    public let quota: Int
    /// The window in seconds.
    public let seconds: Int
    /// Whose.
    public let key: Key
    /// How much.
    public let weight: Weight
    /// The text of a refusal.
    public let message: String
    /// `"name";q=5;w=900`
    let policyItem: String

    /// A policy. Quota and window are at least 1.
    public init(
        _ name: String, quota: Int, seconds: Int, by key: Key, weight: Weight = .each,
        message: String = "Too many requests, please try again later."
    ) {
        self.name = name
        self.quota = max(1, quota)
        self.seconds = max(1, seconds)
        self.key = key
        self.weight = weight
        self.message = message
        policyItem = "\"\(name)\";q=\(max(1, quota));w=\(max(1, seconds))"
    }

    /// Nanoseconds in which one request is regained.
    var interval: UInt64 { UInt64(seconds) * 1_000_000_000 / UInt64(quota) }
    var window: UInt64 { interval * UInt64(quota) }
}

/// Which policies hold for which operation.
public struct RateLimitProfile: Sendable {
    /// The policies that an operation's `x-ratelimit` names.
    public var named: [String: [RateLimitPolicy]]
    /// For operations that name none and need no credential, and for paths that lead nowhere.
    public var anonymous: [RateLimitPolicy]
    /// For operations that name none and need a credential.
    public var authenticated: [RateLimitPolicy]
    /// Policies for all operations below a path prefix, instead of the others.
    public var prefixes: [(prefix: String, policies: [RateLimitPolicy])]

    private static let manyFromAddress = "Too many requests from this IP, please try again later."
    private static let manyAttempts = "Too many authentication attempts, please try again later."

    /// Named policies, each for what it protects: guessing (by address and account), floods (by address), a caller's share.
    ///
    /// A wrong password weighs more than a right one: an address has 50 tries in 15 minutes if they succeed and 10 if they fail, and
    /// after ten failures within an hour an account is closed to the address that made them, however they were spread.
    public static var standard: RateLimitProfile {
        let anonymous = [
            RateLimitPolicy("anonymous", quota: 100, seconds: 900, by: .address, message: manyFromAddress)
        ]
        let authenticated = [RateLimitPolicy("authenticated", quota: 100, seconds: 60, by: .principal)]
        return RateLimitProfile(
            named: [
                "credential": [
                    RateLimitPolicy("credential", quota: 5, seconds: 900, by: .account, message: manyAttempts),
                    RateLimitPolicy(
                        "credential-failures", quota: 10, seconds: 3_600, by: .account, weight: .failuresOnly,
                        message: manyAttempts),
                    RateLimitPolicy(
                        "credential-address", quota: 50, seconds: 900, by: .address, weight: .more(failure: 5),
                        message: manyAttempts),
                ],
                "refresh": [RateLimitPolicy("refresh", quota: 30, seconds: 300, by: .session)],
                "anonymous": anonymous, "authenticated": authenticated, "none": [],
            ],
            anonymous: anonymous, authenticated: authenticated, prefixes: [])
    }

    /// The literal numbers of the earlier proof of concept: 100 in 15 minutes for each address, 5 of them below `/api/auth`.
    public static var poc2: RateLimitProfile {
        let general = RateLimitPolicy("general", quota: 100, seconds: 900, by: .address, message: manyFromAddress)
        let auth = RateLimitPolicy("auth", quota: 5, seconds: 900, by: .address, message: manyAttempts)
        return RateLimitProfile(
            named: ["none": []], anonymous: [general], authenticated: [general],
            prefixes: [("/api/auth", [auth, general]), ("/api/", [general])])
    }

    /// No limits.
    public static var off: RateLimitProfile {
        RateLimitProfile(named: [:], anonymous: [], authenticated: [], prefixes: [("/", [])])
    }

    /// The profile that `RATE_PROFILE` names: `default`, `poc2` or `off`; nil for anything else.
    public static func named(_ name: String) -> RateLimitProfile? {
        switch name {
        case "default": standard
        case "poc2": poc2
        case "off": off
        default: nil
        }
    }

    /// The policies of an operation.
    ///
    /// Its `x-ratelimit` is the name of a policy, or a limit of its own: `{limit: 10, window: 60, by: address}`.
    func policies(for route: Route?) -> [RateLimitPolicy] {
        guard let route else { return prefixes.first { $0.prefix == "/" }?.policies ?? anonymous }
        if let entry = prefixes.first(where: { route.template.hasPrefix($0.prefix) }) { return entry.policies }
        switch route.extensions["x-ratelimit"] {
        case .string(let name)?:
            if let policies = named[name] { return policies }
        case .object?:
            if let policy = Self.ownPolicy(of: route) { return [policy] }
        default: break
        }
        return route.allowsAnonymous ? anonymous : authenticated
    }

    private static func ownPolicy(of route: Route) -> RateLimitPolicy? {
        guard case .object(let members)? = route.extensions["x-ratelimit"] else { return nil }
        var quota: Int?
        var seconds = 60
        var key = route.allowsAnonymous ? RateLimitPolicy.Key.address : .principal
        for member in members {
            switch (member.key, member.value) {
            case ("limit", .number(let text)): quota = Int(text)
            case ("window", .number(let text)): seconds = Int(text) ?? seconds
            case ("by", .string(let text)): key = RateLimitPolicy.Key(rawValue: text) ?? key
            default: break
            }
        }
        return quota.map { RateLimitPolicy(route.operationID, quota: $0, seconds: seconds, by: key) }
    }
}
