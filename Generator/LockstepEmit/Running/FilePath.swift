import Glibc

/// Paths as text: joining, and removing `.` and `..` without looking at the disk.
public enum FilePath {
    /// The path without `.`, and without `..` where a name stands before it.
    public static func normalised(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        let joined = parts.joined(separator: "/")
        return path.hasPrefix("/") ? "/" + joined : joined.isEmpty ? "." : joined
    }

    /// `path` seen from `folder`; an absolute path stays.
    public static func join(_ folder: String, _ path: String) -> String {
        path.hasPrefix("/") ? normalised(path) : normalised("\(folder)/\(path)")
    }

    /// The folder of a file.
    public static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The bytes of a file; none where it cannot be read.
    public static func size(of path: String) -> Int {
        var information = stat()
        return stat(path, &information) == 0 ? Int(information.st_size) : 0
    }

    /// The last part.
    public static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
