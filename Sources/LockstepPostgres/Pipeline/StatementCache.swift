/// The prepared statements of one connection: bounded, least recently used out first, names never used twice.
///
/// A statement counts as prepared only when its own `Parse` has succeeded. Until then, later groups of the same pipeline use
/// the name that is on its way: the server works in order, so it is there if the prepare succeeds, and if not those
/// groups fail as a whole with 26000 and are sent again (see ``PipelineState``).
struct StatementCache {
    /// The number in a statement's name. Never reused on a connection.
    struct ID: Hashable {
        let number: UInt32
    }

    /// What a group must do to execute a statement.
    enum Use: Equatable {
        case prepare(ID)
        case execute(ID)

        var id: ID {
            switch self {
            case .prepare(let id), .execute(let id): id
            }
        }
    }

    private struct Entry {
        let id: ID
        var isReady: Bool
        var lastUse: UInt64
    }

    private let capacity: Int
    private var entries: [StatementKey: Entry] = [:]
    private var keys: [ID: StatementKey] = [:]
    private var clock: UInt64 = 0
    private var nextNumber: UInt32 = 1
    private var dropped: [ID] = []

    /// A cache of at most `capacity` statements.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    var count: Int { entries.count }

    /// Finds the statement or reserves a name for it.
    mutating func use(_ key: StatementKey) -> Use {
        clock &+= 1
        if let index = entries.index(forKey: key) {
            entries.values[index].lastUse = clock
            return .execute(entries.values[index].id)
        }
        if entries.count >= capacity { evict() }
        let id = ID(number: nextNumber)
        nextNumber += 1
        entries[key] = Entry(id: id, isReady: false, lastUse: clock)
        keys[id] = key
        return .prepare(id)
    }

    /// The statement's own prepare succeeded.
    mutating func prepared(_ id: ID) {
        guard let key = keys[id] else { return }
        entries[key]?.isReady = true
    }

    /// The statement's own prepare failed: nothing is on the server under this name.
    mutating func prepareFailed(_ id: ID) {
        guard let key = keys.removeValue(forKey: id) else { return }
        entries[key] = nil
    }

    /// The statement must be prepared anew, for instance because its result type changed.
    mutating func invalidate(_ id: ID) {
        guard let key = keys.removeValue(forKey: id) else { return }
        if let entry = entries.removeValue(forKey: key), entry.isReady { dropped.append(id) }
    }

    /// The server has forgotten everything (`discard all`).
    mutating func removeAll() {
        entries.removeAll()
        keys.removeAll()
        dropped.removeAll()
    }

    /// Names that the server still holds and that should be deallocated; each is returned once.
    mutating func takeDropped() -> [ID] {
        if dropped.isEmpty { return [] }
        defer { dropped.removeAll() }
        return dropped
    }

    private mutating func evict() {
        // A scan of at most `capacity` entries, only when a new statement meets a full cache.
        guard let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
        entries[oldest.key] = nil
        keys[oldest.value.id] = nil
        // Deallocated behind its last use, because the server works in order; a failed prepare leaves nothing to drop and
        // the deallocation then fails in a group of its own.
        dropped.append(oldest.value.id)
    }
}
