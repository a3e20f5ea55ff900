import Foundation
import Glibc
import Synchronization

/// A private PostgreSQL cluster on a Unix socket in a temporary directory, without durability.
///
/// A shell stands between: it stops the server and removes the directory when the test process ends in whatever way,
/// because its standard input then closes.
public final class TestCluster: Sendable {
    /// The folder of the server's programs; nil where none is installed.
    public static let binaries: String? = [
        "/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/17/bin",
    ]
    .first { FileManager.default.isExecutableFile(atPath: "\($0)/postgres") }

    /// The cluster's own folder; the data is in `data` under it.
    public let directory: String
    /// The port, also of the Unix socket.
    public let port: Int
    /// The writing end of the supervising shell's input.
    private let supervisor: Mutex<Int32>

    /// `postgresql://` for a database of the cluster, over the Unix socket.
    public func url(database: String = "postgres") -> String {
        "postgresql://postgres@/\(database)?host=\(directory)&port=\(port)"
    }

    /// A cluster that listens on its Unix socket only.
    public convenience init() throws {
        try self.init(port: 5432, options: ["listen_addresses="]) { _ in }
    }

    /// A cluster with server settings of its own. `prepare` is called with the data folder before the server starts; what it
    /// puts there is given to the server's user.
    public init(port: Int, options: [String], prepare: (String) throws -> Void) throws {
        self.port = port
        guard let binaries = TestCluster.binaries else { throw ClusterError("no PostgreSQL server binaries") }
        var template = Array("/tmp/lockstep-pg-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ClusterError("mkdtemp failed") }
        directory = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let runAs = geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups --" : ""
        if geteuid() == 0 { try TestCluster.run("chown postgres: \(directory)") }
        try TestCluster.run(
            "cd \(directory) && \(runAs) \(binaries)/initdb -D \(directory)/data -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync"
        )
        try prepare("\(directory)/data")
        if geteuid() == 0 { try TestCluster.run("chown -R postgres: \(directory)/data") }
        // A named pipe, because a descriptor of it can be opened closed-on-exec at once: no other child keeps it open.
        guard mkfifo("\(directory)/input", 0o600) == 0, case let input = open("\(directory)/input", O_RDWR | O_CLOEXEC),
            input >= 0
        else { throw ClusterError("mkfifo failed") }
        supervisor = Mutex(input)
        _ = try TestCluster.spawn(
            "exec < \(directory)/input; "
                + TestCluster.script(directory, runAs, binaries, ["port=\(port)"] + options))
        try waitUntilReady(binaries)
    }

    /// Restarts the server on every line it reads; stops it and tidies up at the end of its input. With `pg_ctl`, because the
    /// shell's own `wait` would hang: it inherits a signal mask that blocks SIGCHLD.
    private static func script(
        _ directory: String, _ runAs: String, _ binaries: String, _ settings: [String]
    ) -> String {
        let options = (settings + standardSettings(directory)).map { "-c \($0)" }.joined(separator: " ")
        return """
            cd \(directory)
            control() {
                \(runAs) \(binaries)/pg_ctl -D \(directory)/data -l \(directory)/data/log -w -m fast -o "\(options)" $1
            }
            control start
            while read line; do control $line; done
            control stop
            rm -rf \(directory)
            """
    }

    private static func standardSettings(_ directory: String) -> [String] {
        [
            "unix_socket_directories=\(directory)", "fsync=off", "full_page_writes=off", "synchronous_commit=off",
            "max_connections=300", "shared_buffers=64MB",
        ]
    }

    private func waitUntilReady(_ binaries: String) throws {
        // Up to a minute: the machine may be busy. `pg_isready` is the server's own answer, so nothing is guessed.
        try TestCluster.run(
            "for i in $(seq 600); do \(binaries)/pg_isready -q -h \(directory) -p \(port) && exit 0; sleep 0.1; done; exit 1"
        )
    }

    /// Stops the server with a fast shutdown and starts it again; returns when it answers.
    public func restart() throws {
        let before = try String(contentsOfFile: "\(directory)/data/postmaster.pid", encoding: .utf8)
        supervisor.withLock { _ = write($0, "restart\n", 8) }
        try TestCluster.run(
            """
            for i in $(seq 1200); do
                now=$(head -1 \(directory)/data/postmaster.pid 2>/dev/null)
                [ -n "$now" ] && [ "$now" != "\(before.split(separator: "\n")[0])" ] && exit 0
                sleep 0.05
            done; exit 1
            """)
        if let binaries = TestCluster.binaries { try waitUntilReady(binaries) }
    }

    /// Stops the server and removes its directory.
    public func stop() {
        supervisor.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    /// Runs a statement as the superuser. Blocks.
    func psql(_ statement: String) throws {
        guard let binaries = TestCluster.binaries else { throw ClusterError("no PostgreSQL server binaries") }
        let text = statement.replacing("'", with: "'\\''")
        try TestCluster.run("\(binaries)/psql -X -q -v ON_ERROR_STOP=1 -d '\(url())' -c '\(text)'")
    }

    /// Runs a shell command to its end. Blocks.
    private static func run(_ command: String) throws {
        let pid = try spawn(command)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        guard status == 0 else { throw ClusterError("failed: \(command.prefix(200))") }
    }

    /// Starts a shell with nothing but its standard streams. Not with Foundation's `Process`: descriptors of one child leak into
    /// another that starts at the same time, and then neither sees the end of its input.
    private static func spawn(_ command: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var pid: pid_t = 0
        let arguments: [UnsafeMutablePointer<CChar>?] =
            ["/bin/sh", "-c", command].map { (text: String) in strdup(text) } + [nil]
        defer { for argument in arguments { free(argument) } }
        guard posix_spawn(&pid, "/bin/sh", &actions, nil, arguments, environ) == 0 else {
            throw ClusterError("the shell did not start")
        }
        return pid
    }
}

/// What went wrong with a cluster, or with a test's waiting for something.
public struct ClusterError: Error, CustomStringConvertible {
    /// One sentence.
    public let description: String

    /// An error that says this.
    public init(_ description: String) { self.description = description }
}
