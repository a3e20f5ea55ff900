import Foundation
import Testing

/// The habits that a script can check: sizes, names, and reasons given where the language's checks are left.
@Suite struct HabitTests {
    /// Files over the ceiling of 400 lines, each with its reason.
    static let longFiles: [String: String] = [:]

    @Test func filesStaySmall() {
        let files = SourceTree.shipped()
        let sizes = files.map(\.lines.count).sorted()
        #expect(!sizes.isEmpty)
        let long = files.filter { $0.lines.count > 401 && Self.longFiles[$0.path] == nil }
        #expect(long.isEmpty, "over 400 lines: \(long.map { "\($0.path) (\($0.lines.count))" })")
        let median = sizes.isEmpty ? 0 : sizes[sizes.count / 2]
        #expect(median <= 130, "the median file has \(median) lines")
    }

    @Test func namesSayWhatIsInside() {
        let empty = ["Utils", "Helpers", "Common", "Misc", "New"]
        let wrong = SourceTree.shipped().map(\.path).filter { path in
            let base = path.split(separator: "/").last.map { $0.dropLast(".swift".count) } ?? ""
            return empty.contains { base == $0 || base.hasSuffix($0) || path.contains("/\($0)/") }
        }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    /// Every place that leaves the compiler's checks says why it is right, on the line or just above it.
    @Test func unsafePlacesGiveTheirReason() {
        let marks = ["@unchecked Sendable", "nonisolated(unsafe)", "try!", "@inline(__always)", "unsafeBitCast"]
        var wrong: [String] = []
        for file in SourceTree.shipped() {
            for (index, line) in file.lines.enumerated() where marks.contains(where: { line.contains($0) }) {
                if line.drop(while: { $0 == " " }).hasPrefix("//") { continue }
                let near = file.lines[max(0, index - 6)...index]
                if !near.contains(where: { $0.contains("//") }) { wrong.append("\(file.path):\(index + 1)") }
            }
        }
        #expect(wrong.isEmpty, "no reason given at \(wrong)")
    }

    @Test func testsDoNotSleep() {
        let marks = ["Thread.sleep", "Task.sleep", "usleep("]
        var wrong: [String] = []
        // Programs that show what a sanitizer says are no tests.
        let programs = "Tests/sanitizers/"
        for file in SourceTree.swiftFiles(below: "Tests")
        where !file.path.hasSuffix("HabitTests.swift") && !file.path.hasPrefix(programs) {
            for (index, line) in file.lines.enumerated() where marks.contains(where: { line.contains($0) }) {
                wrong.append("\(file.path):\(index + 1)")
            }
        }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test func nothingIsLeftOpen() {
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "not yet imple" + "mented"]
        var wrong: [String] = []
        for file in SourceTree.shipped() {
            for (index, line) in file.lines.enumerated() where marks.contains(where: { line.contains($0) }) {
                wrong.append("\(file.path):\(index + 1)")
            }
        }
        #expect(wrong.isEmpty, "\(wrong)")
    }
}
