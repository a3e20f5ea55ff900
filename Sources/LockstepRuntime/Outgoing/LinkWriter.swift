import LockstepJSON
public import LockstepSchema

/// Puts the path of a linked operation together: its template with parameters in it, and a query.
///
/// Generated code uses it for each link:
///
/// ```swift
/// link.parameter(0, response, at: "/id")
/// link.parameter(1, 20)
/// return try link.finish()
/// ```
public struct LinkWriter: Sendable {
    private let route: Route
    private var path: [String: String] = [:]
    private var query: [String] = []
    private var failure: ExpressionError?

    /// The path of an operation, without parameters yet.
    public init(_ route: Route) {
        self.route = route
    }

    /// The i-th parameter in document order: a value, or what a JSON Pointer finds in it.
    public mutating func parameter(_ index: Int, _ value: some JSONCoded, at pointer: String = "") {
        write(ExpressionValue.find(pointer, in: value), index, pointer)
    }

    /// The i-th parameter in document order, left out of the query when there is no value.
    public mutating func parameter<Value: JSONCoded>(_ index: Int, _ value: Value?, at pointer: String = "") {
        write(value.flatMap { ExpressionValue.find(pointer, in: $0) }, index, pointer)
    }

    private mutating func write(_ value: JSONValue?, _ index: Int, _ pointer: String) {
        let definition = route.parameters[index]
        guard let value, value != .null else {
            if definition.isRequired { failure = failure ?? ExpressionError(pointer) }
            return
        }
        do {
            switch definition.location {
            case .path: path[definition.name] = try StyleWriter.pathText(value, definition)
            case .query: query += try StyleWriter.pairs(value, definition).map { "\($0.name)=\($0.value)" }
            case .header, .cookie, .form: break  // no part of a path
            }
        } catch {
            failure = failure ?? ExpressionError(pointer)
        }
    }

    /// The i-th parameter in document order: a constant of the document, as JSON.
    public mutating func parameter(_ index: Int, json: StaticString) {
        write(try? JSONValue.parse(json.description), index, "")
    }

    /// The path and query, from the slash after the server's own path; an error if a value is missing, has no text in the parameter's
    /// style, or would be another segment of the path (`..`).
    public consuming func finish() throws(ExpressionError) -> String {
        if let failure { throw failure }
        var target = ""
        for segment in route.template.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            var text = ""
            var rest = segment
            while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
                guard let value = path[String(rest[rest.index(after: open)..<close])], !value.isEmpty else {
                    throw ExpressionError("")
                }
                text += rest[..<open] + value
                rest = rest[rest.index(after: close)...]
            }
            text += rest
            guard text != ".", text != ".." else { throw ExpressionError("") }
            target += "/" + text
        }
        return query.isEmpty ? target : target + "?" + query.joined(separator: "&")
    }
}
