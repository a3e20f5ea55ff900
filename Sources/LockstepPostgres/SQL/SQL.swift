/// A statement and its bound parameters.
///
/// Text comes from string literals in the source only; every interpolated value becomes a parameter:
///
/// ```swift
/// let rows = try await database.query("select amount from payments where id = \(id) and owner = \(owner)")
/// ```
///
/// The literal pieces are `StaticString`s, so no text that a program computes or receives can become part of a
/// statement. What may vary besides values is composed from other `SQL` values (`"… where \(filter)"`) or named through
/// the checked type ``SQLIdentifier``.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The statement's UTF-8 bytes with `$1`, `$2`, … where values were interpolated.
    var bytes: [UInt8]
    /// The bound values, in order.
    var parameters: SQLParameters

    /// An empty statement, to be built with ``append(_:)``.
    public init() {
        bytes = []
        parameters = SQLParameters()
    }

    /// A statement without parameters.
    public init(stringLiteral value: StaticString) {
        self.init()
        append(literal: value)
    }

    /// A statement with bound parameters.
    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// A statement from text that the program's own files hold: migrations only, never a request's path.
    init(trustedText: some Sequence<UInt8>) {
        bytes = Array(trustedText)
        parameters = SQLParameters()
    }

    /// The statement's text with `$1`, `$2`, … in place of the values.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// How many values the statement binds.
    public var parameterCount: Int { parameters.entries.count }

    /// Adds another piece at the end; its parameters are numbered on.
    public mutating func append(_ other: SQL) {
        if other.parameters.entries.isEmpty {
            bytes.append(contentsOf: other.bytes)
            return
        }
        var copied = 0
        for entry in other.parameters.entries {
            bytes.append(contentsOf: other.bytes[copied..<Int(entry.textOffset)])
            parameters.append(entry, from: other.parameters, textOffset: UInt32(bytes.count))
            appendPlaceholder(number: parameters.entries.count)
            copied = Int(entry.textOffset) + 1 + SQL.digits(of: Int(entry.number))
        }
        bytes.append(contentsOf: other.bytes[copied...])
    }

    /// Two pieces, one after the other.
    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.append(right)
        return sum
    }

    mutating func append(literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func bind<Value: PostgresEncodable>(_ value: Value) {
        let offset = UInt32(bytes.count)
        parameters.append(value, textOffset: offset)
        appendPlaceholder(number: parameters.entries.count)
    }

    mutating func bindNull(_ type: PostgresType) {
        let offset = UInt32(bytes.count)
        parameters.appendNull(type, textOffset: offset)
        appendPlaceholder(number: parameters.entries.count)
    }

    private mutating func appendPlaceholder(number: Int) {
        bytes.append(UInt8(ascii: "$"))
        if number < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(number))
        } else {
            bytes.append(contentsOf: String(number).utf8)
        }
    }

    private static func digits(of number: Int) -> Int {
        number < 10 ? 1 : String(number).utf8.count
    }
}

extension SQL {
    /// Builds a ``SQL`` from an interpolated literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var sql = SQL()

        /// Reserves room for the literal text and the placeholders.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.bytes.reserveCapacity(literalCapacity + interpolationCount * 3)
            sql.parameters.reserve(interpolationCount)
        }

        /// Adds text from the source.
        public mutating func appendLiteral(_ literal: StaticString) {
            sql.append(literal: literal)
        }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some PostgresEncodable) {
            sql.bind(value)
        }

        /// Binds a value, or null.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            if let value {
                sql.bind(value)
            } else {
                sql.bindNull(Value.postgresType)
            }
        }

        /// Adds another statement's text and parameters.
        public mutating func appendInterpolation(_ fragment: SQL) {
            sql.append(fragment)
        }

        /// Adds a quoted identifier.
        public mutating func appendInterpolation(_ identifier: SQLIdentifier) {
            sql.bytes.append(contentsOf: identifier.quoted.utf8)
        }
    }
}

extension SQL: CustomStringConvertible {
    /// The text with placeholders; never the values.
    public var description: String { text }
}
