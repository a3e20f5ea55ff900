/// Base64 with the URL alphabet and without padding (RFC 4648 §5), strict: no other bytes, no bits left over.
public enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    /// `bytes` as text.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: encodedBytes(bytes), as: UTF8.self)
    }

    /// `bytes` as ASCII.
    public static func encodedBytes(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.withContiguousStorageIfAvailable(encoded) ?? Array(bytes).withUnsafeBufferPointer(encoded)
    }

    /// The bytes that `text` stands for; nil for anything that ``encode(_:)`` would not have written.
    public static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        // Nil is an answer here, so that it cannot say that there was no storage.
        let decoded: [UInt8]?? = text.withContiguousStorageIfAvailable(decoded)
        return decoded ?? Array(text).withUnsafeBufferPointer(Base64URL.decoded)
    }

    private static func encoded(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let alphabet = alphabet
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 4 + 2) / 3)
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(buffer &>> bits & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer &<< (6 - bits) & 63)]) }
        return text
    }

    private static func decoded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        let values = values
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for character in text {
            let value = values[Int(character)]
            guard value < 64 else { return nil }
            buffer = (buffer << 6 | UInt32(value)) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer &>> bits))
            }
        }
        guard bits < 6, buffer & (1 &<< bits - 1) == 0 else { return nil }
        return bytes
    }
}
