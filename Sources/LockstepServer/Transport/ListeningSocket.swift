internal import CLockstepLinux
internal import Glibc
internal import LockstepEventLoop

/// A bound, listening, non-blocking TCP socket, closed when the last reference goes.
///
/// All loops accept from this one socket (`EPOLLEXCLUSIVE` wakes one of them). A socket for each loop (`SO_REUSEPORT`) was
/// measured with two: the kernel deals connections out by hash, so of 64 the busier loop got 35 (median), 39 (95 %) or 46
/// (worst of 200), and closing one of the two reset the 41 connections in its backlog, which a graceful shutdown must not do.
final class ListeningSocket: Sendable {
    /// Bytes that the kernel takes of a connection's output beyond what it has sent.
    private static let unsentBytes: Int32 = 128 * 1024

    let descriptor: Int32
    let address: ServerAddress

    init(host: String, port: Int, backlog: Int32) throws(ServerError) {
        guard (0...65_535).contains(port) else { throw .invalidAddress(host: host, port: port, reason: "no such port") }
        let candidates = try ListeningSocket.resolve(host, port)
        defer { freeaddrinfo(candidates) }
        guard let address = candidates?.pointee else {
            throw .invalidAddress(host: host, port: port, reason: "it resolves to nothing")
        }
        let fd = socket(
            address.ai_family, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard fd >= 0 else { throw .cannotListen(host: host, port: port, cause: .last("socket")) }
        do throws(ServerError) {
            self.address = try ListeningSocket.listen(fd, address, host: host, port: port, backlog: backlog)
        } catch {
            close(fd)
            throw error
        }
        descriptor = fd
    }

    deinit {
        close(descriptor)
    }

    private static func resolve(
        _ host: String, _ port: Int
    ) throws(ServerError) -> UnsafeMutablePointer<addrinfo>? {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host.isEmpty || host == "*" ? nil : host, String(port), &hints, &found)
        guard code == 0 else {
            throw .invalidAddress(host: host, port: port, reason: String(cString: gai_strerror(code)))
        }
        return found
    }

    private static func listen(
        _ fd: Int32, _ address: addrinfo, host: String, port: Int, backlog: Int32
    ) throws(ServerError) -> ServerAddress {
        var on: Int32 = 1
        // Without it a restarted server could not bind while old connections are in TIME_WAIT.
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        // Accepted sockets inherit these two on Linux, which saves system calls for each connection.
        setsockopt(fd, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        // Without it the kernel queues up to 4 MB for a client that reads nothing, little by little, which looks like
        // progress to the write deadline. What is in flight still adapts to the path.
        var unsent = ListeningSocket.unsentBytes
        setsockopt(fd, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, &unsent, socklen_t(MemoryLayout<Int32>.size))
        guard bind(fd, address.ai_addr, address.ai_addrlen) == 0 else {
            if errno == EADDRINUSE { throw .portInUse(host: host, port: port) }
            if errno == EACCES { throw .portNotPermitted(host: host, port: port) }
            throw .cannotListen(host: host, port: port, cause: .last("bind"))
        }
        guard Glibc.listen(fd, backlog) == 0 else {
            if errno == EADDRINUSE { throw .portInUse(host: host, port: port) }
            throw .cannotListen(host: host, port: port, cause: .last("listen"))
        }
        var bound = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let code = withUnsafeMutablePointer(to: &bound) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(fd, $0, &length) }
        }
        guard code == 0, let local = ServerAddress(bound) else {
            throw .cannotListen(host: host, port: port, cause: .last("getsockname"))
        }
        return local
    }
}
