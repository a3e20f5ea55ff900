/// A member that may be missing, `null`, or a value, where the document tells the first two apart.
public enum Presence<Value> {
    /// The member is missing.
    case absent
    /// The member is `null`.
    case null
    /// The member has a value.
    case value(Value)

    /// The value, if there is one.
    public var value: Value? { if case .value(let value) = self { value } else { nil } }
    /// Whether the member is missing.
    public var isAbsent: Bool { if case .absent = self { true } else { false } }
    /// Whether the member is there and `null`.
    public var isNull: Bool { if case .null = self { true } else { false } }
}

extension Presence: Sendable where Value: Sendable {}
extension Presence: Equatable where Value: Equatable {}
extension Presence: Hashable where Value: Hashable {}
