internal import Glibc

/// Small files on this machine: secrets, keys and the `.env` file. Used at start-up only.
public enum LocalFile {
    /// Why a file could not be used. Says the system's reason, never the content.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        /// The system's number for it.
        public let errno: Int32

        /// A fault with the system's number.
        public init(errno: Int32) { self.errno = errno }

        /// Whether there is no such file.
        public var isMissing: Bool { errno == ENOENT }

        /// Whether the file is there already.
        public var exists: Bool { errno == EEXIST }

        public var description: String { String(cString: strerror(errno)) }
    }

    /// The whole file, at most `limit` bytes.
    public static func read(_ path: String, limit: Int = 1 << 20) throws(Fault) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Fault(errno: errno) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw Fault(errno: errno)
            }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { throw Fault(errno: EFBIG) }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// The permission bits of `path`.
    public static func permissions(_ path: String) throws(Fault) -> UInt32 {
        var status = stat()
        guard stat(path, &status) == 0 else { throw Fault(errno: errno) }
        return UInt32(status.st_mode) & 0o777
    }

    /// A new file that only its owner may read; refuses to replace one. Missing folders are made, private too. Other
    /// processes see the whole file or none.
    public static func createPrivate(_ path: String, _ bytes: [UInt8]) throws(Fault) {
        try makeFolders(for: path)
        let draft = path + ".\(getpid())"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Fault(errno: errno) }
        defer {
            close(file)
            unlink(draft)
        }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw Fault(errno: errno)
            }
            written += count
        }
        guard fsync(file) == 0, link(draft, path) == 0 else { throw Fault(errno: errno) }
    }

    private static func makeFolders(for path: String) throws(Fault) {
        var folder = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/").dropLast() {
            folder += "/" + part
            if mkdir(folder, 0o700) != 0, errno != EEXIST { throw Fault(errno: errno) }
        }
    }
}
