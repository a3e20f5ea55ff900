import Foundation
import FuzzTargets
import Testing

/// What fuzzing has found, and seeds of every target: `Tests/Fixtures/fuzz/TARGET/WHAT-IT-STOPS`.
@Suite struct KeptInputTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/fuzz")

    private static let inputs: [URL] = {
        let targets = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return targets.flatMap {
            (try? FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)) ?? []
        }.sorted { $0.path < $1.path }
    }()

    @Test(arguments: inputs) func aKeptInputBreaksNoRule(_ input: URL) throws {
        let name = input.deletingLastPathComponent().lastPathComponent
        let target = try #require(FuzzTarget.all.first { $0.name == name }, "no target has this folder's name")
        target.run(Array(try Data(contentsOf: input)))
    }

    @Test func everyTargetHasInputs() {
        let folders = Set(Self.inputs.map { $0.deletingLastPathComponent().lastPathComponent })
        #expect(folders == Set(FuzzTarget.all.map(\.name)))
    }
}
