internal import Glibc

/// Reads a directory of `0001_name.sql` and, where a migration can be undone, `0001_name.down.sql`.
enum MigrationFiles {
    static func read(_ directory: String) throws(MigrationError) -> [Migration] {
        var texts: [String: String] = [:]
        for file in try list(directory) where file.hasSuffix(".sql") {
            texts[file] = try contents("\(directory)/\(file)")
        }
        var migrations: [Migration] = []
        for file in texts.keys.sorted() where !file.hasSuffix(".down.sql") {
            let stem = file.dropLast(4)
            let parts = stem.split(separator: "_", maxSplits: 1)
            guard parts.count == 2, let version = Int64(parts[0]), version > 0, let text = texts[file] else {
                throw MigrationError(
                    .invalidFiles, "\(directory)/\(file): a migration is called NUMBER_NAME.sql, such as 0001_users.sql"
                )
            }
            migrations.append(
                Migration(
                    version: version, name: String(parts[1]), text: text, undoText: texts["\(stem).down.sql"],
                    file: "\(directory)/\(file)"))
        }
        for file in texts.keys where file.hasSuffix(".down.sql") && texts["\(file.dropLast(9)).sql"] == nil {
            throw MigrationError(.invalidFiles, "\(directory)/\(file): there is no migration that this would undo")
        }
        return migrations
    }

    private static func list(_ directory: String) throws(MigrationError) -> [String] {
        guard let handle = opendir(directory) else {
            throw MigrationError(.invalidFiles, "\(directory): the directory of migrations cannot be read")
        }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            names.append(name)
        }
        return names
    }

    private static func contents(_ path: String) throws(MigrationError) -> String {
        guard let file = fopen(path, "r") else {
            throw MigrationError(.invalidFiles, "\(path): the file cannot be read")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        var count = fread(&buffer, 1, buffer.count, file)
        while count > 0 {
            bytes += buffer[..<count]
            count = fread(&buffer, 1, buffer.count, file)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MigrationError(.invalidFiles, "\(path): the file is not UTF-8")
        }
        return text
    }
}
