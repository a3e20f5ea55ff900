import CLockstepCurl
import LockstepRuntime

/// Puts a request into a handle of libcurl: every option that decides where it goes and what may come back is set here.
struct CurlRequest {
    private let request: OutgoingRequest
    private let certificateAuthorities: String?

    init(_ request: OutgoingRequest, certificateAuthorities: String?) {
        self.request = request
        self.certificateAuthorities = certificateAuthorities
    }

    /// Sets everything, and gives the list of headers, which must live as long as the handle; nil where an option was refused.
    ///
    /// - Parameter user: the `CurlTransfer` that libcurl's calls are for.
    func apply(to handle: UnsafeMutableRawPointer, user: UnsafeMutableRawPointer) -> UnsafeMutablePointer<curl_slist>? {
        guard let headers = headerList() else { return nil }
        var results = destination(handle) + limits(handle) + content(handle) + calls(handle, user)
        results.append(lockstep_curl_headers(handle, headers))
        guard results.allSatisfy({ $0 == CURLE_OK }) else {
            curl_slist_free_all(headers)
            return nil
        }
        return headers
    }

    private func destination(_ handle: UnsafeMutableRawPointer) -> [CURLcode] {
        var results = [
            lockstep_curl_text(handle, CURLOPT_URL, request.url.text),
            lockstep_curl_text(handle, CURLOPT_PROTOCOLS_STR, request.url.isSecure ? "https" : "http"),
            lockstep_curl_long(handle, CURLOPT_FOLLOWLOCATION, 0),
            lockstep_curl_long(handle, CURLOPT_DISALLOW_USERNAME_IN_URL, 1),
            // The path goes out as the document and the receiver have it.
            lockstep_curl_long(handle, CURLOPT_PATH_AS_IS, 1),
            // A proxy would connect in our place, and to whatever it likes.
            lockstep_curl_text(handle, CURLOPT_PROXY, ""),
            lockstep_curl_long(handle, CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue)),
            // A connection that another request made was judged by the policy of that one.
            lockstep_curl_long(handle, CURLOPT_FRESH_CONNECT, 1),
            lockstep_curl_long(handle, CURLOPT_FORBID_REUSE, 1),
            lockstep_curl_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            lockstep_curl_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            lockstep_curl_long(handle, CURLOPT_SSL_VERIFYPEER, 1),
            lockstep_curl_long(handle, CURLOPT_SSL_VERIFYHOST, 2),
        ]
        if let certificateAuthorities {
            results.append(lockstep_curl_text(handle, CURLOPT_CAINFO, certificateAuthorities))
        }
        return results
    }

    private func limits(_ handle: UnsafeMutableRawPointer) -> [CURLcode] {
        // Zero would mean no limit, and a day is one.
        let milliseconds = Int(max(1, min(86_400_000, request.timeout / .milliseconds(1))))
        return [
            lockstep_curl_long(handle, CURLOPT_TIMEOUT_MS, milliseconds),
            lockstep_curl_long(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds),
            lockstep_curl_size(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(max(1, request.maximumResponseSize))),
            // Signals are not for libraries.
            lockstep_curl_long(handle, CURLOPT_NOSIGNAL, 1),
        ]
    }

    private func content(_ handle: UnsafeMutableRawPointer) -> [CURLcode] {
        let method = request.method.rawValue
        if request.method == .head { return [lockstep_curl_long(handle, CURLOPT_NOBODY, 1)] }
        guard let body = request.body ?? (Self.hasContent.contains(method) ? [] : nil) else {
            return [
                lockstep_curl_long(handle, CURLOPT_HTTPGET, 1),
                lockstep_curl_text(handle, CURLOPT_CUSTOMREQUEST, method),
            ]
        }
        // The size comes first: the bytes are copied, and may hold zeros. Never from no address, which would mean no content at all.
        let size = lockstep_curl_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        var bytes = body + [0]
        let copy = bytes.withUnsafeMutableBytes {
            lockstep_curl_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress)
        }
        return [size, copy, lockstep_curl_text(handle, CURLOPT_CUSTOMREQUEST, method)]
    }

    /// Methods whose requests say that their content is empty (RFC 9110 §8.6).
    private static let hasContent: Set<String> = ["POST", "PUT", "PATCH"]

    private func calls(_ handle: UnsafeMutableRawPointer, _ user: UnsafeMutableRawPointer) -> [CURLcode] {
        [
            lockstep_curl_on_open(handle, CurlCallbacks.openSocket),
            lockstep_curl_pointer(handle, CURLOPT_OPENSOCKETDATA, user),
            lockstep_curl_on_write(handle, CURLOPT_WRITEFUNCTION, CurlCallbacks.content),
            lockstep_curl_pointer(handle, CURLOPT_WRITEDATA, user),
            lockstep_curl_on_write(handle, CURLOPT_HEADERFUNCTION, CurlCallbacks.header),
            lockstep_curl_pointer(handle, CURLOPT_HEADERDATA, user),
        ]
    }

    /// The fields of the request; those that libcurl would add by itself are taken away.
    private func headerList() -> UnsafeMutablePointer<curl_slist>? {
        var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        lines.append("Expect:")
        if !request.headers.contains("Content-Type") { lines.append("Content-Type:") }
        if !request.headers.contains("User-Agent") { lines.append("User-Agent: lockstep") }
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                curl_slist_free_all(list)
                return nil
            }
            list = longer
        }
        return list
    }
}

/// What libcurl calls, on the loop's thread, while the loop keeps the transfer that `user` points to.
enum CurlCallbacks {
    static let openSocket: lockstep_curl_opener = { user, _, address in
        guard let user, let address else { return CURL_SOCKET_BAD }
        return Unmanaged<CurlTransfer>.fromOpaque(user).takeUnretainedValue().openSocket(address)
    }

    static let content: lockstep_curl_writer = { bytes, _, count, user in
        take(bytes, count, user) { $0.receive($1) }
    }

    static let header: lockstep_curl_writer = { bytes, _, count, user in
        take(bytes, count, user) { $0.receiveHeaderLine($1) }
    }

    /// The number of bytes that were taken: another than were given ends the transfer.
    private static func take(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ user: UnsafeMutableRawPointer?,
        _ receive: (CurlTransfer, UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Int {
        guard count > 0 else { return 0 }
        guard let bytes, let user else { return 0 }
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(user).takeUnretainedValue()
        // The bytes are only lent for the call.
        let isTaken = UnsafeRawPointer(bytes).withMemoryRebound(to: UInt8.self, capacity: count) {
            receive(transfer, UnsafeBufferPointer(start: $0, count: count))
        }
        return isTaken ? count : 0
    }
}
