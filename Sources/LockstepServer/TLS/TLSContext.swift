internal import CLockstepOpenSSL
internal import Glibc

/// The settings that all TLS connections of a listener share: owns the `SSL_CTX`.
///
/// Unchecked: the context is not changed after `init`, and the library counts references to it across threads.
final class TLSContext: @unchecked Sendable {
    let handle: OpaquePointer
    let handshakeTimeout: Duration
    let verifiesClients: Bool

    init(_ configuration: TLSConfiguration) throws(TLSError) {
        handshakeTimeout = configuration.handshakeTimeout
        verifiesClients = configuration.clientCertificates != .ignored
        guard let handle = SSL_CTX_new(TLS_server_method()) else { throw .library(call: "SSL_CTX_new") }
        self.handle = handle
        let lowest = configuration.minimumVersion == .tls13 ? TLS1_3_VERSION : TLS1_2_VERSION
        guard lockstep_ssl_ctx_set_min_version(handle, lowest) == 1 else {
            throw .library(call: "SSL_CTX_set_min_proto_version")
        }
        // Forward secrecy and authenticated encryption only; TLS 1.3 has nothing else.
        guard SSL_CTX_set_cipher_list(handle, "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL") == 1 else {
            throw .library(call: "SSL_CTX_set_cipher_list")
        }
        // HTTP says itself where a message ends, so a peer that leaves without close_notify is an ordinary end.
        lockstep_ssl_ctx_set_safe_options(handle)
        // An idle connection gives its record buffers (34 KB) back.
        lockstep_ssl_ctx_set_mode(handle, Int(SSL_MODE_RELEASE_BUFFERS))
        SSL_CTX_set_alpn_select_cb(handle, selectProtocol, nil)
        try TLSContext.load(configuration, into: handle)
        switch configuration.clientCertificates {
        case .ignored: break
        case .requested(let file): try TLSContext.verify(clientsBy: file, SSL_VERIFY_PEER, handle)
        case .required(let file):
            try TLSContext.verify(clientsBy: file, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, handle)
        }
    }

    deinit {
        SSL_CTX_free(handle)
    }

    private static func load(_ configuration: TLSConfiguration, into handle: OpaquePointer) throws(TLSError) {
        try checkReadable(configuration.certificateFile)
        try checkReadable(configuration.keyFile)
        // An encrypted key would otherwise ask for its passphrase on the terminal.
        SSL_CTX_set_default_passwd_cb(handle) { _, _, _, _ in 0 }
        defer { ERR_clear_error() }
        guard SSL_CTX_use_certificate_chain_file(handle, configuration.certificateFile) == 1 else {
            throw .notACertificate(file: configuration.certificateFile)
        }
        ERR_clear_error()
        guard SSL_CTX_use_PrivateKey_file(handle, configuration.keyFile, SSL_FILETYPE_PEM) == 1 else {
            let mismatch = ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH
            throw mismatch
                ? .keyMismatch(certificateFile: configuration.certificateFile, keyFile: configuration.keyFile)
                : .notAPrivateKey(file: configuration.keyFile)
        }
        guard SSL_CTX_check_private_key(handle) == 1 else {
            throw .keyMismatch(certificateFile: configuration.certificateFile, keyFile: configuration.keyFile)
        }
    }

    /// Asks clients for a certificate that one of the file's authorities has signed, and names these authorities to them.
    private static func verify(
        clientsBy file: String, _ mode: Int32, _ handle: OpaquePointer
    ) throws(TLSError) {
        try checkReadable(file)
        defer { ERR_clear_error() }
        guard let names = SSL_load_client_CA_file(file) else { throw .notAnAuthority(file: file) }
        SSL_CTX_set_client_CA_list(handle, names)  // which it owns from here on
        guard SSL_CTX_load_verify_locations(handle, file, nil) == 1 else { throw .notAnAuthority(file: file) }
        SSL_CTX_set_verify(handle, mode, nil)
        // Sessions that are resumed must come from a server that verifies clients as this one does.
        let context: StaticString = "lockstep"
        guard SSL_CTX_set_session_id_context(handle, context.utf8Start, UInt32(context.utf8CodeUnitCount)) == 1 else {
            throw .library(call: "SSL_CTX_set_session_id_context")
        }
    }

    private static func checkReadable(_ file: String) throws(TLSError) {
        if access(file, R_OK) != 0 { throw .unreadable(file: file, reason: String(cString: strerror(errno))) }
    }
}

/// Chooses `http/1.1` from what the client offers, and ends the handshake when it offers only other protocols, as
/// RFC 7301 section 3.2 asks.
private func selectProtocol(
    _: OpaquePointer?, _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ length: UnsafeMutablePointer<UInt8>?,
    _ offered: UnsafePointer<UInt8>?, _ offeredLength: UInt32, _: UnsafeMutableRawPointer?
) -> Int32 {
    let wanted: StaticString = "http/1.1"
    guard let offered else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    var start = 0
    while start < Int(offeredLength) {
        let count = Int(offered[start])
        start += 1
        guard start + count <= Int(offeredLength) else { break }
        if count == wanted.utf8CodeUnitCount, memcmp(offered + start, wanted.utf8Start, count) == 0 {
            chosen?.pointee = offered + start
            length?.pointee = UInt8(count)
            return SSL_TLSEXT_ERR_OK
        }
        start += count
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}
