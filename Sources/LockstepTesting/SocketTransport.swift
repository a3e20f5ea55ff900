import Glibc
import LockstepRuntime

/// Sends each request on a connection of its own, with blocking calls on a thread of their own, so that it needs
/// nothing of the server under test.
struct SocketTransport: TestTransport {
    let host: String
    let port: UInt16

    func send(_ request: TestRequest) async throws -> TestResponse {
        let bytes = encoded(request)
        let isHead = request.method == .head
        let (host, port) = (host, port)
        let received = try await BlockingThread.run {
            let connection = try BlockingConnection(host: host, port: port)
            try connection.send(bytes)
            return try connection.receiveAll()
        }
        return try ResponseReader.read(received, isHead: isHead)
    }

    private func encoded(_ request: TestRequest) -> [UInt8] {
        var bytes = Array("\(request.method) \(request.target) HTTP/1.1\r\n".utf8)
        var headers = request.headers
        if !headers.contains("Host") { headers.append("Host", "\(host):\(port)") }
        headers.append("Connection", "close")
        if let body = request.body { headers.append("Content-Length", "\(body.count)") }
        headers.appendWireFormat(to: &bytes)
        bytes.append(contentsOf: [0x0D, 0x0A])
        bytes.append(contentsOf: request.body ?? [])
        return bytes
    }
}

/// A connected socket with blocking calls. It gives up after ten seconds of silence.
final class BlockingConnection {
    private let descriptor: CInt

    init(host: String, port: UInt16) throws(SocketError) {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw SocketError(operation: "socket", errno: errno) }
        var timeout = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else {
            throw SocketError(operation: "inet_pton", errno: EINVAL)
        }
        // The C call takes the address of any family through its common prefix.
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw SocketError(operation: "connect", errno: errno) }
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) throws(SocketError) {
        var sent = 0
        while sent < bytes.count {
            // The buffer is only lent for the call.
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw SocketError(operation: "send", errno: errno) }
            sent += count
        }
    }

    func receiveAll() throws(SocketError) -> [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16384)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count == 0 { return all }
            guard count > 0 else {
                // A server that closes with unread input resets the connection after its answer.
                if errno == ECONNRESET, !all.isEmpty { return all }
                throw SocketError(operation: "recv", errno: errno)
            }
            all.append(contentsOf: chunk[..<count])
        }
    }
}

/// A socket call that failed.
struct SocketError: Error, CustomStringConvertible {
    let operation: String
    let errno: CInt

    var description: String { "\(operation) failed: \(String(cString: strerror(errno)))" }
}
