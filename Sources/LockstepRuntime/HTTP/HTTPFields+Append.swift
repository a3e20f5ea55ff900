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

    /// Appends a field whose value `write` appends to the bytes it is given; control characters become spaces.
    ///
    /// The name must be a token. Nothing is made on the way, so this is for fields that every response has.
    public mutating func append(_ name: StaticString, writing write: (inout [UInt8]) -> Void) {
        guard isWireFormat, name.utf8CodeUnitCount > 0 else {
            var value: [UInt8] = []
            write(&value)
            append(name.description, bytes: value)
            return
        }
        let start = buffer.count
        // The pointer is to constant memory and does not leave the call.
        name.withUTF8Buffer { unsafe buffer.append(contentsOf: $0) }
        let nameEnd = buffer.count
        precondition(buffer[start..<nameEnd].allSatisfy(FieldSyntax.isToken), "a field name must be a token")
        buffer.append(0x3A)
        buffer.append(0x20)
        write(&buffer)
        precondition(buffer.count >= nameEnd + 2, "a field's value must be appended")
        FieldSyntax.blankControls(in: &buffer, from: nameEnd + 2)
        let valueEnd = buffer.count
        buffer.append(0x0D)
        buffer.append(0x0A)
        entries.append(
            Entry(
                nameStart: UInt32(start), valueStart: UInt32(nameEnd + 2), valueEnd: UInt32(valueEnd),
                nameLength: UInt16(nameEnd - start),
                key: HTTPFields.key(first: buffer[start], last: buffer[nameEnd - 1])))
    }

    /// Whether there may be a field that belongs to the connection (`Connection`, `Content-Length`, `Transfer-Encoding`, `Date`,
    /// `Keep-Alive`, `Upgrade`, `Trailer`); one look at each field's length and outer letters. Never false when there is one.
    public var mayHoldConnectionFields: Bool {
        for entry in entries {
            switch (entry.nameLength, entry.key) {
            case (10, 0x636E), (14, 0x6368), (17, 0x7467), (4, 0x6465), (10, 0x6B65), (7, 0x7565), (7, 0x7472):
                return true
            default: continue
            }
        }
        return false
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
