internal import LockstepPostgres
internal import LockstepRuntime

/// Mail that waits, in PostgreSQL.
struct MailStore: Sendable {
    /// A mail that is to be tried now.
    struct Due: Sendable {
        let id: UUID
        let recipient: String
        let template: String
        let tokenID: UUID?
        let createdAt: Timestamp
        let attempts: Int32
    }

    let database: Database

    /// Takes mail whose time has come. What is taken comes again after a pause that doubles from 30 seconds to an hour, unless
    /// it is finished before; several instances take different mail.
    func take(_ limit: Int, at now: Timestamp) async throws -> [Due] {
        let rows = try await database.system.query(
            """
            update auth.mail_outbox mail set attempts = attempts + 1,
                next_attempt_at = \(now) + least(30 * 2 ^ attempts, 3600) * interval '1 second'
            from (
                select id from auth.mail_outbox
                where sent_at is null and failed_at is null and next_attempt_at <= \(now)
                order by next_attempt_at limit \(Int64(limit)) for update skip locked
            ) due
            where mail.id = due.id
            returning mail.id, mail.recipient, mail.template, mail.token_id, mail.created_at, mail.attempts
            """)
        return try rows.map { row in
            Due(
                id: try row[0], recipient: try row[1], template: try row[2], tokenID: try row[3],
                createdAt: try row[4], attempts: try row[5])
        }
    }

    /// It has been handed on.
    func finish(_ id: UUID, at now: Timestamp) async throws {
        try await database.system.execute(
            "update auth.mail_outbox set sent_at = \(now), last_error = null where id = \(id) and failed_at is null")
    }

    /// It has not been handed on; a final failure ends it.
    func fail(_ id: UUID, _ cause: String, isFinal: Bool, at now: Timestamp) async throws {
        let end: Timestamp? = isFinal ? now : nil
        try await database.system.execute(
            """
            update auth.mail_outbox set last_error = left(\(cause), 200), failed_at = \(end)
            where id = \(id) and sent_at is null
            """)
    }

    /// Removes mail that was sent, or given up, and is older than `time`; some at a time.
    func removeDone(before time: Timestamp) async throws {
        try await database.system.execute(
            """
            delete from auth.mail_outbox where id in (
                select id from auth.mail_outbox
                where (sent_at is not null or failed_at is not null) and created_at < \(time) limit 1000)
            """)
    }
}
