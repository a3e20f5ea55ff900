internal import CLockstepOpenSSL

/// Hashes and keyed hashes, by OpenSSL.
public enum Digest {
    /// SHA-256 of `bytes`.
    public static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let done: Void? = bytes.withContiguousStorageIfAvailable { input in
            _ = SHA256(input.baseAddress, input.count, &digest)
        }
        if done == nil {
            let copy = Array(bytes)
            _ = SHA256(copy, copy.count, &digest)
        }
        return digest
    }

    /// HMAC-SHA-256 of `bytes` under `key`.
    public static func hmacSHA256(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        hmac(bytes, key: key, EVP_sha256(), size: 32)
    }

    /// HMAC-SHA-384 of `bytes` under `key`.
    public static func hmacSHA384(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        hmac(bytes, key: key, EVP_sha384(), size: 48)
    }

    private static func hmac(_ bytes: [UInt8], key: [UInt8], _ algorithm: OpaquePointer?, size: Int) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: size)
        var length = UInt32(size)
        let result = HMAC(algorithm, key, Int32(key.count), bytes, bytes.count, &digest, &length)
        precondition(result != nil && length == size, "OpenSSL has no HMAC")
        return digest
    }

    /// Whether `a` and `b` are the same, in a time that does not depend on where they differ.
    public static func isEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
    }
}
