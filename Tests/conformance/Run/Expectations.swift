import ConformanceSupport
import Foundation

/// The counts that were reached before, and are not to drop: `expected.tsv`.
struct Expectations {
    private var counts: [String: (engine: Int, generated: Int, total: Int)] = [:]

    init(_ path: String) throws {
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst() {
            let fields = line.split(separator: "\t")
            guard fields.count == 5, let engine = Int(fields[2]), let generated = Int(fields[3]),
                let total = Int(fields[4])
            else { continue }
            counts["\(fields[0])/\(fields[1])"] = (engine, generated, total)
        }
    }

    /// What is worse than it was, a line each; also files that are gone.
    func complaints(_ tallies: [Tally]) -> [String] {
        var complaints: [String] = []
        var rest = counts
        for tally in tallies {
            let name = "\(tally.part)/\(tally.file)"
            guard let expected = rest.removeValue(forKey: name) else {
                complaints.append("\(name): no counts are expected: add a line")
                continue
            }
            if tally.engine < expected.engine {
                complaints.append("\(name): the engine passes \(tally.engine), expected are \(expected.engine)")
            }
            if tally.generated < expected.generated {
                complaints.append(
                    "\(name): generated code passes \(tally.generated), expected are \(expected.generated)")
            }
            if tally.total < expected.total {
                complaints.append("\(name): has \(tally.total) tests, expected are \(expected.total)")
            }
        }
        return complaints + rest.keys.sorted().map { "\($0): expected, but not run" }
    }

    /// The counts of a run, as the file has them.
    static func text(_ tallies: [Tally]) -> String {
        let lines = tallies.map { "\($0.part)\t\($0.file)\t\($0.engine)\t\($0.generated)\t\($0.total)\n" }
        return "part\tfile\tengine\tgenerated\ttotal\n" + lines.joined()
    }
}
