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
