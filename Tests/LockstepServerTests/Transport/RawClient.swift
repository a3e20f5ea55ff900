import CLockstepLinux
import Glibc
import LockstepEventLoop
import LockstepServer

/// A TCP client that sends exactly the bytes it is told to, on an event loop of its own. Every wait has a deadline, so that
/// a server that does not answer fails the test instead of hanging it.
///
/// Unchecked: used on its loop only, by at most one reader and one writer.
final class RawClient: @unchecked Sendable {
    enum Failure: Error, Equatable {
        case connect(Int32)
        case timeout
        case reset
        case ended
        case malformed
    }

    let loop: EventLoop
    let fd: Int32
    private var registration: Registration?
    private var reader: UnsafeContinuation<Void, Never>?
    private var writer: UnsafeContinuation<Void, Never>?
    private var received: [UInt8] = []
    private let patience: Duration

    private init(_ loop: EventLoop, _ fd: Int32, _ patience: Duration) throws {
        self.loop = loop
        self.fd = fd
        self.patience = patience
        registration = try loop.register(fd, []) { [weak self] events in self?.wake(events) }
    }

    /// Connects. A small `receiveBuffer` makes the server's writes stall early.
    static func connect(
        _ address: ServerAddress, on loop: EventLoop, receiveBuffer: Int32? = nil, patience: Duration = .seconds(60)
    ) async throws -> RawClient {
        let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard fd >= 0 else { throw Failure.connect(errno) }
        if var size = receiveBuffer {
            setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = in_port_t(UInt16(address.port).bigEndian)
        target.sin_addr.s_addr = inet_addr(address.host)
        let code = withUnsafePointer(to: &target) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 || errno == EINPROGRESS else {
            let error = errno
            Glibc.close(fd)
            throw Failure.connect(error)
        }
        let client = try RawClient(loop, fd, patience)
        if code != 0 { try await client.waitToWrite() }
        var problem: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(fd, SOL_SOCKET, SO_ERROR, &problem, &length)
        if problem != 0 {
            client.close()
            throw Failure.connect(problem)
        }
        return client
    }

    private func wake(_ events: IOEvents) {
        let isOver = !events.isDisjoint(with: [.hangup, .error])
        if isOver || events.contains(.readable) { wakeReader() }
        if isOver || events.contains(.writable) { wakeWriter() }
        watch()
    }

    private func wakeReader() {
        reader?.resume()
        reader = nil
    }

    private func wakeWriter() {
        writer?.resume()
        writer = nil
    }

    private func watch() {
        var interest: IOEvents = []
        if reader != nil { interest.insert(.readable) }
        if writer != nil { interest.insert(.writable) }
        try? registration?.modify(interest)
    }

    private func waitToRead() async throws {
        var isLate = false
        let timer = loop.schedule(after: patience) { [unowned self] in
            isLate = true
            self.wakeReader()
        }
        await withUnsafeContinuation {
            reader = $0
            watch()
        }
        timer.cancel()
        if isLate { throw Failure.timeout }
    }

    private func waitToWrite() async throws {
        var isLate = false
        let timer = loop.schedule(after: patience) { [unowned self] in
            isLate = true
            self.wakeWriter()
        }
        await withUnsafeContinuation {
            writer = $0
            watch()
        }
        timer.cancel()
        if isLate { throw Failure.timeout }
    }

    // MARK: Sending

    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) async throws {
        var sent = 0
        while sent < bytes.count {
            let count = trySend(bytes[sent...])
            guard count >= 0 else { throw Failure.reset }
            if count > 0 { sent += count } else { try await waitToWrite() }
        }
    }

    /// Sends what the socket takes at once; 0 when it is full, -1 when the connection is gone.
    func trySend(_ bytes: ArraySlice<UInt8>) -> Int {
        let count = bytes.withUnsafeBytes { Glibc.send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        return count < 0 ? (errno == EAGAIN ? 0 : -1) : count
    }

    /// Shuts the sending side down.
    func endSending() {
        shutdown(fd, Int32(SHUT_WR))
    }

    // MARK: Receiving

    /// More bytes, or none at the end of the connection.
    func receive() async throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = recv(fd, &buffer, buffer.count, 0)
            if count >= 0 { return Array(buffer[..<count]) }
            guard errno == EAGAIN else { throw Failure.reset }
            try await waitToRead()
        }
    }

    func receiveToEnd() async throws -> [UInt8] {
        var all = received
        received = []
        while true {
            let more = try await receive()
            if more.isEmpty { return all }
            all += more
        }
    }

    /// One response; content after the head by `Content-Length` or in chunks.
    func response(toHead: Bool = false) async throws -> RawResponse {
        while true {
            if let (response, used) = try RawResponse.parse(received, toHead: toHead) {
                received.removeFirst(used)
                return response
            }
            let more = try await receive()
            if more.isEmpty { throw Failure.ended }
            received += more
        }
    }

    func get(_ path: String) async throws -> RawResponse {
        try await send("GET \(path) HTTP/1.1\r\nHost: test\r\n\r\n")
        return try await response()
    }

    // MARK: The end

    func close() {
        guard registration != nil else { return }
        registration?.deregister()
        registration = nil
        Glibc.close(fd)
    }

    deinit {
        // A test that failed has not closed it; the handler is weak.
        if registration != nil { Glibc.close(fd) }
    }

    /// Closes with a reset instead of an orderly end.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }
}

/// What a client reads of a response.
struct RawResponse: Sendable, Equatable {
    var status: Int
    var headers: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// A response at the start of `bytes` and the number of bytes that it takes; nil when it is not complete.
    static func parse(_ bytes: [UInt8], toHead: Bool) throws -> (RawResponse, Int)? {
        guard let headEnd = find([13, 10, 13, 10], in: bytes, from: 0) else { return nil }
        let lines = String(decoding: bytes[..<headEnd], as: UTF8.self).split(separator: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw RawClient.Failure.malformed
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { throw RawClient.Failure.malformed }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        var response = RawResponse(status: status, headers: headers, body: [])
        let start = headEnd + 4
        if toHead || status < 200 || status == 204 || status == 304 { return (response, start) }
        if headers["transfer-encoding"] == "chunked" {
            guard let (body, end) = try chunks(bytes, start) else { return nil }
            response.body = body
            return (response, end)
        }
        guard let length = headers["content-length"].flatMap({ Int($0) }) else { throw RawClient.Failure.malformed }
        guard bytes.count >= start + length else { return nil }
        response.body = Array(bytes[start..<start + length])
        return (response, start + length)
    }

    private static func chunks(_ bytes: [UInt8], _ start: Int) throws -> ([UInt8], Int)? {
        var body: [UInt8] = []
        var position = start
        while true {
            guard let lineEnd = find([13, 10], in: bytes, from: position) else { return nil }
            guard let size = Int(String(decoding: bytes[position..<lineEnd], as: UTF8.self), radix: 16) else {
                throw RawClient.Failure.malformed
            }
            let content = lineEnd + 2
            guard bytes.count >= content + size + 2 else { return nil }
            if size == 0 { return (body, content + 2) }
            body += bytes[content..<content + size]
            position = content + size + 2
        }
    }

    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var position = start
            while bytes.count - position >= pattern.count {
                guard let first = memchr(base + position, Int32(pattern[0]), bytes.count - position) else { return nil }
                position = UnsafeRawPointer(first) - base
                guard bytes.count - position >= pattern.count else { return nil }
                if memcmp(base + position, pattern, pattern.count) == 0 { return position }
                position += 1
            }
            return nil
        }
    }
}
