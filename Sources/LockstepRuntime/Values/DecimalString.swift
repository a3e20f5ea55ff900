public import LockstepJSON
public import LockstepSchema

/// A decimal that JSON carries as a string (`type: string, format: decimal`), as money usually travels.
///
/// Generated structures have plain `Decimal` properties and write them through this type; it shows itself only inside
/// lists, maps and unions.
public struct DecimalString: JSONCoded, Hashable, Comparable, CustomStringConvertible {
    /// The number.
    public var value: Decimal

    /// A decimal that is written as a string.
    @inlinable public init(_ value: Decimal) { self.value = value }

    /// Reads a string that holds a decimal, or a number.
    @inlinable public init(_ json: ValidJSON) { value = json.decimal }

    /// Writes a string, with the digits that the decimal has.
    @inlinable public func write(to json: inout JSONWriter) { json.decimalString(value) }

    /// The number's digits.
    public var description: String { value.description }

    /// Orders by value.
    public static func < (left: DecimalString, right: DecimalString) -> Bool { left.value < right.value }
}
