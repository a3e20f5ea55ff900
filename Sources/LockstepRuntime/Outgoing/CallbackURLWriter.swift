import LockstepJSON
public import LockstepSchema

/// Puts the URL of a callback together from the values that its runtime expressions name.
///
/// Generated code uses it for each callback:
///
/// ```swift
/// url.value(input.callbackUrl)
/// url.text("/data")
/// return try url.finish()
/// ```
///
/// A value that the URL begins with is taken as it is: a stranger's URL, or its beginning. Any other value is escaped, so that it stays in its
/// place. The result is a URL in its form, and no more: ``OutgoingPolicy`` decides whether it may be called.
public struct CallbackURLWriter: Sendable {
    private var url = ""
    private var failure: ExpressionError?

    /// An empty URL.
    public init() {}

    /// Text of the document.
    public mutating func text(_ text: String) {
        url += text
    }

    /// The text of a value, or of what a JSON Pointer finds in it.
    public mutating func value(_ value: some JSONCoded, at pointer: String = "") {
        guard let text = ExpressionValue.find(pointer, in: value).flatMap(ExpressionValue.text) else {
            return fail(pointer)
        }
        url += url.isEmpty ? text : PercentCoding.encode(text)
    }

    /// The text of a value that may be missing; then the URL has no value there.
    public mutating func value<Value: JSONCoded>(_ value: Value?, at pointer: String = "") {
        if let value { self.value(value, at: pointer) } else { fail(pointer) }
    }

    private mutating func fail(_ pointer: String) {
        failure = failure ?? ExpressionError(pointer)
    }

    /// The URL; an error if a value is missing or is no text, or the whole is no URL.
    public consuming func finish() throws -> String {
        if let failure { throw failure }
        return try OutgoingURL(url).text
    }
}

/// A runtime expression of a callback or link has no value: the request or response lacks what it names.
public struct ExpressionError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is missing, without any value.
    public let description: String

    init(_ pointer: String) {
        description =
            "a runtime expression has no value that can be text" + (pointer.isEmpty ? "" : ": nothing at \(pointer)")
    }
}

/// The values of runtime expressions.
enum ExpressionValue {
    /// What a JSON Pointer finds in a value.
    static func find(_ pointer: String, in value: some JSONCoded) -> JSONValue? {
        var json = JSONWriter(capacity: 256)
        value.write(to: &json)
        guard !json.isFaulty, let document = try? JSONDocument.parse(json.bytes) else { return nil }
        return JSONPointer.value(at: pointer, in: document.value)
    }

    /// The text of a value that has one.
    static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
