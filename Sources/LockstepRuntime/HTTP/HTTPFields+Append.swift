extension HTTPFields {
    /// Appends all fields of `others`; fields already here stay.
    public mutating func append(contentsOf others: HTTPFields) {
        guard !others.isEmpty else { return }
        guard isWireFormat, others.isWireFormat else {
            for field in others { append(field.name, field.value) }
            return
        }
        let offset = UInt32(buffer.count)
        buffer.append(contentsOf: others.buffer)
        entries.reserveCapacity(entries.count + others.entries.count)
        for var entry in others.entries {
            entry.nameStart += offset
            entry.valueStart += offset
            entry.valueEnd += offset
            entries.append(entry)
        }
    }

    /// Appends those fields of `defaults` whose name is not here yet. Without an overlap, which is usual, this copies two
    /// blocks of memory.
    public mutating func append(defaults: HTTPFields) {
        guard overlaps(defaults) else { return append(contentsOf: defaults) }
        for field in defaults where !contains(field.name) { append(field.name, field.value) }
    }

    /// Whether a name may occur in both; never false when one does.
    private func overlaps(_ others: HTTPFields) -> Bool {
        for entry in entries {
            for other in others.entries where other.key == entry.key && other.nameLength == entry.nameLength {
                return true
            }
        }
        return false
    }
}
