public import Foundation
import Glibc

/// A program that is not ours, run to its end.
///
/// Not with Foundation's `Process`: it reads past the end of a heap buffer where this process has some hundreds of
/// descriptors open (Address Sanitizer shows it in `findMaximumOpenFromProcSelfFD`), and descriptors of one child leak into
/// another that starts at the same time.
public struct ChildProcess: Sendable {
    /// The exit code; 128 and the signal's number after a signal; 124 where the program took more than two minutes.
    public let status: Int32
    /// What it has written on its standard output.
    public let output: Data
    /// What it has written on its standard error.
    public let errors: String

    /// `output` as text.
    public var text: String { String(decoding: output, as: UTF8.self) }

    /// Runs the program with `input` on its standard input and waits for its end. Blocks its thread.
    ///
    /// - Parameter environment: what to set beside the environment of this process.
    public static func run(
        _ name: String, _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) throws -> ChildProcess {
        let streams = try (0..<3).map { _ in try TemporaryFile() }
        try streams[0].write(Data(input.utf8))
        let assignments = environment.map { "\($0.key)=\($0.value)" }
        let child = try start(["env"] + assignments + ["timeout", "120", name] + arguments, streams)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw Failure(call: "waitpid", code: errno) }
        }
        let signal = status & 0x7F
        return ChildProcess(
            status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: streams[1].contents(),
            errors: String(decoding: streams[2].contents(), as: UTF8.self))
    }

    /// A system call that failed.
    public struct Failure: Error {
        let call: String
        let code: Int32
    }

    /// Starts it with these standard streams and nothing else: every other descriptor of this process is closed on exec.
    private static func start(_ arguments: [String], _ streams: [TemporaryFile]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (number, file) in streams.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, file.descriptor, Int32(number))
        }
        // Tests of shutdown signals block some, and a child would inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { (text: String) in strdup(text) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, "/usr/bin/env", &actions, &attributes, &pointers, environ)
        guard code == 0 else { throw Failure(call: "posix_spawn", code: code) }
        return child
    }
}

/// A file without a name. In place of a pipe, which somebody would have to empty while the program runs.
private final class TemporaryFile {
    let descriptor: Int32

    init() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "lockstep-stream-\(UUID().uuidString)").path()
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ChildProcess.Failure(call: "open", code: errno) }
        unlink(path)
    }

    deinit { close(descriptor) }

    func write(_ data: Data) throws {
        try FileHandle(fileDescriptor: descriptor).write(contentsOf: data)
        lseek(descriptor, 0, SEEK_SET)
    }

    func contents() -> Data {
        lseek(descriptor, 0, SEEK_SET)
        return FileHandle(fileDescriptor: descriptor).readDataToEndOfFile()
    }
}
