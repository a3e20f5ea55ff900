import LockstepJSON
import LockstepSchema

/// One way in which a request does not match the document: an element of `details`.
struct ValidationIssue: Sendable, Equatable {
    /// Where in the request: `path`, `query`, `header`, `cookie` or `body`.
    let location: String
    /// JSON Pointer: for parameters the name first (`/limit`), for bodies within the body.
    let pointer: String
    /// The keyword of the schema, or of the check beside it (`required`, `json`, `encoding`).
    let keyword: String
    /// A sentence for people, without any input.
    let message: String
    /// The limit or what was expected, as text; empty when there is none.
    let expected: String

    init(in location: String, pointer: String, keyword: String, message: String, expected: String = "") {
        self.location = location
        self.pointer = pointer
        self.keyword = keyword
        self.message = ValidationIssue.shortened(message)
        self.expected = ValidationIssue.shortened(expected)
    }

    /// A failure inside a body.
    init(body failure: ValidationFailure) { self.init(body: failure, below: "") }

    /// A failure inside the part of a body at `place`.
    init(body failure: ValidationFailure, below place: String) {
        self.init(
            in: "body", pointer: place + failure.pointer, keyword: failure.keyword, message: failure.message,
            expected: failure.expected)
    }

    /// A failure inside the object of parameters: `/query.limit/0` is `/limit/0` in the query.
    init(parameters failure: ValidationFailure) {
        let path = failure.pointer.dropFirst()
        guard let dot = path.firstIndex(of: ".") else {
            self.init(
                in: "query", pointer: failure.pointer, keyword: failure.keyword, message: failure.message,
                expected: failure.expected)
            return
        }
        self.init(
            in: String(path[..<dot]), pointer: "/" + path[path.index(after: dot)...], keyword: failure.keyword,
            message: failure.message, expected: failure.expected)
    }

    /// A text that an error body can bear: an enumeration may have hundreds of values.
    private static func shortened(_ text: String) -> String {
        text.utf8.count <= 200 ? text : text.prefix(199) + "…"
    }

    /// At most this many are reported.
    static let maximumCount = 64

    /// `{"in":"query","pointer":"/limit","keyword":"maximum","expected":"100","message":"must be at most 100"}`
    var json: JSONValue {
        var members = [("in", location), ("pointer", pointer), ("keyword", keyword)]
        if !expected.isEmpty { members.append(("expected", expected)) }
        members.append(("message", message))
        return .object(members.map { JSONMember(key: $0.0, value: .string($0.1)) })
    }

    /// A name as a token of a JSON Pointer, cut to a length that an error body can bear.
    static func pointer(_ name: String) -> String {
        let token = name.replacing("~", with: "~0").replacing("/", with: "~1")
        return "/" + (token.count <= 100 ? token : token.prefix(100) + "…")
    }
}

extension Problem {
    /// 400 with the list of what does not match the document.
    static func validation(_ issues: [ValidationIssue]) -> Problem {
        let issues = issues.prefix(ValidationIssue.maximumCount)
        var problem = Problem(
            400, .validation, "The request does not match the API description",
            details: .array(issues.map(\.json)))
        problem.issues = Array(issues)
        return problem
    }
}
