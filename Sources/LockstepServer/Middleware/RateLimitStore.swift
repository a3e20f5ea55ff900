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
    /// Takes one request from a quota.
    func take(_ key: RateLimitKey, of policy: RateLimitPolicy, at now: MonotonicTime) async -> RateLimitState
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

    /// Takes one request from a quota.
    public func take(_ key: RateLimitKey, of policy: RateLimitPolicy, at now: MonotonicTime) async -> RateLimitState {
        let nanoseconds = UInt64(max(0, now.nanoseconds))
        let shard = shards[Int(truncatingIfNeeded: UInt(bitPattern: key.hashValue)) & (Self.shardCount - 1)]
        return shard.state.withLock { shard in
            let known = shard.whole[key]
            let start = max(known ?? 0, nanoseconds)
            let next = start + policy.interval
            if next - nanoseconds > policy.window {
                return RateLimitState(
                    isAllowed: false, remaining: 0, seconds: Self.seconds(next - nanoseconds - policy.window))
            }
            if known == nil, shard.whole.count >= capacity { Self.makeRoom(in: &shard, at: nanoseconds) }
            shard.whole[key] = next
            return RateLimitState(
                isAllowed: true, remaining: Int((policy.window - (next - nanoseconds)) / policy.interval),
                seconds: Self.seconds(next - nanoseconds))
        }
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
