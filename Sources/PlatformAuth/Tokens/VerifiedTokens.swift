public import LockstepRuntime
internal import PlatformCore
internal import Synchronization

/// Tokens that were verified a moment ago, by hash: checking a signature costs 45 µs, looking here less than one.
///
/// Bounded; an entry ends with its token, with its session, and when its account changes. The database announces both
/// (`auth_changed`), whoever changed them.
public final class VerifiedTokens: Sendable {
    private struct Key: Hashable {
        let a: UInt64, b: UInt64, c: UInt64, d: UInt64

        init(_ token: String) {
            var token = token
            let digest = token.withUTF8 { Digest.sha256($0) }
            (a, b, c, d) = digest.withUnsafeBytes { bytes in
                (
                    bytes.load(fromByteOffset: 0, as: UInt64.self), bytes.load(fromByteOffset: 8, as: UInt64.self),
                    bytes.load(fromByteOffset: 16, as: UInt64.self), bytes.load(fromByteOffset: 24, as: UInt64.self)
                )
            }
        }
    }

    private struct Entry {
        let principal: Principal
        let userID: UUID
        let sessionID: UUID
        let expiresAt: Int64
        let age: UInt64
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        /// Keys in the order of their arrival; those that have left meanwhile are skipped.
        var arrivals: [(key: Key, age: UInt64)] = []
        var head = 0
        var arrivalCount: UInt64 = 0
        var bySession: [UUID: Set<Key>] = [:]
        var byUser: [UUID: Set<UUID>] = [:]
        /// Counts what was forgotten, so that a check that began before is not kept after.
        var generation: UInt64 = 0
        var isTold = false
    }

    private let limit: Int
    private let state = Mutex(State())

    /// Keeps at most `limit` tokens.
    public init(limit: Int = 16_384) {
        precondition(limit > 0, "a cache needs a place")
        self.limit = limit
    }

    /// Marks the moment a check begins; see ``keep(_:_:userID:sessionID:expiresAt:since:)``.
    public struct Mark: Sendable {
        fileprivate let generation: UInt64
    }

    /// Who `token` was found to be, unless it has expired at `now` or was revoked.
    public func principal(_ token: String, now: Timestamp) -> Principal? {
        let key = Key(token)
        return state.withLock { state in
            guard let entry = state.entries[key], now.seconds < entry.expiresAt else { return nil }
            return entry.principal
        }
    }

    /// Call before the database is asked about a session.
    public func mark() -> Mark { Mark(generation: state.withLock { $0.generation }) }

    /// Remembers the outcome of a check that began at `mark`; not if anything was revoked since, and not while nothing
    /// would tell of it.
    public func keep(
        _ token: String, _ principal: Principal, userID: UUID, sessionID: UUID, expiresAt: Int64, since mark: Mark
    ) {
        let key = Key(token)
        state.withLock { state in
            guard state.isTold, state.generation == mark.generation, state.entries[key] == nil else { return }
            while state.entries.count >= limit, forgetOldest(&state) {}
            if state.arrivals.count - state.head > 2 * limit { compact(&state) }
            state.arrivalCount += 1
            state.arrivals.append((key, state.arrivalCount))
            state.entries[key] = Entry(
                principal: principal, userID: userID, sessionID: sessionID, expiresAt: expiresAt,
                age: state.arrivalCount)
            state.bySession[sessionID, default: []].insert(key)
            state.byUser[userID, default: []].insert(sessionID)
        }
    }

    /// Forgets every token of a session.
    public func forget(session: UUID) {
        state.withLock { state in
            state.generation += 1
            drop(session: session, &state)
        }
    }

    /// Forgets every token of an account.
    public func forget(user: UUID) {
        state.withLock { state in
            state.generation += 1
            for session in state.byUser[user] ?? [] { drop(session: session, &state) }
        }
    }

    /// Forgets everything.
    public func forgetAll() {
        state.withLock { clear(&$0) }
    }

    /// Whether changes are announced at the moment. While not, nothing is kept: each check asks the database.
    public func setTold(_ isTold: Bool) {
        state.withLock { state in
            state.isTold = isTold
            clear(&state)
        }
    }

    /// How many tokens are kept.
    public var count: Int { state.withLock { $0.entries.count } }

    private func clear(_ state: inout State) {
        state.generation += 1
        state.entries.removeAll()
        state.bySession.removeAll()
        state.byUser.removeAll()
        state.arrivals.removeAll()
        state.head = 0
    }

    private func drop(session: UUID, _ state: inout State) {
        for key in state.bySession[session] ?? [] { remove(key, &state) }
    }

    private func remove(_ key: Key, _ state: inout State) {
        guard let entry = state.entries.removeValue(forKey: key) else { return }
        state.bySession[entry.sessionID]?.remove(key)
        guard state.bySession[entry.sessionID]?.isEmpty == true else { return }
        state.bySession[entry.sessionID] = nil
        state.byUser[entry.userID]?.remove(entry.sessionID)
        if state.byUser[entry.userID]?.isEmpty == true { state.byUser[entry.userID] = nil }
    }

    private func forgetOldest(_ state: inout State) -> Bool {
        while state.head < state.arrivals.count {
            let (key, age) = state.arrivals[state.head]
            state.head += 1
            if state.head > limit { compact(&state) }
            if state.entries[key]?.age == age {
                remove(key, &state)
                return true
            }
        }
        return false
    }

    /// Drops the arrivals that have left.
    private func compact(_ state: inout State) {
        state.arrivals = state.arrivals[state.head...].filter { state.entries[$0.key]?.age == $0.age }
        state.head = 0
    }
}
