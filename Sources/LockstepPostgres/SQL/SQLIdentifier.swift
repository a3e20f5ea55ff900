/// A table's, column's or channel's name that is only known at run time, checked and always quoted.
///
/// Accepts what PostgreSQL accepts without quotes: an ASCII letter or `_`, then letters, digits, `_`; at most 63 bytes.
/// Anything else is refused rather than escaped, because a name outside this set is a mistake in practice.
public struct SQLIdentifier: Sendable, Hashable {
    /// The name as given.
    public let name: String

    /// Checks a name; nil when it is not a plain identifier.
    public init?(_ name: String) {
        let bytes = name.utf8
        guard let first = bytes.first, bytes.count <= 63, SQLIdentifier.isStart(first) else { return nil }
        guard bytes.allSatisfy({ SQLIdentifier.isStart($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.name = name
    }

    /// The name in double quotes, as it appears in a statement.
    public var quoted: String { "\"\(name)\"" }

    private static func isStart(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "_")
    }
}
