/// An enumeration of the strings that a document lists: cases without payloads, and beside them a table of their values.
///
/// ```swift
/// public enum Role: StringEnumeration {
///     case admin
///     case inOut
///
///     public static let rawValues: RawValues = RawValues(
///         """
///         ADMIN
///         in-out
///         """)
/// }
/// ```
///
/// `enum Role: String` offers the same, but the compiler writes two switches over all strings for each such type, which are
/// slow to compile, and compares with one string after the other, which is slow to run.
public protocol StringEnumeration: RawRepresentable, CaseIterable, Hashable, JSONCoded where RawValue == String {
    /// The values of the cases, in the order of the cases.
    static var rawValues: RawValues { get }
}

/// The values of a `StringEnumeration`, one a line, and the way back from a value to its case.
public struct RawValues: Sendable {
    /// In the order of the cases.
    @usableFromInline let texts: [String]
    /// Positions by value, where there are too many values to compare with each.
    private let positions: [String: Int]?

    private static let fewest = 8

    /// Reads a table: each line is a value.
    public init(_ table: StaticString) {
        texts = table.withUTF8Buffer { bytes in
            bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        positions =
            texts.count <= Self.fewest
            ? nil : Dictionary(zip(texts, texts.indices), uniquingKeysWith: { first, _ in first })
    }

    /// The position of a value.
    @usableFromInline
    func position(of text: String) -> Int? {
        if let positions { return positions[text] }
        return texts.firstIndex(of: text)
    }

    @inline(never)  // it would be at each place where such a value is written
    @usableFromInline
    func write(_ position: Int, to json: inout JSONWriter) { json.string(texts[position]) }
}

extension StringEnumeration {
    /// The case of a value; `nil` for a string that is none.
    public init?(rawValue: String) {
        guard let position = Self.rawValues.position(of: rawValue) else { return nil }
        self = Self.at(position)
    }

    /// The value as the document writes it.
    @inlinable public var rawValue: String { Self.rawValues.texts[position] }

    /// All cases, in the document's order.
    public static var allCases: [Self] { Self.rawValues.texts.indices.map(Self.at) }

    /// Reads a value that the validator has found in the document's list.
    @inlinable
    public init(_ json: ValidJSON) { self = Self.at(json.choice) }

    /// Writes the value as a string.
    @inlinable
    public func write(to json: inout JSONWriter) { Self.rawValues.write(position, to: &json) }

    /// Whether two are the same case.
    @inlinable
    public static func == (left: Self, right: Self) -> Bool { left.position == right.position }

    /// Hashes the case.
    @inlinable
    public func hash(into hasher: inout Hasher) { hasher.combine(position) }

    // MARK: Cases by position

    // Swift stores an enumeration without payloads as the number of the case in the order of their declaration, in as few
    // bytes as hold all of them, and in none where there is one case (docs/ABI/TypeLayout.rst of the compiler). Reading and
    // making that number is what saves the two switches.

    @usableFromInline
    var position: Int {
        // The number of the case, in as many bytes as hold it (above).
        switch MemoryLayout<Self>.size {
        case 0: 0
        case 1: Int(unsafeBitCast(self, to: UInt8.self))
        default: Int(unsafeBitCast(self, to: UInt16.self))
        }
    }

    @usableFromInline
    static func at(_ position: Int) -> Self {
        // No number that is no case ever becomes one.
        precondition(rawValues.texts.indices.contains(position), "the enumeration has no such case")
        return switch MemoryLayout<Self>.size {
        case 0: unsafeBitCast((), to: Self.self)
        case 1: unsafeBitCast(UInt8(truncatingIfNeeded: position), to: Self.self)
        default: unsafeBitCast(UInt16(truncatingIfNeeded: position), to: Self.self)
        }
    }
}
