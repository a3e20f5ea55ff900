public import LockstepEventLoop
internal import LockstepRuntime

/// Puts mail into a folder, one `.eml` file each that any mail program opens: for development, and for a mail server's pick-up folder.
public struct MailFolder: MailSender {
    private let path: String
    private let pool: BlockingPool

    /// A folder; it is made when the first mail comes. Files are written on a thread of `pool`.
    public init(_ path: String, pool: BlockingPool) {
        self.path = path
        self.pool = pool
    }

    /// Writes the file. The name comes from the mail's time and id, so a mail that comes again is there already.
    public func send(_ message: MailMessage) async throws(MailError) {
        guard let bytes = message.encoded else {
            throw MailError("an address or the subject is malformed", isFinal: true)
        }
        let time = "\(message.date)".replacing(":", with: "")
        let file = "\(path)/\(time)-\(message.id.text).eml"
        do {
            try await pool.run {
                do throws(LocalFile.Fault) {
                    try LocalFile.createPrivate(file, bytes)
                } catch  where error.exists {
                }
            }
        } catch {
            throw MailError("the folder of MAIL_SINK cannot be written: \(error)")
        }
    }
}
