import Foundation
import Glibc

/// An nginx that answers 200 to whatever it accepts, on a socket in a temporary folder; nil where nginx is not installed.
final class NginxReference {
    private var process: pid_t = 0
    private let folder: String
    private var socketPath: String { folder + "/socket" }

    init?() throws {
        let candidates: [String] = ["/usr/sbin/nginx", "/usr/bin/nginx"]
        guard let binary = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            print("SKIPPED: nginx is not installed")
            return nil
        }
        folder = "\(FileManager.default.temporaryDirectory.path)/lockstep-nginx-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
        let configuration = """
            daemon off; master_process off; pid \(folder)/pid; error_log \(folder)/error.log crit;
            events { worker_connections 64; }
            http { access_log off; lingering_close off; \(temporary)
            server { listen unix:\(folder)/socket; location / { return 200 "ok"; } } }
            """
        try configuration.write(toFile: folder + "/nginx.conf", atomically: true, encoding: .utf8)
        process = try Self.start(binary, ["nginx", "-p", folder, "-c", folder + "/nginx.conf"])
        // Another process, which cannot say that it listens: connecting is the only question to ask. A minute at most.
        for _ in 0..<6000 {
            if let socket = connect() {
                close(socket)
                return
            }
            poll(nil, 0, 10)
        }
        stop()
        return nil
    }

    private static func start(_ binary: String, _ arguments: [String]) throws -> pid_t {
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var process: pid_t = 0
        guard posix_spawn(&process, binary, nil, nil, &pointers, environ) == 0 else { throw StartError() }
        return process
    }

    struct StartError: Error {}

    func stop() {
        // Not SIGTERM: the test process may have blocked it, and its child inherits that.
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The statuses of the answers to `input`, after which the client sends no more.
    func statuses(for input: [UInt8]) -> [Int]? {
        guard let socket = connect() else { return nil }
        defer { close(socket) }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var start = 0
        while start < input.count {
            let count = input.withUnsafeBytes {
                send(socket, $0.baseAddress! + start, $0.count - start, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            start += count
        }
        shutdown(socket, Int32(SHUT_WR))
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            output += buffer[..<count]
        }
        let text = String(decoding: output, as: UTF8.self)
        return text.split(separator: "HTTP/1.1 ", omittingEmptySubsequences: false).dropFirst()
            .compactMap { Int($0.prefix(3)) }
    }

    private func connect() -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(socketPath.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, size) }
        }
        guard result == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
