public import LockstepJSON

/// Compiled schemas with their entry points. Immutable; share one for a whole document.
public final class ValidatorProgram: Sendable {
    /// A program from the text that `serialized()` made.
    public init(embedded text: StaticString) {}

    /// The program as text, to be embedded as a raw string literal (`#"""`) and loaded by `init(embedded:)`.
    public func serialized() -> String { "" }

    /// The names of the entries.
    public var entryNames: [String] { [] }

    /// The entry of a name. An unknown name is a programmer's error and stops the process.
    public subscript(_ name: String) -> ValidatorEntry { ValidatorEntry(program: self, node: 0) }

    /// The entry of a name, nil when there is none.
    public func entry(_ name: String) -> ValidatorEntry? { nil }
}

/// One schema of a program.
public struct ValidatorEntry: Sendable {
    let program: ValidatorProgram
    let node: Int

    /// Checks a document. `maximumFailures` bounds the list.
    public func validate(_ document: JSONDocument, maximumFailures: Int = 64) -> ValidationResult {
        .invalid([])
    }
}

/// What a check found.
public enum ValidationResult: Sendable {
    /// The document fits; generated initialisers read it from here.
    case valid(ValidJSON)
    /// It does not fit: why, in document order.
    case invalid([ValidationFailure])

    /// The valid document, else nil.
    public var valid: ValidJSON? { if case .valid(let json) = self { json } else { nil } }
    /// The failures, none when valid.
    public var failures: [ValidationFailure] { if case .invalid(let failures) = self { failures } else { [] } }
    /// Whether the document fits.
    public var isValid: Bool { valid != nil }
}

/// One way in which a document does not fit. It holds nothing of the document but the way to the place.
public struct ValidationFailure: Sendable, Equatable, CustomStringConvertible {
    /// JSON Pointer of the value; empty for the whole document.
    public let pointer: String
    /// The keyword that failed, such as `maxLength`.
    public let keyword: String
    /// The limit or what was expected, as text, such as `140`; empty when there is none.
    public let expected: String
    /// A sentence for people, such as `must be at most 140 characters long`.
    public let message: String

    /// A failure.
    public init(pointer: String, keyword: String, expected: String, message: String) {
        self.pointer = pointer
        self.keyword = keyword
        self.expected = expected
        self.message = message
    }

    /// `/note: must be at most 140 characters long`
    public var description: String { "\(pointer.isEmpty ? "/" : pointer): \(message)" }
}
