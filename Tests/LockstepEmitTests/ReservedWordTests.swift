import FoundationEssentials
import Testing

@testable import LockstepEmit

@Suite("Reserved words")
struct ReservedWordTests {
    @Test("every public type of the modules that generated code sees is reserved")
    func runtimeTypes() throws {
        let root = FilePath.join(FilePath.folder(of: #filePath), "../../Sources")
        var missing: [String] = []
        for module in ["LockstepJSON", "LockstepSchema", "LockstepRuntime"] {
            let files = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(module)")
            for file in files where file.hasSuffix(".swift") {
                let text = try String(contentsOfFile: "\(root)/\(module)/\(file)", encoding: .utf8)
                missing += publicTypes(in: text).filter { !ReservedWords.runtimeTypes.contains($0) }
            }
        }
        #expect(missing.isEmpty, "add these to ReservedWords.runtimeTypes")
    }

    private func publicTypes(in text: String) -> [String] {
        let pattern = #/^public (?:final |indirect )*(?:struct|class|enum|protocol|actor|typealias) (\w+)/#
            .anchorsMatchLineEndings()
        return text.matches(of: pattern).map { String($0.1) }
    }
}
