/// Hands mail on.
public protocol MailSender: Sendable {
    /// Returns when the mail is somebody else's to deliver. A mail that was handed on before may come again, with the same id.
    func send(_ message: MailMessage) async throws(MailError)
}

/// Why a mail could not be handed on. Has no address and no text of the mail.
public struct MailError: Error, Sendable, Equatable, CustomStringConvertible {
    /// For the log and the operator.
    public let description: String
    /// Whether another attempt is of no use.
    public let isFinal: Bool

    /// An error.
    public init(_ description: String, isFinal: Bool = false) {
        self.description = description
        self.isFinal = isFinal
    }
}
