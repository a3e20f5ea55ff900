internal import CLockstepOpenSSL

/// Owns one P-256 key of OpenSSL.
///
/// Unchecked: the key is not changed after `init`, and OpenSSL lets any number of threads use one key at once.
final class P256Key: @unchecked Sendable {
    private let key: OpaquePointer
    /// The public point: x and y, 32 bytes each.
    let point: (x: [UInt8], y: [UInt8])

    /// A new private key.
    static func generate() -> P256Key? {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_group_name(context, "P-256") == 1,
            EVP_PKEY_generate(context, &key) == 1, let key
        else { return nil }
        return P256Key(owning: key)
    }

    /// The private key of a PEM text.
    convenience init?(pem: [UInt8]) {
        guard let memory = BIO_new_mem_buf(pem, Int32(pem.count)) else { return nil }
        defer { BIO_free(memory) }
        // The callback refuses a passphrase; without it OpenSSL would ask on the terminal.
        guard let key = PEM_read_bio_PrivateKey(memory, nil, { _, _, _, _ in -1 }, nil) else {
            ERR_clear_error()
            return nil
        }
        self.init(owning: key)
    }

    /// Takes `key` over, and frees it when it is not on P-256.
    private init?(owning key: OpaquePointer) {
        var name = [CChar](repeating: 0, count: 32)
        var point = [UInt8](repeating: 0, count: 65)
        var length = 0
        guard EVP_PKEY_get_group_name(key, &name, name.count, nil) == 1,
            name.withUnsafeBytes({ $0.starts(with: "prime256v1\0".utf8) }),
            EVP_PKEY_get_octet_string_param(key, "encoded-pub-key", &point, point.count, &length) == 1,
            length == 65, point[0] == 4
        else {
            EVP_PKEY_free(key)
            return nil
        }
        self.key = key
        self.point = (Array(point[1..<33]), Array(point[33...]))
    }

    deinit { EVP_PKEY_free(key) }

    /// The private key as unencrypted PKCS #8 PEM.
    func pem() -> [UInt8]? {
        guard let memory = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(memory) }
        guard PEM_write_bio_PKCS8PrivateKey(memory, key, nil, nil, 0, nil, nil) == 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: BIO_ctrl(memory, BIO_CTRL_PENDING, 0, nil))
        guard BIO_read(memory, &bytes, Int32(bytes.count)) == Int32(bytes.count) else { return nil }
        return bytes
    }

    /// The signature of `message` with SHA-256: r and s, 32 bytes each (RFC 7518 §3.4).
    func signature(of message: [UInt8]) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var der = [UInt8](repeating: 0, count: 80)
        var length = der.count
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
            EVP_DigestSign(context, &der, &length, message, message.count) == 1
        else { return nil }
        return der.withUnsafeBufferPointer { buffer -> [UInt8]? in
            var start = buffer.baseAddress
            guard let pair = d2i_ECDSA_SIG(nil, &start, length) else { return nil }
            defer { ECDSA_SIG_free(pair) }
            var raw = [UInt8](repeating: 0, count: 64)
            let done = raw.withUnsafeMutableBufferPointer { raw in
                BN_bn2binpad(ECDSA_SIG_get0_r(pair), raw.baseAddress, 32) == 32
                    && BN_bn2binpad(ECDSA_SIG_get0_s(pair), raw.baseAddress.map { $0 + 32 }, 32) == 32
            }
            return done ? raw : nil
        }
    }

    /// Whether `signature` (r and s, 32 bytes each) is this key's for `message`.
    func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard signature.count == 64, let der = encoded(signature), let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        let isRight =
            EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1
            && EVP_DigestVerify(context, der, der.count, message, message.count) == 1
        if !isRight { ERR_clear_error() }
        return isRight
    }

    /// r and s in the DER form that OpenSSL takes.
    private func encoded(_ signature: [UInt8]) -> [UInt8]? {
        guard let pair = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(pair) }
        guard let r = BN_bin2bn(signature, 32, nil), let s = BN_bin2bn(Array(signature[32...]), 32, nil) else {
            return nil
        }
        guard ECDSA_SIG_set0(pair, r, s) == 1 else {  // on success the pair owns r and s
            BN_free(r)
            BN_free(s)
            return nil
        }
        var der = [UInt8](repeating: 0, count: 80)
        let length = der.withUnsafeMutableBufferPointer { buffer -> Int32 in
            var start = buffer.baseAddress
            return i2d_ECDSA_SIG(pair, &start)
        }
        return length > 0 ? Array(der[..<Int(length)]) : nil
    }
}
