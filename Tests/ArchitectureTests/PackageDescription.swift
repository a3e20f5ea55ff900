import Foundation
import ProcessTestSupport

/// What `swift package dump-package` says of the targets.
enum PackageDescription {
    struct Target {
        let name: String
        let kind: String
        let dependencies: [String]
    }

    struct Failure: Error {}

    static func targets() throws -> [Target] {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "lockstep-dump-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        // SwiftPM leaves locks and folders where temporary files belong: there they go with the folder.
        let done = try ChildProcess.run(
            "swift",
            ["package", "--package-path", SourceTree.root.path(), "--scratch-path", scratch.path(), "dump-package"],
            environment: ["TMPDIR": scratch.path()])
        guard done.status == 0, let package = try JSONSerialization.jsonObject(with: done.output) as? [String: Any],
            let targets = package["targets"] as? [[String: Any]]
        else { throw Failure() }
        return targets.compactMap(target)
    }

    private static func target(_ json: [String: Any]) -> Target? {
        guard let name = json["name"] as? String, let kind = json["type"] as? String else { return nil }
        var names: [String] = []
        for dependency in json["dependencies"] as? [[String: Any]] ?? [] {
            for key in ["byName", "target", "product"] {
                if let first = (dependency[key] as? [Any])?.first as? String { names.append(first) }
            }
        }
        for plugin in json["pluginUsages"] as? [[String: Any]] ?? [] {
            if let first = (plugin["plugin"] as? [Any])?.first as? String { names.append(first) }
        }
        return Target(name: name, kind: kind, dependencies: names)
    }
}
