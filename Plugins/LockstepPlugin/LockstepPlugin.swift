import Foundation
import PackagePlugin

/// Generates Swift from the OpenAPI document in a target's folder, at each build.
///
/// Inputs are all YAML and JSON files of the target and what `lockstep.yaml` lists beside them; outputs have fixed names,
/// because SwiftPM must know them before the document is read.
@main
struct LockstepPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? any SourceModuleTarget else {
            Diagnostics.error("LockstepPlugin works on targets with sources; '\(target.name)' has none")
            return []
        }
        let folder = target.directoryURL
        var settings = Settings(in: folder)
        let documents = target.sourceFiles.map(\.url).filter { ["yaml", "yml", "json"].contains($0.pathExtension) }
        let inputs = documents + settings.inputs.map { URL(filePath: $0, relativeTo: folder).standardizedFileURL }
        if !settings.hasShards { settings.shards = Settings.shards(for: inputs) }
        let output = context.pluginWorkDirectoryURL.appending(path: "Generated")
        var arguments = ["--folder", folder.path, "--output", output.path, "--shards", String(settings.shards)]
        for input in inputs { arguments += ["--input", input.path] }
        return [
            .buildCommand(
                displayName: "Generate Swift from the OpenAPI document of \(target.name)",
                executable: try context.tool(named: "lockstep-generate").url, arguments: arguments,
                inputFiles: inputs, outputFiles: settings.outputNames.map { output.appending(path: $0) })
        ]
    }
}

/// What the plugin must know of `lockstep.yaml`; the tool reads the file again and reports what is wrong in it.
private struct Settings {
    var shards = 8
    var hasShards = false
    var inputs: [String] = []

    init(in folder: URL) {
        guard let text = try? String(contentsOf: folder.appending(path: "lockstep.yaml"), encoding: .utf8) else {
            return
        }
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.prefix { $0 != "#" }.split(separator: ":", maxSplits: 1).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard parts.count == 2 else { continue }
            if parts[0] == "shards", let number = Int(parts[1]), (1...99).contains(number) {
                (shards, hasShards) = (number, true)
            }
            if parts[0] == "inputs" {
                inputs = parts[1].split(separator: ",").map {
                    $0.trimmingCharacters(in: CharacterSet(charactersIn: " \"'"))
                }
            }
        }
    }

    /// The number that `Generator.shards(forBytes:)` gives for the same files.
    static func shards(for files: [URL]) -> Int {
        let bytes = files.reduce(0) { $0 + ((try? $1.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0) }
        var shards = 8
        while shards < 64, bytes > shards * 65_536 { shards *= 2 }
        return shards
    }

    /// The names that `Generator.shardNames` gives for the same number.
    var outputNames: [String] {
        (0..<shards).flatMap { index in
            let number = index < 10 ? "0\(index)" : "\(index)"
            return ["Types_\(number).swift", "Operations_\(number).swift"]
        } + ["APIs.swift", "Contract.swift"]
    }
}
