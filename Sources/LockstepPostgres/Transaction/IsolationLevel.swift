/// What a transaction sees of others that run at the same time.
public enum IsolationLevel: Sendable {
    /// Each statement sees what was committed when it began.
    case readCommitted
    /// All statements see what was committed when the first began.
    case repeatableRead
    /// As if transactions ran one after the other.
    case serializable
}

/// Whether a transaction may write.
public enum TransactionAccess: Sendable {
    /// May write.
    case readWrite
    /// The server refuses writes (25006).
    case readOnly
}

/// How a transaction begins and how often it may begin again.
struct TransactionSettings: Sendable {
    let isolation: IsolationLevel
    let access: TransactionAccess
    let retries: Int
    let prologue: [SQL]

    var begin: SQL {
        switch (isolation, access) {
        case (.readCommitted, .readWrite): "begin isolation level read committed read write"
        case (.readCommitted, .readOnly): "begin isolation level read committed read only"
        case (.repeatableRead, .readWrite): "begin isolation level repeatable read read write"
        case (.repeatableRead, .readOnly): "begin isolation level repeatable read read only"
        case (.serializable, .readWrite): "begin isolation level serializable read write"
        case (.serializable, .readOnly): "begin isolation level serializable read only"
        }
    }
}
