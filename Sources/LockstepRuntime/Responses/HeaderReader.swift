import LockstepJSON
import LockstepSchema

/// Reads the declared header fields of a response or of a part of a form, and notes how they differ from the document.
struct HeaderReader {
    /// One way in which the fields differ.
    struct Fault {
        /// The field's name; inside a list or an object, with the way to the place.
        let place: String
        let keyword: String
        let message: String
        var expected = ""
        var isOfSchema = false
    }

    private let headers: [ParameterDefinition]
    private let validator: ValidatorEntry?
    private let joinsLines: Bool
    private(set) var faults: [Fault] = []

    /// - Parameter joinsLines: whether a name may come several times also where its value is no list.
    init(_ headers: [ParameterDefinition], _ validator: ValidatorEntry?, joinsLines: Bool = false) {
        self.headers = headers
        self.joinsLines = joinsLines
        self.validator = validator
    }

    init(_ definition: ResponseDefinition) {
        self.init(definition.headers, definition.headerValidator, joinsLines: true)
    }

    /// The faults as what is wrong with a response.
    var violations: [ResponseViolation] {
        faults.map { fault in
            let keyword = fault.isOfSchema ? " [\(fault.keyword)]" : ""
            return ResponseViolation(kind: .header, message: "\(fault.place) \(fault.message)\(keyword)")
        }
    }

    /// The fields as one object, `{"header.Location":…}`, where the document allows it.
    mutating func read(_ fields: HTTPFields) -> ValidJSON? {
        var members: [JSONMember] = []
        for header in headers where header.name.lowercased() != "content-type" {
            do throws(RawValueError) {
                guard let raw = try HeaderValue.read(fields, header, joinsLines: joinsLines) else {
                    if header.isRequired {
                        faults.append(Fault(place: header.name, keyword: "required", message: "is missing"))
                    }
                    continue
                }
                members.append(
                    JSONMember(key: header.key, value: try ValueResolver.resolve(raw, header.type, .header)))
            } catch {
                faults.append(Fault(place: header.name, keyword: error.keyword, message: error.message))
            }
        }
        guard let validator else { return nil }
        switch validator.validate(JSONDocument(.object(members)), maximumFailures: 16) {
        case .valid(let json): return json
        case .invalid(let failures):
            for failure in failures where !(failure.pointer.isEmpty && failure.keyword == "required") {
                let issue = ValidationIssue(parameters: failure)
                faults.append(
                    Fault(
                        place: String(issue.pointer.dropFirst()), keyword: issue.keyword, message: issue.message,
                        expected: issue.expected, isOfSchema: true))
            }
            return nil
        }
    }
}
