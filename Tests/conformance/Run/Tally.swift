import ConformanceSupport
import LockstepRuntime

/// How one file of a part fared.
struct Tally {
    let part: String
    let file: String
    var total = 0
    /// Tests that the engine answers as the suite does.
    var engine = 0
    /// Tests that generated code answers as the suite does; what it reads, it also writes validly.
    var generated = 0
    /// What went wrong, a line each.
    var faults: [String] = []
    /// Documents that generated code accepts although the engine refuses them.
    var slips = 0

    init(part: Part, file: Suite.File, suite: Suite, subjects: Subjects) {
        self.part = part.name
        self.file = file.name
        for group in file.groups { run(group, part, suite, subjects) }
    }

    private mutating func run(_ group: Suite.Group, _ part: Part, _ suite: Suite, _ subjects: Subjects) {
        total += group.tests.count
        let entry: ValidatorEntry
        do {
            entry = try SchemaCompiler.validator(
                for: group.meaning,
                resources: Dictionary(uniqueKeysWithValues: suite.remotes.map { ($0.uri, $0.schema) }),
                assertsFormats: part.assertsFormats)
        } catch {
            faults.append("engine     \(group.name) \(group.title): does not compile: \(error)")
            return
        }
        for test in group.tests {
            let name = "\(group.name) \(group.title): \(test.title)"
            let result = entry.validate(JSONDocument(test.data))
            if result.isValid == test.isValid {
                engine += 1
            } else {
                faults.append(
                    "engine     \(name): \(verdict(test.isValid)) is \(verdict(result.isValid)): \(result.failures)")
            }
            let answer = subjects.ask(group.name, test.data)
            if case .read = answer, !result.isValid { slips += 1 }
            judge(answer, test, name, entry)
        }
    }

    private mutating func judge(_ answer: Answer?, _ test: Suite.Test, _ name: String, _ entry: ValidatorEntry) {
        switch answer {
        case nil: faults.append("generated  \(name): there is no type")
        case .unwritable(let reason): faults.append("generated  \(name): is read and cannot be written: \(reason)")
        case .refused(let failures):
            if test.isValid {
                faults.append("generated  \(name): valid is refused: \(failures)")
            } else {
                generated += 1
            }
        case .read(let written):
            guard test.isValid else {
                faults.append("generated  \(name): invalid is accepted")
                return
            }
            let again = entry.validate(JSONDocument(written))
            if again.isValid {
                generated += 1
            } else {
                faults.append("generated  \(name): \(test.data.text) is written as \(written.text): \(again.failures)")
            }
        }
    }

    private func verdict(_ isValid: Bool) -> String { isValid ? "valid" : "invalid" }
}
