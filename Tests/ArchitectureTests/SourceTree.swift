import Foundation

/// The package's own files, as git would list them: no build products, no hidden folders.
enum SourceTree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    struct File {
        /// Relative to the package's root.
        let path: String
        let lines: [Substring]
    }

    /// Every Swift file below `folder`, without the generator's expected output.
    static func swiftFiles(below folder: String) -> [File] {
        let start = root.appending(path: folder)
        guard let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil) else { return [] }
        var files: [File] = []
        for case let url as URL in walk where url.pathExtension == "swift" {
            let path = String(url.path().dropFirst(root.path().count))
            if path.contains("/.build/") || path.contains("/expected/") { continue }
            guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
            files.append(File(path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false)))
        }
        return files.sorted { $0.path < $1.path }
    }

    /// Sources, generator and plugins: what ships.
    static func shipped() -> [File] {
        ["Sources", "Generator", "Plugins", "spec"].flatMap { swiftFiles(below: $0) }
    }

    /// The target that a file belongs to, by the folder rules of the package.
    static func target(of path: String) -> String? {
        let parts = path.split(separator: "/")
        if parts.first == "spec" { return "PlatformAPI" }
        return parts.count > 2 ? String(parts[1]) : nil
    }
}
