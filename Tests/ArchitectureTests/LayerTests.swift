import Foundation
import Testing

/// Layers import downwards only.
@Suite struct LayerTests {
    @Test func everyImportIsAnAllowedEdge() {
        var wrong: [String] = []
        for file in SourceTree.shipped() {
            guard let target = SourceTree.target(of: file.path) else { continue }
            guard let allowed = Layers.allowed[target] else {
                wrong.append("\(file.path): the target \(target) has no row in Layers.swift")
                continue
            }
            for module in imports(of: file) where module.contains("Lockstep") || module.hasPrefix("Platform") {
                if !allowed.contains(module) { wrong.append("\(file.path): \(target) may not import \(module)") }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test func runTimeTargetsDoNotImportFoundation() {
        var wrong: [String] = []
        for file in SourceTree.shipped() {
            guard let target = SourceTree.target(of: file.path), !Layers.buildTime.contains(target) else { continue }
            guard let allowed = Layers.allowed[target] else { continue }
            let known = allowed.union(Layers.toolchainAtRunTime)
            for module in imports(of: file) where !known.contains(module) {
                wrong.append("\(file.path): imports \(module)")
            }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test func thePackageDescriptionDeclaresNoOtherEdge() throws {
        let targets = try PackageDescription.targets()
        #expect(targets.count > 10)
        var wrong: [String] = []
        for target in targets where target.kind != "test" && !target.name.hasPrefix("Golden") {
            guard let allowed = Layers.allowed[target.name] else {
                wrong.append("\(target.name) has no row in Layers.swift")
                continue
            }
            for dependency in target.dependencies where !allowed.contains(dependency) {
                wrong.append("\(target.name) may not depend on \(dependency)")
            }
        }
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    @Test func aStrangersBuildReachesNoServerAndNoDatabase() throws {
        let targets = try PackageDescription.targets()
        let edges = Dictionary(uniqueKeysWithValues: targets.map { ($0.name, $0.dependencies) })
        var reached: Set<String> = []
        var open = ["LockstepRuntime", "lockstep-generate"]
        while let name = open.popLast() {
            if reached.insert(name).inserted { open += edges[name] ?? [] }
        }
        let libraries = reached.filter { $0.hasPrefix("CLockstep") }
        #expect(libraries == ["CLockstepPCRE2", "CLockstepYAML"])
        #expect(!reached.contains("LockstepServer") && !reached.contains("LockstepPostgres"))
    }

    private func imports(of file: SourceTree.File) -> [String] {
        file.lines.compactMap { line in
            let words = line.split(separator: " ")
            guard let at = words.firstIndex(of: "import"), at < 3, at + 1 < words.count else { return nil }
            guard
                words[..<at].allSatisfy({ ["public", "package", "internal", "@_exported", "@testable"].contains($0) })
            else { return nil }
            let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "typealias", "let", "var"]
            let name = kinds.contains(words[at + 1]) && at + 2 < words.count ? words[at + 2] : words[at + 1]
            return name.split(separator: ".").first.map(String.init)
        }
    }
}
