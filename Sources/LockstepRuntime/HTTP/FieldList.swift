/// Reading of comma-separated field values (RFC 9110 §5.6.1).
enum FieldList {
    /// Calls `body` with each member, trimmed. Commas inside quoted strings do not separate; empty members are skipped.
    static func forEachMember(of value: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
        split(value, at: 0x2C, body)
    }

    /// Splits at a separator outside quoted strings, trims the pieces and skips empty ones.
    static func split(_ value: ArraySlice<UInt8>, at separator: UInt8, _ body: (ArraySlice<UInt8>) -> Void) {
        var start = value.startIndex
        var index = start
        var isQuoted = false
        while index < value.endIndex {
            let byte = value[index]
            if isQuoted, byte == 0x5C {
                index += 1
            } else if byte == 0x22 {
                isQuoted.toggle()
            } else if byte == separator, !isQuoted {
                emit(value[start..<index], body)
                start = index + 1
            }
            index += 1
        }
        if start < value.endIndex { emit(value[start..<value.endIndex], body) }
    }

    private static func emit(_ member: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
        let trimmed = FieldSyntax.trimmed(member)
        if !trimmed.isEmpty { body(trimmed) }
    }
}
