public import LockstepSchema

/// A text with the values of runtime expressions in it, as links have them: `user-{$response.body#/id}`.
public struct ExpressionText: Sendable {
    /// The text; nil if a value is missing or is no text.
    public private(set) var result: String? = ""

    /// An empty text.
    public init() {}

    /// Text of the document.
    public mutating func text(_ text: String) {
        result?.append(text)
    }

    /// The text of a value, or of what a JSON Pointer finds in it.
    public mutating func value(_ value: some JSONCoded, at pointer: String = "") {
        let text = ExpressionValue.find(pointer, in: value).flatMap(ExpressionValue.text)
        if let text { result?.append(text) } else { result = nil }
    }

    /// The text of a value that may be missing; then the whole is.
    public mutating func value<Value: JSONCoded>(_ value: Value?, at pointer: String = "") {
        if let value { self.value(value, at: pointer) } else { result = nil }
    }
}
