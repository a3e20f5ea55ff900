import LockstepJSON

/// What an alternative of a union demands of the discriminator's property.
///
/// By JSON Schema a discriminator decides nothing: a value that two open alternatives allow is no `oneOf` of them, and one that
/// names an alternative which it is not may pass as another. What documents mean is that the property decides, so the
/// alternatives that are checked say so. The published document does not.
struct DiscriminatorBinding {
    var property: String
    /// The values, those of the mapping first.
    var values: [String]
    /// Whether the values are those of the others: the alternative for unknown ones has all but them.
    var areExcluded: Bool

    /// The alternative with the demand.
    func apply(to alternative: JSONValue) -> JSONValue {
        guard case .object(let members) = alternative else { return alternative }
        let list: JSONValue = ["enum": .array(values.map(JSONValue.string))]
        let properties: JSONValue = .object([JSONMember(key: property, value: areExcluded ? ["not": list] : list)])
        guard members.contains(where: { $0.key == "properties" }) else {
            return .object(members + [JSONMember(key: "properties", value: properties)])
        }
        let demand: JSONValue = .object([JSONMember(key: "properties", value: properties)])
        let others = members.first { $0.key == "allOf" }?.value.array ?? []
        return .object(
            members.filter { $0.key != "allOf" } + [JSONMember(key: "allOf", value: .array(others + [demand]))])
    }
}
