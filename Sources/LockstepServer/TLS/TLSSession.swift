internal import CLockstepOpenSSL

/// The TLS side of one connection, on memory buffers: the connection does all reading and writing of the socket, so that
/// back-pressure, deadlines and the number of system calls stay its own business. Owns the `SSL`, which owns both buffers.
final class TLSSession {
    enum HandshakeOutcome {
        case inProgress
        case complete
        case failed
    }

    enum ReadOutcome {
        case bytes(Int)
        case needsMore
        /// The peer has said that nothing more comes.
        case ended
        case failed
    }

    /// Ciphertext above which no more is encrypted until the socket has taken it.
    private static let ciphertextHighWatermark = 64 * 1024
    /// What one record holds.
    private static let recordBytes = 16 * 1024

    let handle: OpaquePointer
    private let input: OpaquePointer
    private let ciphertextOut: OpaquePointer
    private var hasBegunClose = false
    private var hasFailed = false

    /// Nil when memory is short.
    init?(_ context: TLSContext) {
        guard let handle = SSL_new(context.handle) else { return nil }
        guard let input = BIO_new(BIO_s_mem()) else {
            SSL_free(handle)
            return nil
        }
        guard let output = BIO_new(BIO_s_mem()) else {
            BIO_free(input)
            SSL_free(handle)
            return nil
        }
        SSL_set_bio(handle, input, output)  // from here on they are the handle's
        SSL_set_accept_state(handle)
        self.handle = handle
        self.input = input
        ciphertextOut = output
    }

    deinit {
        SSL_free(handle)
    }

    /// Whether something waits for the socket that ``encrypt(_:into:)`` has not fetched.
    var hasOutput: Bool { BIO_ctrl_pending(ciphertextOut) > 0 }

    /// Takes bytes from the socket.
    func receive(_ bytes: UnsafeRawBufferPointer) {
        // A memory buffer takes all, or memory is short; then the next read fails.
        if BIO_write(input, bytes.baseAddress, Int32(bytes.count)) != Int32(bytes.count) { hasFailed = true }
    }

    func handshake() -> HandshakeOutcome {
        ERR_clear_error()
        let code = SSL_do_handshake(handle)
        if code == 1 { return .complete }
        return waits(code) ? .inProgress : .failed
    }

    /// Decrypts into `buffer`.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
        if hasFailed { return .failed }
        ERR_clear_error()
        let count = SSL_read(handle, buffer.baseAddress, Int32(buffer.count))
        if count > 0 { return .bytes(Int(count)) }
        if waits(count) { return .needsMore }
        if SSL_get_error(handle, count) == SSL_ERROR_ZERO_RETURN { return .ended }
        hasFailed = true
        return .failed
    }

    /// Encrypts from `plaintext`, and moves what is ready for the socket to `ciphertext`, up to a bound.
    func encrypt(_ plaintext: inout OutputQueue, into ciphertext: inout OutputQueue) {
        while !plaintext.isEmpty, ciphertext.byteCount < TLSSession.ciphertextHighWatermark {
            var failed = false
            plaintext.consumeFront { bytes in
                ERR_clear_error()
                let count = SSL_write(handle, bytes.baseAddress, Int32(min(bytes.count, TLSSession.recordBytes)))
                if count <= 0 { failed = true }
                return max(0, Int(count))
            }
            fetch(into: &ciphertext)
            if failed { break }
        }
        fetch(into: &ciphertext)
    }

    /// Says that nothing more comes; true the first time, when there is something to send.
    func beginClose() -> Bool {
        guard !hasBegunClose, !hasFailed, SSL_is_init_finished(handle) == 1 else { return false }
        hasBegunClose = true
        ERR_clear_error()
        SSL_shutdown(handle)
        return hasOutput
    }

    private func fetch(into ciphertext: inout OutputQueue) {
        var start: UnsafeMutablePointer<CChar>?
        let count = lockstep_bio_contents(ciphertextOut, &start)
        guard count > 0 else { return }
        ciphertext.tail.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
        lockstep_bio_reset(ciphertextOut)
    }

    private func waits(_ code: Int32) -> Bool {
        let error = SSL_get_error(handle, code)
        return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE
    }
}
