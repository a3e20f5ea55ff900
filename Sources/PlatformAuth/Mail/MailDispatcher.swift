public import LockstepPostgres
public import LockstepRuntime
public import PlatformCore

/// Sends the mail that transactions have left in the outbox, at least once and mostly once. Any number of instances may do so side
/// by side.
public struct MailDispatcher: Sendable {
    /// Mail that is taken at once.
    public static let batch = 20
    /// Attempts before a mail is given up: over about four hours.
    static let attempts = 10
    /// Seconds that finished mail and expired tokens are kept.
    static let kept: Int64 = 7 * 86_400

    private let mail: MailStore
    private let tokens: OneTimeTokenStore
    private let oneTime: OneTimeTokens
    private let sender: any MailSender
    private let links: PublicLinks
    private let from: String

    /// A dispatcher over the auth service's database.
    public init(
        _ database: Database, oneTime: OneTimeTokens, sender: any MailSender, links: PublicLinks, from: String
    ) {
        mail = MailStore(database: database)
        tokens = OneTimeTokenStore(database: database)
        self.oneTime = oneTime
        self.sender = sender
        self.links = links
        self.from = from
    }

    /// What became of a batch.
    public struct Outcome: Sendable, Equatable {
        /// Handed on.
        public var sent: Int
        /// To be tried again, or given up.
        public var failed: Int

        /// These many.
        public init(sent: Int = 0, failed: Int = 0) {
            self.sent = sent
            self.failed = failed
        }

        /// Whether there may be more to do at once.
        public var isFull: Bool { sent + failed == MailDispatcher.batch }
    }

    /// Sends what is due, at most ``batch``.
    public func drain(at now: Timestamp) async throws -> Outcome {
        var outcome = Outcome()
        for due in try await mail.take(Self.batch, at: now) {
            do throws(MailError) {
                try await sender.send(message(due))
            } catch {
                let isFinal = error.isFinal || due.attempts >= Self.attempts
                try await mail.fail(due.id, error.description, isFinal: isFinal, at: now)
                outcome.failed += 1
                continue
            }
            try await mail.finish(due.id, at: now)
            outcome.sent += 1
        }
        return outcome
    }

    /// Removes what is no longer needed.
    public func tidy(at now: Timestamp) async throws {
        try await mail.removeDone(before: now - Self.kept)
        try await tokens.removeExpired(before: now - Self.kept)
    }

    private func message(_ due: MailStore.Due) throws(MailError) -> MailMessage {
        guard let template = MailTemplate(rawValue: due.template) else {
            throw MailError("a template that this version does not know", isFinal: false)
        }
        let link = due.tokenID.map { links.verifyEmail(oneTime.token($0)) }
        return MailMessage(
            id: due.id, from: from, to: due.recipient, subject: template.subject,
            text: template.text(link: link, site: links.site), date: due.createdAt)
    }
}
