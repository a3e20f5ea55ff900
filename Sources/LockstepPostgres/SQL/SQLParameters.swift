/// Bound values: one buffer for all of them, one entry each. Two allocations a statement, however many values.
struct SQLParameters: Sendable {
    struct Entry: Sendable {
        let type: PostgresType
        let format: PostgresFormat
        /// Position of `$n` in the statement's text, so that pieces can be renumbered when they are joined.
        let textOffset: UInt32
        let number: Int32
        /// Where the value starts in `values`.
        let start: Int32
        /// -1 for null.
        let length: Int32
    }

    private(set) var entries: [Entry] = []
    private(set) var values: [UInt8] = []
    /// Whether a value in text format holds a NUL. PostgreSQL has no such text, and libpq would cut the value there.
    private(set) var hasNUL = false

    mutating func reserve(_ count: Int) {
        entries.reserveCapacity(count)
        values.reserveCapacity(count * 20)
    }

    mutating func append<Value: PostgresEncodable>(_ value: Value, textOffset: UInt32) {
        let start = values.count
        value.encode(into: &values)
        let length = values.count - start
        // libpq reads parameters in text format up to a NUL.
        if Value.postgresFormat == .text {
            if values[start...].contains(0) { hasNUL = true }
            values.append(0)
        }
        entries.append(
            Entry(
                type: Value.postgresType, format: Value.postgresFormat, textOffset: textOffset,
                number: Int32(entries.count + 1), start: Int32(start), length: Int32(length)))
    }

    mutating func appendNull(_ type: PostgresType, textOffset: UInt32) {
        entries.append(
            Entry(
                type: type, format: .binary, textOffset: textOffset, number: Int32(entries.count + 1), start: 0,
                length: -1))
    }

    mutating func append(_ entry: Entry, from other: SQLParameters, textOffset: UInt32) {
        let start = values.count
        hasNUL = hasNUL || other.hasNUL
        if entry.length >= 0 {
            let from = Int(entry.start)
            values.append(contentsOf: other.values[from..<from + Int(entry.length)])
            if entry.format == .text { values.append(0) }
        }
        entries.append(
            Entry(
                type: entry.type, format: entry.format, textOffset: textOffset, number: Int32(entries.count + 1),
                start: Int32(start), length: entry.length))
    }

    /// Bytes of values, for the cap on bytes in flight.
    var byteCount: Int { values.count }
}
