internal import CLockstepOpenSSL

/// A key of HMAC-SHA-256 that is used many times: OpenSSL looks the algorithm up and takes the key in once.
///
/// Unchecked: after `init` the context is only copied, which reads it.
public final class MACKey: @unchecked Sendable {
    private let context: OpaquePointer

    /// A key, which should have 16 bytes or more (RFC 2104 §3).
    public init(_ key: [UInt8]) {
        let algorithm = EVP_MAC_fetch(nil, OSSL_MAC_NAME_HMAC, nil)
        defer { EVP_MAC_free(algorithm) }
        guard let context = EVP_MAC_CTX_new(algorithm) else { preconditionFailure("OpenSSL has no HMAC") }
        self.context = context
        // The parameters point to both texts, which live until they have been read.
        let isReady = OSSL_MAC_PARAM_DIGEST.withCString { parameter in
            var name = Array("SHA256".utf8CString)
            return name.withUnsafeMutableBufferPointer { name in
                let parameters = [
                    OSSL_PARAM_construct_utf8_string(parameter, name.baseAddress, 0), OSSL_PARAM_construct_end(),
                ]
                return EVP_MAC_init(context, key, key.count, parameters) == 1
            }
        }
        precondition(isReady, "OpenSSL has no HMAC-SHA-256")
    }

    deinit { EVP_MAC_CTX_free(context) }

    /// HMAC-SHA-256 of `bytes`: 32 bytes.
    public func code(of bytes: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var length = 0
        let copy = EVP_MAC_CTX_dup(context)
        defer { EVP_MAC_CTX_free(copy) }
        let isDone =
            copy != nil && EVP_MAC_update(copy, bytes, bytes.count) == 1
            && EVP_MAC_final(copy, &code, &length, code.count) == 1
        precondition(isDone && length == code.count, "OpenSSL cannot compute HMAC-SHA-256")
        return code
    }
}
