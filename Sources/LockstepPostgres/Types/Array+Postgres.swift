/// What may stand in an array. `[UInt8]` is `bytea`; every other array is the server's array of its element.
public protocol PostgresArrayElement: Sendable {
    /// The array's type.
    static var postgresArrayType: PostgresType { get }
    /// The form that ``encode(array:into:)`` writes.
    static var postgresArrayFormat: PostgresFormat { get }
    /// Appends an array's bytes.
    static func encode(array: [Self], into bytes: inout [UInt8])
    /// Reads an array.
    static func decode(array cell: PostgresCell) throws(PostgresCellError) -> [Self]
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
    /// The array's type.
    public static var postgresType: PostgresType { Element.postgresArrayType }
    /// The array's form.
    public static var postgresFormat: PostgresFormat { Element.postgresArrayFormat }

    /// Appends the array's bytes.
    public func encode(into bytes: inout [UInt8]) {
        Element.encode(array: self, into: &bytes)
    }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    /// Reads an array of one dimension.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        self = try Element.decode(array: cell)
    }
}

extension UInt8: PostgresArrayElement {
    /// `bytea`
    public static var postgresArrayType: PostgresType { .bytea }
    /// Binary.
    public static var postgresArrayFormat: PostgresFormat { .binary }

    /// The bytes themselves.
    public static func encode(array: [UInt8], into bytes: inout [UInt8]) {
        bytes.append(contentsOf: array)
    }

    /// Reads `bytea`, and the raw text of `json` and `jsonb`.
    public static func decode(array cell: PostgresCell) throws(PostgresCellError) -> [UInt8] {
        switch cell.type {
        case .bytea, .json: return Array(cell.bytes)
        case .jsonb: return Array(try cell.jsonText())
        default: throw .typeMismatch
        }
    }
}

extension PostgresArrayElement where Self: PostgresDecodable {
    /// Reads an array of one dimension.
    public static func decode(array cell: PostgresCell) throws(PostgresCellError) -> [Self] {
        try ArrayReader(cell).read(Self.self)
    }
}

extension PostgresArrayElement where Self: PostgresEncodable {
    /// Binary.
    public static var postgresArrayFormat: PostgresFormat { .binary }

    /// Writes the binary form: dimensions, null flag, element type, length and lower bound, then each element.
    public static func encode(array: [Self], into bytes: inout [UInt8]) {
        bytes.append(bigEndian: Int32(array.isEmpty ? 0 : 1))
        bytes.append(bigEndian: Int32(0))
        bytes.append(bigEndian: postgresType.rawValue)
        guard !array.isEmpty else { return }
        bytes.append(bigEndian: Int32(array.count))
        bytes.append(bigEndian: Int32(1))
        for element in array {
            let lengthOffset = bytes.count
            bytes.append(bigEndian: Int32(0))
            element.encode(into: &bytes)
            bytes.overwrite(bigEndian: Int32(bytes.count - lengthOffset - 4), at: lengthOffset)
        }
    }
}

/// Reads the binary form of an array.
struct ArrayReader {
    private let bytes: UnsafeRawBufferPointer
    private let elementType: PostgresType
    private let count: Int

    /// Reads the header; the element's type says whether it was an array at all.
    init(_ cell: PostgresCell) throws(PostgresCellError) {
        bytes = cell.bytes
        guard bytes.count >= 12 else { throw .typeMismatch }
        let dimensions = bytes.bigEndian(at: 0, as: Int32.self)
        let hasNulls = bytes.bigEndian(at: 4, as: Int32.self)
        guard (0...6).contains(dimensions), (0...1).contains(hasNulls) else { throw .typeMismatch }
        elementType = PostgresType(rawValue: bytes.bigEndian(at: 8))
        guard dimensions <= 1 else { throw .unrepresentable("the array has more than one dimension") }
        guard dimensions == 1 else {
            count = 0
            return
        }
        guard bytes.count >= 20 else { throw .typeMismatch }
        count = Int(bytes.bigEndian(at: 12, as: Int32.self))
        guard count >= 0, count <= bytes.count / 4 else { throw .typeMismatch }
    }

    func read<Element: PostgresDecodable>(_: Element.Type) throws(PostgresCellError) -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(count)
        var offset = 20
        for _ in 0..<count {
            guard offset + 4 <= bytes.count else { throw .unrepresentable("the array ends early") }
            let length = Int(bytes.bigEndian(at: offset, as: Int32.self))
            offset += 4
            if length < 0 {
                elements.append(try Element.decodeNull())
                continue
            }
            guard length <= bytes.count - offset else { throw .unrepresentable("the array ends early") }
            let element = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
            elements.append(try Element(PostgresCell(type: elementType, bytes: element)))
            offset += length
        }
        return elements
    }
}

// MARK: Element types

extension Bool: PostgresArrayElement {
    /// `boolean[]`
    public static var postgresArrayType: PostgresType { .boolArray }
}

extension Int16: PostgresArrayElement {
    /// `smallint[]`
    public static var postgresArrayType: PostgresType { .int2Array }
}

extension Int32: PostgresArrayElement {
    /// `integer[]`
    public static var postgresArrayType: PostgresType { .int4Array }
}

extension Int64: PostgresArrayElement {
    /// `bigint[]`
    public static var postgresArrayType: PostgresType { .int8Array }
}

extension Int: PostgresArrayElement {
    /// `bigint[]`
    public static var postgresArrayType: PostgresType { .int8Array }
}

extension Double: PostgresArrayElement {
    /// `double precision[]`
    public static var postgresArrayType: PostgresType { .float8Array }
}

extension Float: PostgresArrayElement {
    /// `real[]`
    public static var postgresArrayType: PostgresType { .float4Array }
}

extension String: PostgresArrayElement {
    /// Inferred, so that the array fits `text[]` as well as an array of an enumeration.
    public static var postgresArrayType: PostgresType { .inferred }
    /// Text, since the type is the server's choice.
    public static var postgresArrayFormat: PostgresFormat { .text }

    /// Writes the array literal `{"a","b"}`; every element is quoted, so that nothing is read as NULL or as syntax.
    public static func encode(array: [String], into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        for (index, element) in array.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "\""))
            for byte in element.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresArrayElement & PostgresEncodable & PostgresDecodable {
    /// The wrapped type's array; `text[]` where that would be inferred, because the binary form names its type.
    public static var postgresArrayType: PostgresType {
        Wrapped.postgresArrayType == .inferred ? .textArray : Wrapped.postgresArrayType
    }
    /// The wrapped type's form.
    public static var postgresArrayFormat: PostgresFormat { .binary }

    /// Writes the binary form; nulls have the length -1.
    public static func encode(array: [Wrapped?], into bytes: inout [UInt8]) {
        bytes.append(bigEndian: Int32(array.isEmpty ? 0 : 1))
        bytes.append(bigEndian: Int32(1))
        let isInferred = Wrapped.postgresType == .inferred
        bytes.append(bigEndian: (isInferred ? PostgresType.text : Wrapped.postgresType).rawValue)
        guard !array.isEmpty else { return }
        bytes.append(bigEndian: Int32(array.count))
        bytes.append(bigEndian: Int32(1))
        for element in array {
            let lengthOffset = bytes.count
            bytes.append(bigEndian: Int32(-1))
            guard let element else { continue }
            element.encode(into: &bytes)
            bytes.overwrite(bigEndian: Int32(bytes.count - lengthOffset - 4), at: lengthOffset)
        }
    }
}
