public import LockstepJSON

/// A type that is read from a validated value and written as JSON: every generated schema type.
public protocol JSONCoded: Sendable {
    /// Reads a value that the validator has checked in this type's shape.
    init(_ json: ValidJSON)
    /// Writes the value.
    func write(to json: inout JSONWriter)
}

extension JSONCoded {
    /// The value as JSON text.
    public func encoded() throws(JSONWriteError) -> [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return try writer.finish()
    }
}

extension JSONWriter {
    /// A member.
    @inlinable
    public mutating func field(_ name: StaticString, _ value: some JSONCoded) {
        key(name)
        value.write(to: &self)
    }

    /// A member, left out when nil.
    @inlinable
    public mutating func field<Value: JSONCoded>(_ name: StaticString, _ value: Value?) {
        guard let value else { return }
        key(name)
        value.write(to: &self)
    }

    /// A member, left out when absent.
    @inlinable
    public mutating func field<Value: JSONCoded>(_ name: StaticString, _ value: Presence<Value>) {
        switch value {
        case .absent: break
        case .null:
            key(name)
            null()
        case .value(let value):
            key(name)
            value.write(to: &self)
        }
    }

    /// A required member that may be `null`: written as `null` when nil.
    @inlinable
    public mutating func nullableField<Value: JSONCoded>(_ name: StaticString, _ value: Value?) {
        key(name)
        if let value { value.write(to: &self) } else { null() }
    }
}

extension Presence where Value: JSONCoded {
    /// Reads a member that may be missing or `null`.
    @inlinable
    public init(_ json: ValidJSON) {
        self = json.isPresent ? json.isNull ? .null : .value(Value(json)) : .absent
    }
}
