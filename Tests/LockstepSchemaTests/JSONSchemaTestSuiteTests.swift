import LockstepJSON
import LockstepSchema
import Testing

@Suite struct JSONSchemaTestSuiteTests {
    @Test func `every required test of draft 2020-12 passes`() throws {
        try run("", assertsFormats: false, known: [])
    }

    private func run(_ path: String, assertsFormats: Bool, known: Set<String>) throws {
        guard let suite = try SchemaSuite() else { return }
        var total = 0
        var passed = 0
        for file in try suite.files(path) {
            let result = try suite.run(file, assertsFormats: assertsFormats)
            passed += result.passed
            total += result.passed + result.failed.count
            let name = file.deletingPathExtension().lastPathComponent
            print("\(path)\(name): \(result.passed)/\(result.passed + result.failed.count)")
            for failure in result.failed { print("    \(failure)") }
        }
        print("draft2020-12/\(path): \(passed)/\(total)")
        #expect(passed == total)
    }
}
