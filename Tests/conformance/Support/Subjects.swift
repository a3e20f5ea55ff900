public import LockstepRuntime

/// What generated code answers about a document.
public enum Answer {
    /// The document is refused, for these reasons.
    case refused([ValidationFailure])
    /// It is read into the type; what the type writes again.
    case read(JSONValue)
    /// It is read into the type, which cannot be written again.
    case unwritable(String)
}

/// The generated types, by the name of the group whose schema they stand for.
public struct Subjects {
    private var questions: [String: (JSONValue) -> Answer] = [:]

    /// No types.
    public init() {}

    /// Adds a type that holds a value of the group's type in its property `value`.
    public mutating func add<Holder: JSONCoded>(_ name: String, _ entry: ValidatorEntry, _ type: Holder.Type) {
        questions[name] = { value in
            let document = JSONDocument(.object([JSONMember(key: "value", value: value)]))
            switch entry.validate(document) {
            case .invalid(let failures): return .refused(failures)
            case .valid(let json):
                do {
                    let bytes = try Holder(json).encoded()
                    return .read(try JSONDocument.parse(bytes).value["value"] ?? .null)
                } catch {
                    return .unwritable("\(error)")
                }
            }
        }
    }

    /// What the type of a group answers; nil where there is none.
    public func ask(_ name: String, _ value: JSONValue) -> Answer? { questions[name]?(value) }
}
