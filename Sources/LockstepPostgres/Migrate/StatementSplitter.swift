/// Splits a script into statements, so that each can be run by itself and a failure has a line.
///
/// Knows what `psql` knows: quotes with `E''` escapes, quoted identifiers, dollar quotes, nested comments, parentheses, and
/// function bodies of the form `begin atomic … end`.
struct StatementSplitter {
    struct Statement: Equatable {
        let text: [UInt8]
        /// The line of its first word, from 1.
        let line: Int
    }

    private let text: [UInt8]
    private var position = 0
    private var line = 1
    private var start: Int?
    private var startLine = 1
    private var parentheses = 0
    private var bodyDepth = 0
    private var words = 0
    private var definesRoutine = false
    private var statements: [Statement] = []

    private init(_ text: [UInt8]) {
        self.text = text
    }

    /// The statements of a script, without the semicolons between them.
    static func split(_ text: String) -> [Statement] {
        var splitter = StatementSplitter(Array(text.utf8))
        splitter.run()
        return splitter.statements
    }

    private mutating func run() {
        while position < text.count {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"): skipLineComment()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipBlockComment()
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
            case UInt8(ascii: ";") where parentheses == 0 && bodyDepth == 0:
                finish()
                advance()
            default:
                begin()
                readToken(byte)
            }
        }
        finish()
    }

    private mutating func readToken(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "'"): skipQuoted(UInt8(ascii: "'"), backslashEscapes: isEscapeString())
        case UInt8(ascii: "\""): skipQuoted(UInt8(ascii: "\""), backslashEscapes: false)
        case UInt8(ascii: "$"): skipDollarQuoted()
        case UInt8(ascii: "("):
            parentheses += 1
            advance()
        case UInt8(ascii: ")"):
            parentheses = max(0, parentheses - 1)
            advance()
        default:
            if isWord(byte) { readWord() } else { advance() }
        }
    }

    private mutating func begin() {
        guard start == nil else { return }
        start = position
        startLine = line
        (parentheses, bodyDepth, words, definesRoutine) = (0, 0, 0, false)
    }

    private mutating func finish() {
        guard let start else { return }
        statements.append(Statement(text: Array(text[start..<position]), line: startLine))
        self.start = nil
        (parentheses, bodyDepth) = (0, 0)
    }

    private mutating func readWord() {
        let from = position
        while position < text.count, isWord(text[position]) || text[position] == UInt8(ascii: "$") { advance() }
        let word = String(decoding: text[from..<position], as: UTF8.self).lowercased()
        words += 1
        if words <= 4, word == "function" || word == "procedure" { definesRoutine = true }
        guard definesRoutine, parentheses == 0 else { return }
        switch word {
        case "begin": bodyDepth += 1
        case "case" where bodyDepth > 0: bodyDepth += 1
        case "end" where bodyDepth > 0: bodyDepth -= 1
        default: break
        }
    }

    private func isEscapeString() -> Bool {
        guard position > 0, text[position - 1] | 0x20 == UInt8(ascii: "e") else { return false }
        return position < 2 || !isWord(text[position - 2])
    }

    private mutating func skipQuoted(_ quote: UInt8, backslashEscapes: Bool) {
        advance()
        while position < text.count {
            if backslashEscapes, text[position] == UInt8(ascii: "\\") {
                advance()
                if position < text.count { advance() }
            } else if text[position] == quote {
                advance()
                guard position < text.count, text[position] == quote else { return }
                advance()
            } else {
                advance()
            }
        }
    }

    private mutating func skipDollarQuoted() {
        var end = position + 1
        while end < text.count, isWord(text[end]) { end += 1 }
        let startsWithDigit = end > position + 1 && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[position + 1])
        guard end < text.count, text[end] == UInt8(ascii: "$"), !startsWithDigit else { return advance() }
        let tag = Array(text[position...end])
        for _ in tag { advance() }
        while position < text.count {
            if text[position] == UInt8(ascii: "$"), text[position...].starts(with: tag) {
                for _ in tag { advance() }
                return
            }
            advance()
        }
    }

    private mutating func skipLineComment() {
        while position < text.count, text[position] != UInt8(ascii: "\n") { advance() }
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if text[position] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                advance()
            } else if text[position] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                advance()
            }
            advance()
        } while depth > 0 && position < text.count
    }

    private mutating func advance() {
        guard position < text.count else { return }
        if text[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private func peek(_ distance: Int) -> UInt8? {
        position + distance < text.count ? text[position + distance] : nil
    }

    private func isWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}
