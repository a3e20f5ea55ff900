import ConformanceSupport
import Foundation
import LockstepRuntime

/// usage: run SUITE OWN EXPECTED [REPORT [COUNTS]]
///
/// Asks the engine and generated code about every test of the suite; a line a file, then what differs from the suite.
/// Fails when fewer tests pass than the file EXPECTED says.
@main struct Run {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 3 else {
            print("usage: run SUITE OWN EXPECTED [REPORT [COUNTS]]")
            exit(64)
        }
        let suite = try Suite(arguments[0], own: arguments[1])
        var tallies: [Tally] = []
        for part in Part.all {
            let subjects = subjects(of: part.name)
            print("\(part.title)\n" + row("file", "engine", "generated", "total"))
            var sum = (engine: 0, generated: 0, total: 0)
            for file in try suite.files(part) {
                let tally = Tally(part: part, file: file, suite: suite, subjects: subjects)
                tallies.append(tally)
                print(row(file.name, "\(tally.engine)", "\(tally.generated)", "\(tally.total)"))
                sum = (sum.engine + tally.engine, sum.generated + tally.generated, sum.total + tally.total)
            }
            print(row("all", "\(sum.engine)", "\(sum.generated)", "\(sum.total)") + "\n")
        }
        let faults = tallies.flatMap { tally in tally.faults.map { "\(tally.part)\t\($0)\n" } }.joined()
        if arguments.count > 3 { try Data(faults.utf8).write(to: URL(filePath: arguments[3])) }
        if arguments.count > 4 { try Data(Expectations.text(tallies).utf8).write(to: URL(filePath: arguments[4])) }
        var complaints = try Expectations(arguments[2]).complaints(tallies)
        for tally in tallies where tally.slips > 0 {
            complaints.append("\(tally.part)/\(tally.file): generated code accepts what the engine refuses")
        }
        for complaint in complaints { print("FAILED: \(complaint)") }
        exit(complaints.isEmpty ? 0 : 1)
    }

    private static func row(_ name: String, _ engine: String, _ generated: String, _ total: String) -> String {
        func right(_ text: String) -> String { String(repeating: " ", count: max(1, 11 - text.count)) + text }
        let left = "    " + name + String(repeating: " ", count: max(1, 28 - name.count))
        return left + right(engine) + right(generated) + right(total)
    }
}
