import LockstepJSON

/// A program as text, one line a part:
///
///     lockstep-validator 1
///     strings "…"
///     constants […]
///     patterns [["PCRE2 syntax","as the schema spells it"],…]
///     dynamic 0
///     entries [["name",node],…]
///     // common.yaml#/components/schemas/PaymentRequest
///     17 0 0 …
///
/// Words follow each other from 1 on, whatever the line ends. JSON strings spell `#` as `\u0023`, so that the text can
/// stand in a raw string literal (`#"""`).
extension ValidatorProgram {
    /// The program as text, to be embedded as a raw string literal (`#"""`) and loaded by `init(embedded:)`.
    public func serialized() -> String {
        var lines = ["lockstep-validator \(Layout.version)"]
        lines.append("strings " + Self.line(.string(String(decoding: blob, as: UTF8.self))))
        lines.append("constants " + Self.line(constants.value))
        let pairs = zip(patterns.translated, patterns.sources).map { JSONValue.array([.string($0), .string($1)]) }
        lines.append("patterns " + Self.line(.array(pairs)))
        lines.append("dynamic \(usesDynamicReferences ? 1 : 0)")
        let entries = entries.map { JSONValue.array([.string($0.name), .int($0.node)]) }
        lines.append("entries " + Self.line(.array(entries)))
        var comments = comments[...]
        var numbers: [String] = []
        for (offset, word) in words.enumerated().dropFirst() {
            let isNamed = comments.first.map { $0.offset == offset } ?? false
            if isNamed || numbers.count == 40 {
                lines.append(numbers.joined(separator: " "))
                numbers = []
            }
            if isNamed, let comment = comments.popFirst() {
                lines.append("// " + Self.commentText(comment.text))
            }
            numbers.append(String(word))
        }
        lines.append(numbers.joined(separator: " "))
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ value: JSONValue) -> String { value.text.replacing("#", with: #"\u0023"#) }

    /// A location on one line, without what could end a raw string literal.
    private static func commentText(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0 == "\"" || $0 == "\\" ? "?" : $0 })
        )
    }

    /// A program from the text that `serialized()` made.
    ///
    /// The text is part of the program that embeds it: one that cannot be read is a fault of the build and stops the
    /// process.
    public convenience init(embedded text: StaticString) {
        let bytes = text.withUTF8Buffer { Array($0) }
        do {
            self.init(try ProgramReader.read(bytes))
        } catch {
            preconditionFailure("the embedded validator program cannot be read: \(error.reason)")
        }
    }

    /// A program from the text that `serialized()` made, read from somewhere else.
    public convenience init(serialized text: String) throws(ProgramTextError) {
        self.init(try ProgramReader.read(Array(text.utf8)))
    }
}

/// Why a serialised program cannot be read.
public struct ProgramTextError: Error, Sendable {
    /// What is wrong.
    public let reason: String
}

/// Reads a serialised program.
private enum ProgramReader {
    static func read(_ bytes: [UInt8]) throws(ProgramTextError) -> ProgramParts {
        var fields: [String: ArraySlice<UInt8>] = [:]
        var words: [Int32] = [0]
        words.reserveCapacity(bytes.count / 3)
        var position = 0
        while position < bytes.count {
            let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let line = bytes[position..<end]
            position = end + 1
            guard let first = line.first, first != UInt8(ascii: "/") else { continue }
            if TextFormats.isLetter(first) {
                let space = line.firstIndex(of: UInt8(ascii: " ")) ?? line.endIndex
                fields[String(decoding: line[..<space], as: UTF8.self)] = line[space...].dropFirst()
            } else {
                try appendNumbers(line, to: &words)
            }
        }
        guard let version = fields["lockstep-validator"], version.elementsEqual(String(Layout.version).utf8) else {
            throw ProgramTextError(reason: "it was made by another version of Lockstep; generate again")
        }
        let pairs = try json(fields["patterns"]).value.array ?? []
        let patterns: PatternSet
        do {
            patterns = try PatternSet(
                pairs.map { $0[0]?.string ?? "" }, sources: pairs.map { $0[1]?.string ?? "" })
        } catch {
            throw ProgramTextError(reason: "a pattern does not compile: \(error.reason)")
        }
        let entries = (try json(fields["entries"]).value.array ?? []).map {
            ProgramEntry(name: $0[0]?.string ?? "", node: $0[1]?.int ?? 0)
        }
        return ProgramParts(
            words: words, blob: Array((try json(fields["strings"]).value.string ?? "").utf8),
            constants: try json(fields["constants"]), patterns: patterns,
            usesDynamicReferences: fields["dynamic"]?.elementsEqual("1".utf8) ?? false, entries: entries)
    }

    private static func json(_ line: ArraySlice<UInt8>?) throws(ProgramTextError) -> JSONDocument {
        do {
            return try JSONDocument.parse(
                Array(line ?? []), limits: JSONLimits(maximumSize: TapeWord.maximum, maximumDepth: 1_000))
        } catch {
            throw ProgramTextError(reason: error.description)
        }
    }

    private static func appendNumbers(_ line: ArraySlice<UInt8>, to words: inout [Int32]) throws(ProgramTextError) {
        var value: Int64 = 0
        var isNegative = false
        var digits = 0
        for byte in line {
            if TextFormats.isDigit(byte), digits < 11 {
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
                digits += 1
            } else if byte == UInt8(ascii: "-"), digits == 0 {
                isNegative = true
            } else if byte == UInt8(ascii: " "), digits > 0 {
                words.append(Int32(truncatingIfNeeded: isNegative ? -value : value))
                (value, isNegative, digits) = (0, false, 0)
            } else {
                throw ProgramTextError(reason: "a word is no number")
            }
        }
        if digits > 0 { words.append(Int32(truncatingIfNeeded: isNegative ? -value : value)) }
    }
}
