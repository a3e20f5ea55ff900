/// Writes the commands of one sync group into libpq's buffer and notes what they were.
struct GroupSender {
    /// `begin`, the identity, and one more.
    static let maximumPrologue = 4

    private let pq: PQConnection
    private var commands: CommandList = []
    private var prepares: [StatementCache.ID] = []
    /// False when libpq has refused any of it.
    private(set) var isAccepted = true

    init(_ pq: PQConnection) {
        self.pq = pq
    }

    mutating func prepareIfNeeded(_ use: StatementCache.Use, _ key: StatementKey) {
        guard case .prepare(let id) = use, isAccepted else { return }
        commands.append(.prepare)
        prepares.append(id)
        isAccepted = pq.sendPrepare(id, key)
    }

    mutating func execute(_ id: StatementCache.ID, _ parameters: SQLParameters, _ command: Command) {
        guard isAccepted else { return }
        commands.append(command)
        isAccepted = pq.sendExecute(id, parameters)
    }

    /// Ends the group; false when libpq has refused any of it.
    func sync() -> Bool {
        isAccepted && pq.sendSync()
    }

    func group(for query: PendingQuery, statement: StatementCache.ID) -> SyncGroup<PendingQuery, PQResult> {
        SyncGroup(
            ticket: query, commands: commands, prepares: prepares, statement: statement, cost: query.cost,
            isInTransaction: query.isInTransaction, mayResend: query.resends < 2)
    }
}
