/// Integers as the server sends and takes them: big-endian.
extension Array where Element == UInt8 {
    mutating func append<Value: FixedWidthInteger>(bigEndian value: Value) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// Writes `value` over the bytes at `offset`.
    mutating func overwrite<Value: FixedWidthInteger>(bigEndian value: Value, at offset: Int) {
        Swift.withUnsafeBytes(of: value.bigEndian) { replaceSubrange(offset..<offset + $0.count, with: $0) }
    }
}

extension UnsafeRawBufferPointer {
    /// The integer at `offset`; the caller has checked the length.
    func bigEndian<Value: FixedWidthInteger>(at offset: Int, as: Value.Type = Value.self) -> Value {
        precondition(offset >= 0 && offset + MemoryLayout<Value>.size <= count)
        return Value(bigEndian: loadUnaligned(fromByteOffset: offset, as: Value.self))
    }
}

extension PostgresCell {
    /// The cell's bytes as one integer.
    func integer<Value: FixedWidthInteger>(as: Value.Type = Value.self) throws(PostgresCellError) -> Value {
        guard bytes.count == MemoryLayout<Value>.size else { throw .unrepresentable("the value has the wrong length") }
        return bytes.bigEndian(at: 0)
    }
}
