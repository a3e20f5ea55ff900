public import LockstepJSON

/// Writing the elements of a tuple that may be left out. What tells them apart is their place, so `null` stands for one that is
/// left out before one that is there: `gap` counts them.
extension JSONWriter {
    /// An element.
    @inlinable
    public mutating func element(_ value: some JSONCoded, after gap: inout Int) {
        fill(&gap)
        value.write(to: &self)
    }

    /// An element, left out when nil.
    @inlinable
    public mutating func element<Value: JSONCoded>(_ value: Value?, after gap: inout Int) {
        if let value { element(value, after: &gap) } else { gap += 1 }
    }

    /// An element, left out when absent.
    @inlinable
    public mutating func element<Value: JSONCoded>(_ value: Presence<Value>, after gap: inout Int) {
        switch value {
        case .absent: gap += 1
        case .null:
            fill(&gap)
            null()
        case .value(let value): element(value, after: &gap)
        }
    }

    /// An element that may be `null`: written as `null` when nil.
    @inlinable
    public mutating func nullableElement<Value: JSONCoded>(_ value: Value?, after gap: inout Int) {
        fill(&gap)
        if let value { value.write(to: &self) } else { null() }
    }

    /// The elements behind those that have a place of their own.
    @inlinable
    public mutating func elements(_ values: [some JSONCoded], after gap: inout Int) {
        if values.isEmpty { return }
        fill(&gap)
        values.writeElements(to: &self)
    }

    @inlinable
    mutating func fill(_ gap: inout Int) {
        for _ in 0..<gap { null() }
        gap = 0
    }
}
