/// Refuses statements that would change a connection under its other users: transaction control outside the transaction API,
/// session settings, `listen`, and `copy`, which pipeline mode cannot do.
///
/// Looks at the first word only, once for each statement and connection, when it is prepared. It protects from mistakes, not
/// from intent: statements are literals of the program.
enum StatementGuard {
    /// The error for a statement, or nil when it may run.
    static func refusal(of text: [UInt8], inTransaction: Bool) -> PostgresError? {
        var words = WordReader(text)
        guard let first = words.next() else { return nil }
        switch first {
        case "copy":
            return PostgresError(
                .copyRefused, "copy cannot be used on a pooled connection; insert from unnest(…) arrays")
        case "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release":
            return PostgresError(.transactionMisuse, "use withTransaction and withSavepoint instead of \(first)")
        case "listen", "unlisten":
            return PostgresError(.transactionMisuse, "use a Listener instead of \(first)")
        case "reset", "discard", "deallocate", "prepare", "execute", "declare":
            return PostgresError(.transactionMisuse, "\(first) would change a connection that others share")
        case "set":
            let second = words.next()
            if inTransaction, second == "local" || second == "constraints" { return nil }
            return PostgresError(
                .transactionMisuse, "set would change a connection that others share; use set local in a transaction")
        default:
            return nil
        }
    }

    /// Reads lower-cased words, past white space, comments and opening parentheses.
    private struct WordReader {
        private let text: [UInt8]
        private var position = 0

        init(_ text: [UInt8]) {
            self.text = text
        }

        mutating func next() -> String? {
            skip()
            let start = position
            while position < text.count, isLetter(text[position]) { position += 1 }
            guard position > start else { return nil }
            return String(decoding: text[start..<position], as: UTF8.self).lowercased()
        }

        private mutating func skip() {
            while position < text.count {
                switch text[position] {
                case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"), UInt8(ascii: "("):
                    position += 1
                case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
                    while position < text.count, text[position] != UInt8(ascii: "\n") { position += 1 }
                case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
                    skipBlockComment()
                default:
                    return
                }
            }
        }

        private mutating func skipBlockComment() {
            var depth = 0
            repeat {
                if text[position] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                    depth += 1
                    position += 2
                } else if text[position] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                    depth -= 1
                    position += 2
                } else {
                    position += 1
                }
            } while depth > 0 && position < text.count
        }

        private func peek(_ distance: Int) -> UInt8? {
            position + distance < text.count ? text[position + distance] : nil
        }

        private func isLetter(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
    }
}
