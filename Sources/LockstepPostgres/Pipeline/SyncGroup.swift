/// The commands of one statement: they succeed or fail together and cannot touch their neighbours.
///
/// Each group ends with a sync of its own, but for reads that share one: of these only the last has it.
///
/// A class, because a group changes with every result and stays where it is: a copy of it costs as much as the rest of
/// what a result costs. Only the pipeline that it was sent on holds it.
final class SyncGroup<Ticket, Output> {
    /// What the caller uses to find who waits.
    let ticket: Ticket
    /// Which commands were sent, in order.
    let commands: CommandList
    /// The statements that the `prepare` commands define, in order.
    let prepares: [StatementCache.ID]
    /// The statement that the last command executes, when it is a prepared one.
    let statement: StatementCache.ID?
    /// Bytes that count against the cap.
    let cost: Int
    /// Whether the group stands inside an explicit transaction and so cannot be sent again on its own.
    let isInTransaction: Bool
    /// Whether the group may be sent again when it failed through no fault of its own.
    let mayResend: Bool

    var position = 0
    var preparePosition = 0
    var output: Output?
    var failure: Output?
    var fault: ServerFault?
    var isCancelRequested = false
    /// The next group shares the sync, so that this one ends with its own last command.
    var isFollowed = false
    /// A group before it in the same sync failed, so that the server has skipped this one.
    var wasSkipped = false

    /// Whether results of all commands have come.
    var isComplete: Bool { position == commands.count }

    init(
        ticket: Ticket, commands: CommandList, prepares: [StatementCache.ID] = [], statement: StatementCache.ID? = nil,
        cost: Int = 0, isInTransaction: Bool = false, mayResend: Bool = true
    ) {
        self.ticket = ticket
        self.commands = commands
        self.prepares = prepares
        self.statement = statement
        self.cost = cost
        self.isInTransaction = isInTransaction
        self.mayResend = mayResend
    }
}

/// What a command of a group is for.
enum Command: UInt8 {
    /// Defines a prepared statement.
    case prepare = 1
    /// Comes before the statement: `begin`, the identity for row-level security. Its result is dropped.
    case prologue = 2
    /// The statement whose result the caller waits for.
    case answer = 3
}

/// Up to 32 commands in one word, so that a group needs no allocation for them.
struct CommandList: Equatable, ExpressibleByArrayLiteral {
    private var bits: UInt64 = 0
    private(set) var count = 0

    init(arrayLiteral elements: Command...) {
        for element in elements { append(element) }
    }

    mutating func append(_ command: Command) {
        precondition(count < 32, "a sync group holds at most 32 commands")
        bits |= UInt64(command.rawValue) << UInt64(count * 2)
        count += 1
    }

    subscript(_ index: Int) -> Command? {
        index < count ? Command(rawValue: UInt8((bits >> UInt64(index * 2)) & 3)) : nil
    }
}

/// What a server error means for the pipeline.
enum ServerFault: Equatable {
    /// The statement's own fault.
    case other
    /// The name is not known to the server (26000).
    case unknownStatement
    /// The cached plan does not fit the schema any more.
    case stalePlan
    /// The backend was told to cancel (57014).
    case canceled
}
