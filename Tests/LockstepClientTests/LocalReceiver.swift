import Foundation
import Glibc
import Synchronization

/// A server on this machine that answers each connection with what a script writes, byte by byte.
final class LocalReceiver: Sendable {
    /// One accepted connection.
    struct Connection {
        fileprivate let descriptor: Int32

        /// Reads a head, and the content that its `Content-Length` announces.
        func readRequest() -> String {
            var bytes: [UInt8] = []
            while true {
                let text = String(decoding: bytes, as: UTF8.self)
                if let end = text.range(of: "\r\n\r\n") {
                    let length = text.matches(of: /Content-Length: (\d+)/).first.flatMap { Int($0.1) } ?? 0
                    if text[end.upperBound...].utf8.count >= length { return text }
                }
                guard let more = read() else { return text }
                bytes += more
            }
        }

        /// What came, or nil at the end.
        func read() -> [UInt8]? {
            var chunk = [UInt8](repeating: 0, count: 16_384)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            return count > 0 ? Array(chunk[..<count]) : nil
        }

        /// Writes everything; false where the other side has gone.
        @discardableResult
        func write(_ text: String) -> Bool { write(Array(text.utf8)) }

        func write(_ bytes: [UInt8]) -> Bool {
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }

        /// Waits until the other side has gone.
        func waitForEnd() { while read() != nil {} }
    }

    let port: UInt16
    private let listener: Int32
    private let accepted = Mutex(0)

    /// How many connections were accepted.
    var connections: Int { accepted.withLock { $0 } }

    init(_ script: @escaping @Sendable (Connection) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound, listen(listener, 128) == 0 else { throw Failure() }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [weak self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                self?.accepted.withLock { $0 += 1 }
                Thread.detachNewThread {
                    script(Connection(descriptor: descriptor))
                    close(descriptor)
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    struct Failure: Error {}
}
