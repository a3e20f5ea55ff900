public import LockstepRuntime

/// A mail as plain text.
public struct MailMessage: Sendable, Equatable {
    /// The same for every attempt to send it.
    public let id: UUID
    /// The sender's address.
    public let from: String
    /// The recipient's address.
    public let to: String
    public let subject: String
    /// Lines end with a line feed.
    public let text: String
    public let date: Timestamp

    /// A mail of these parts.
    public init(id: UUID, from: String, to: String, subject: String, text: String, date: Timestamp) {
        self.id = id
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.date = date
    }

    /// As RFC 5322 has it; nil where an address or the subject has a control character, which would begin another field.
    public var encoded: [UInt8]? {
        guard [from, to, subject].allSatisfy({ !$0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } })
        else { return nil }
        let domain = from.split(separator: "@").last ?? "localhost"
        let head = [
            "Date: \(Self.text(of: date))", "From: <\(from)>", "To: <\(to)>", "Subject: \(subject)",
            "Message-ID: <\(id.text)@\(domain)>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "",
        ]
        let lines = head + text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }

    /// `Sat, 21 Nov 2026 10:53:11 +0000`
    private static func text(of time: Timestamp) -> String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // the first of 1970 was a Thursday
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let date = time.date
        let second = Int(time.seconds) - date.daysSince1970 * 86_400
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = days[((date.daysSince1970 % 7) + 7) % 7]
        let clock = "\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
        return "\(day), \(date.day) \(months[date.month - 1]) \(date.year) \(clock) +0000"
    }
}
