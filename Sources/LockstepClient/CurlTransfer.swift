import CLockstepCurl
import LockstepRuntime

/// One request on its way, and what has come of its response.
///
/// `@unchecked Sendable`: made by the sender, then used by the loop's thread alone, which libcurl calls back on.
final class CurlTransfer: @unchecked Sendable {
    /// The most bytes of a response's head.
    static let maximumHeadSize = 64 * 1_024

    let request: OutgoingRequest
    let certificateAuthorities: String?
    let cancellation: CurlCancellation
    private(set) var handle: UnsafeMutableRawPointer?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let continuation: CheckedContinuation<OutgoingResponse, any Error>

    private var headers = HTTPFields()
    private var headSize = 0
    private var body: [UInt8] = []
    private var isTooLarge = false
    private var isForbidden = false

    init(
        _ request: OutgoingRequest, certificateAuthorities: String?, cancellation: CurlCancellation,
        continuation: CheckedContinuation<OutgoingResponse, any Error>
    ) {
        self.request = request
        self.certificateAuthorities = certificateAuthorities
        self.cancellation = cancellation
        self.continuation = continuation
    }

    // MARK: Handle

    /// A handle with the request in it; the transfer owns it until `close`. libcurl knows the transfer by an unretained pointer: the loop
    /// keeps it while the handle lives.
    func open() -> UnsafeMutableRawPointer? {
        guard let handle = curl_easy_init() else { return nil }
        self.handle = handle
        headerList = CurlRequest(request, certificateAuthorities: certificateAuthorities).apply(
            to: handle, user: Unmanaged.passUnretained(self).toOpaque())
        return headerList == nil ? nil : handle
    }

    func close() {
        if let handle { curl_easy_cleanup(handle) }
        if let headerList { curl_slist_free_all(headerList) }
        handle = nil
        headerList = nil
    }

    // MARK: What libcurl tells

    /// Decides about an address, and opens a socket for it.
    func openSocket(_ address: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        var bytes = [UInt8](repeating: 0, count: 16)
        let length = lockstep_curl_address(address, &bytes)
        guard let found = NetworkAddress(bytes.prefix(Int(length))),
            request.policy.allows(found, isSecure: request.url.isSecure)
        else {
            isForbidden = true
            return CURL_SOCKET_BAD
        }
        return lockstep_curl_open(address)
    }

    /// Takes a piece of content; false where it is too much.
    func receive(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard body.count + bytes.count <= request.maximumResponseSize else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// Takes a line of a head, its line break included; false where the head is too long. An interim response is followed by another.
    func receiveHeaderLine(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        headSize += bytes.count
        guard headSize <= Self.maximumHeadSize else {
            isTooLarge = true
            return false
        }
        if bytes.starts(with: "HTTP/".utf8) {
            headers = HTTPFields()
        } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
            let name = String(decoding: bytes[..<colon], as: UTF8.self)
            var value = bytes[(colon + 1)...]
            while let last = value.last, Self.isBlank(last) { value = value.dropLast() }
            // A name that is no token is left out.
            headers.append(name, bytes: value.drop(while: Self.isBlank))
        }
        return true
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }

    // MARK: Results

    /// Hands the response over, or why there is none.
    func complete(_ result: CURLcode) {
        guard result == CURLE_OK, let handle else { return fail(error(for: result)) }
        let status = lockstep_curl_status(handle)
        guard (200...599).contains(status) else {
            return fail(OutgoingError(.badResponse, "the answer is no response"))
        }
        continuation.resume(returning: OutgoingResponse(HTTPStatus(status), headers: headers, body: body))
    }

    func fail(_ error: OutgoingError) {
        continuation.resume(throwing: error)
    }

    func cancel() {
        continuation.resume(throwing: CancellationError())
    }

    private func error(for result: CURLcode) -> OutgoingError {
        if isTooLarge || result == CURLE_FILESIZE_EXCEEDED {
            return OutgoingError(.badResponse, "the response is too large")
        }
        if isForbidden, result == CURLE_COULDNT_CONNECT {
            return OutgoingError(.forbiddenURL, "the address is not allowed")
        }
        switch result {
        case CURLE_OPERATION_TIMEDOUT: return OutgoingError(.timeout, "no response in time")
        case CURLE_URL_MALFORMAT:
            return OutgoingError(.invalidURL, "the URL cannot be called")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT:
            return OutgoingError(.security, "no trusted connection could be made")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_PARTIAL_FILE, CURLE_BAD_CONTENT_ENCODING,
            CURLE_WRITE_ERROR:
            return OutgoingError(.badResponse, "the answer is no response")
        case CURLE_COULDNT_RESOLVE_HOST: return OutgoingError(.connection, "the name is not known")
        default: return OutgoingError(.connection, "the connection failed")
        }
    }
}
