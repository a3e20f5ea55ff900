public import LockstepRuntime
internal import Synchronization

/// Tokens that were verified a moment ago, whole: checking a signature costs 45 µs, looking here less than one. The table's
/// hash is keyed anew in each process, and a hit is a token that is the same in every byte.
///
/// Bounded; an entry ends with its token, with its session, and when its account changes. The database announces both
/// (`auth_changed`), whoever changed them.
public final class VerifiedTokens: Sendable {
    /// A token as a key. Its signature's last characters are as good as random, and only tokens that were found valid
    /// get into the table, so nobody can fill one place of it: they make the hash; all characters are compared.
    private struct Token: Hashable {
        let text: String

        func hash(into hasher: inout Hasher) {
            let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
                hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes).suffix(16)))
            }
            // A text that lends no bytes is hashed whole; the verifier makes none.
            if isHashed == nil { hasher.combine(text) }
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
        var entries: [Token: Entry] = [:]
        /// Tokens in the order of their arrival; those that have left meanwhile are skipped.
        var arrivals: [(token: String, age: UInt64)] = []
        var head = 0
        var arrivalCount: UInt64 = 0
        var bySession: [UUID: Set<String>] = [:]
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
        state.withLock { state in
            guard let entry = state.entries[Token(text: token)], now.seconds < entry.expiresAt else { return nil }
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
        state.withLock { state in
            guard state.isTold, state.generation == mark.generation, state.entries[Token(text: token)] == nil else {
                return
            }
            while state.entries.count >= limit, forgetOldest(&state) {}
            if state.arrivals.count - state.head > 2 * limit { compact(&state) }
            state.arrivalCount += 1
            state.arrivals.append((token, state.arrivalCount))
            state.entries[Token(text: token)] = Entry(
                principal: principal, userID: userID, sessionID: sessionID, expiresAt: expiresAt,
                age: state.arrivalCount)
            state.bySession[sessionID, default: []].insert(token)
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
        for token in state.bySession[session] ?? [] { remove(token, &state) }
    }

    private func remove(_ token: String, _ state: inout State) {
        guard let entry = state.entries.removeValue(forKey: Token(text: token)) else { return }
        state.bySession[entry.sessionID]?.remove(token)
        guard state.bySession[entry.sessionID]?.isEmpty == true else { return }
        state.bySession[entry.sessionID] = nil
        state.byUser[entry.userID]?.remove(entry.sessionID)
        if state.byUser[entry.userID]?.isEmpty == true { state.byUser[entry.userID] = nil }
    }

    private func forgetOldest(_ state: inout State) -> Bool {
        while state.head < state.arrivals.count {
            let (token, age) = state.arrivals[state.head]
            state.head += 1
            if state.head > limit { compact(&state) }
            if state.entries[Token(text: token)]?.age == age {
                remove(token, &state)
                return true
            }
        }
        return false
    }

    /// Drops the arrivals that have left.
    private func compact(_ state: inout State) {
        state.arrivals = state.arrivals[state.head...].filter { state.entries[Token(text: $0.token)]?.age == $0.age }
        state.head = 0
    }
}
