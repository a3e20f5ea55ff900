internal import LockstepPostgres
internal import LockstepRuntime

/// How payments are read: the columns, in the order in which ``PaymentRecord/init(_:)`` takes them.
enum PaymentRow {
    static let columns: SQL = """
        p.id, p.user_id, p.type, p.status, p.amount_minor, p.currency, p.description, p.metadata, p.version, \
        p.created_at, p.updated_at
        """

    /// Three arrays with one element a step: columns after ``columns``.
    static let timeline: SQL = """
        array(select t.status::text from payments.payment_transactions t where t.payment_id = p.id order by t.id), \
        array(select t.created_at from payments.payment_transactions t where t.payment_id = p.id order by t.id), \
        array(select coalesce(t.reason, '') from payments.payment_transactions t where t.payment_id = p.id order by t.id)
        """

    /// A name that the database's check constraint allows and this program does not know.
    struct UnknownName: Error {}
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
    /// The case of a name. A few short texts are compared in less time than `init(rawValue:)` takes to look one up.
    fileprivate init?(name: String) {
        guard let match = Self.allCases.first(where: { $0.rawValue == name }) else { return nil }
        self = match
    }
}

extension PaymentRecord {
    /// A row that begins with ``PaymentRow/columns``.
    init(_ row: Row) throws {
        guard let kind = PaymentKind(name: try row[2]), let state = PaymentState(name: try row[3]) else {
            throw PaymentRow.UnknownName()
        }
        id = try row[0]
        userID = try row[1]
        self.kind = kind
        self.state = state
        money = Money(minorUnits: try row[4], currency: try row[5])
        text = try row[6]
        metadata = PaymentRecord.texts(try row[7])
        version = try row[8]
        createdAt = try row[9]
        updatedAt = try row[10]
    }

    /// The members of a JSON object that are strings; the document allows no others.
    static func texts(_ value: JSONValue) -> [String: String] {
        guard case .object(let members) = value else { return [:] }
        var texts: [String: String] = [:]
        for member in members {
            if case .string(let text) = member.value { texts[member.key] = text }
        }
        return texts
    }

    /// Metadata as the database stores it, keys in order.
    static func json(_ metadata: [String: String]) -> JSONValue {
        .object(metadata.sorted { $0.key < $1.key }.map { JSONMember(key: $0.key, value: .string($0.value)) })
    }
}

extension PaymentWithTimeline {
    /// A row of ``PaymentRow/columns`` and ``PaymentRow/timeline``.
    init(_ row: Row) throws {
        payment = try PaymentRecord(row)
        let states: [String] = try row[11]
        let times: [Timestamp] = try row[12]
        let reasons: [String] = try row[13]
        var steps: [PaymentStep] = []
        for ((state, at), reason) in zip(zip(states, times), reasons) {
            guard let state = PaymentState(name: state) else { throw PaymentRow.UnknownName() }
            steps.append(PaymentStep(state: state, at: at, reason: reason.isEmpty ? nil : reason))
        }
        self.steps = steps
    }
}
