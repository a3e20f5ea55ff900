public import LockstepRuntime
import Synchronization

/// Whose quota is taken from, and which.
public struct RateLimitKey: Sendable, Hashable {
    /// The policy's name.
    public let policy: String
    /// The client: an address, an account or a subject, as text.
    public let client: String

    /// A key.
    public init(policy: String, client: String) {
        self.policy = policy
        self.client = client
    }
}

/// What is left after taking from a quota.
public struct RateLimitState: Sendable, Hashable {
    /// Whether the request may go on.
    public let isAllowed: Bool
    /// Requests left now.
    public let remaining: Int
    /// Seconds until the quota is whole again; of a refusal, until one more request is allowed.
    public let seconds: Int
}

/// Where quotas are counted: in this process, or in one place for many.
public protocol RateLimitStore: Sendable {
    /// Takes `units` requests from a quota if that many are left; none only looks whether one is.
    func take(
        _ key: RateLimitKey, of policy: RateLimitPolicy, _ units: Int, at now: MonotonicTime
    ) async -> RateLimitState

    /// Takes `units` requests from a quota, or what is left of it.
    func charge(_ key: RateLimitKey, of policy: RateLimitPolicy, _ units: Int, at now: MonotonicTime) async
}

/// Counts in this process, for at most a fixed number of clients.
///
/// The generic cell rate algorithm: one number a client says when its quota would be whole again. A request moves it by
/// the time in which one request is regained, and is refused if that leads more than a window ahead. Clients whose quota
/// is whole are forgotten; if all places are taken by others, one whose quota is nearly whole is.
public final class LocalRateLimitStore: RateLimitStore {
    private struct Shard {
        /// When each client's quota is whole again.
        var whole: [RateLimitKey: UInt64] = [:]
    }

    private static let shardCount = 16
    private let shards: [Mutexed]
    private let capacity: Int

    /// A mutex that can stand in an array.
    private final class Mutexed: Sendable {
        let state = Mutex(Shard())
    }

    /// A store for at most `capacity` clients.
    public init(capacity: Int = 100_000) {
        self.capacity = max(1, capacity / Self.shardCount)
        shards = (0..<Self.shardCount).map { _ in Mutexed() }
    }

    /// Takes `units` requests from a quota if that many are left; none only looks whether one is.
    public nonisolated(nonsending) func take(
        _ key: RateLimitKey, of policy: RateLimitPolicy, _ units: Int, at now: MonotonicTime
    ) async -> RateLimitState {
        let nanoseconds = UInt64(max(0, now.nanoseconds))
        return shard(of: key).state.withLock { shard in
            let known = shard.whole[key]
            let start = max(known ?? 0, nanoseconds)
            let next = start + policy.interval * UInt64(max(1, units))
            if next - nanoseconds > policy.window {
                return RateLimitState(
                    isAllowed: false, remaining: 0, seconds: Self.seconds(next - nanoseconds - policy.window))
            }
            if units > 0 { keep(next, for: key, isNew: known == nil, in: &shard, at: nanoseconds) }
            return RateLimitState(
                isAllowed: true, remaining: Int((policy.window - (next - nanoseconds)) / policy.interval),
                seconds: Self.seconds(next - nanoseconds))
        }
    }

    /// Takes `units` requests from a quota, or what is left of it.
    public nonisolated(nonsending) func charge(
        _ key: RateLimitKey, of policy: RateLimitPolicy, _ units: Int, at now: MonotonicTime
    ) async {
        let nanoseconds = UInt64(max(0, now.nanoseconds))
        shard(of: key).state.withLock { shard in
            let known = shard.whole[key]
            let next = max(known ?? 0, nanoseconds) + policy.interval * UInt64(max(0, units))
            keep(min(next, nanoseconds + policy.window), for: key, isNew: known == nil, in: &shard, at: nanoseconds)
        }
    }

    private func shard(of key: RateLimitKey) -> Mutexed {
        shards[Int(truncatingIfNeeded: UInt(bitPattern: key.hashValue)) & (Self.shardCount - 1)]
    }

    private func keep(
        _ whole: UInt64, for key: RateLimitKey, isNew: Bool, in shard: inout Shard, at now: UInt64
    ) {
        if isNew, shard.whole.count >= capacity { Self.makeRoom(in: &shard, at: now) }
        shard.whole[key] = whole
    }

    /// The number of clients held.
    var count: Int { shards.reduce(0) { $0 + $1.state.withLock { $0.whole.count } } }

    private static func makeRoom(in shard: inout Shard, at now: UInt64) {
        let before = shard.whole.count
        shard.whole = shard.whole.filter { $0.value > now }
        // An eighth has to go, so that a flood of clients does not make every request look at all of them.
        guard shard.whole.count > before - before / 8 else { return }
        let limit = shard.whole.values.sorted()[shard.whole.count / 8]
        shard.whole = shard.whole.filter { $0.value > limit }
    }

    private static func seconds(_ nanoseconds: UInt64) -> Int {
        Int((nanoseconds + 999_999_999) / 1_000_000_000)
    }
}
