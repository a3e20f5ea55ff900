/// Why a text is not JSON, and where. It never holds any of the text.
public struct JSONParseError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The rule that the text breaks.
    public enum Kind: Equatable, Sendable {
        /// The text ends inside a value, or is empty.
        case unexpectedEnd
        /// A byte that cannot stand here.
        case unexpectedByte
        /// More text after the value.
        case trailingText
        /// A number outside the grammar of RFC 8259.
        case invalidNumber
        /// `true`, `false` or `null` misspelled.
        case invalidLiteral
        /// A control character inside a string.
        case controlCharacter
        /// A backslash followed by something that is no escape.
        case invalidEscape
        /// Half of a surrogate pair.
        case loneSurrogate
        /// Bytes that are not UTF-8.
        case invalidUTF8
        /// A name that the same object already has.
        case duplicateKey
        /// More levels than the limit.
        case tooDeep
        /// More bytes than the limit.
        case tooLarge
    }

    /// The rule that the text breaks.
    public let kind: Kind
    /// The byte where it does, counted from 0.
    public let offset: Int

    /// An error at a byte.
    public init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// A sentence for people, without any of the text.
    public var description: String { "\(reason) at byte \(offset)" }

    private var reason: String {
        switch kind {
        case .unexpectedEnd: "the JSON text ends too early"
        case .unexpectedByte: "unexpected character"
        case .trailingText: "text after the JSON value"
        case .invalidNumber: "malformed number"
        case .invalidLiteral: "malformed literal (true, false, null)"
        case .controlCharacter: "control character in a string"
        case .invalidEscape: "malformed escape in a string"
        case .loneSurrogate: "half of a surrogate pair in a string"
        case .invalidUTF8: "bytes that are not UTF-8"
        case .duplicateKey: "name used twice in one object"
        case .tooDeep: "too many levels of nesting"
        case .tooLarge: "JSON text larger than allowed"
        }
    }
}
