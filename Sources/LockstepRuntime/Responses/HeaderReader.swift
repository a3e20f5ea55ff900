import LockstepJSON
import LockstepSchema

/// Reads the declared header fields of a response, and notes how they differ from the document.
struct HeaderReader {
    private let definition: ResponseDefinition
    private(set) var violations: [ResponseViolation] = []

    init(_ definition: ResponseDefinition) {
        self.definition = definition
    }

    /// The fields as one object, `{"header.Location":…}`, where the document allows it.
    mutating func read(_ fields: HTTPFields) -> ValidJSON? {
        var members: [JSONMember] = []
        for header in definition.headers where header.name.lowercased() != "content-type" {
            guard let text = fields.combined(header.name) else {
                if header.isRequired { add("\(header.name) is missing") }
                continue
            }
            do throws(RawValueError) {
                let raw = try StyleParser.delimited(
                    Array(text.utf8)[...], header.type, by: 0x2C, explodesMembers: header.explodes, isEncoded: false)
                members.append(
                    JSONMember(key: header.key, value: try ValueResolver.resolve(raw, header.type, .header)))
            } catch {
                add("\(header.name) \(error.message)")
            }
        }
        guard let validator = definition.headerValidator else { return nil }
        switch validator.validate(JSONDocument(.object(members)), maximumFailures: 16) {
        case .valid(let json): return json
        case .invalid(let failures):
            for failure in failures where !(failure.pointer.isEmpty && failure.keyword == "required") {
                let issue = ValidationIssue(parameters: failure)
                add("\(issue.pointer.dropFirst()) \(issue.message) [\(issue.keyword)]")
            }
            return nil
        }
    }

    private mutating func add(_ message: String) {
        violations.append(ResponseViolation(kind: .header, message: message))
    }
}
