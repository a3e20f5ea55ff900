import LockstepJSON

/// Why no branch of a union fits.
extension Interpreter {
    private typealias Branches = Layout.Branches

    /// A branch that was tried, why it failed, and which parts of the value it looked at.
    private struct Attempt {
        var failures: [RawFailure]
        var marks: [Bool]

        /// What the value's own kind should be, where not even that fits.
        func wrongKind(_ at: Int) -> String? {
            failures.first { $0.at == at && $0.keyword == .type }?.expected
        }

        /// The only failure, if it is of the value itself and not of its parts.
        func only(_ at: Int) -> RawFailure? {
            failures.count == 1 && failures[0].at == at ? failures[0] : nil
        }

        /// Less is closer.
        var rank: (Int, Int) { (failures.contains { $0.keyword == .const } ? 1 : 0, failures.count) }
    }

    /// Says what is most useful: the failures of the branch that the discriminator names, or of the only one whose kind
    /// fits; the values that all branches together allow; otherwise that none fits, and the failures of the closest one.
    mutating func explain(_ table: Int, _ at: Int, _ named: Int, _ keyword: Keyword, _ evaluated: Int) {
        guard failures.count < maximumFailures else { return }
        if named == -1 || named == -2 && words[table &+ Branches.isExclusive] != 0 && instance.words[at].isObject {
            explainName(table, at, named)
            return
        }
        let attempts = attempts(table, at, named)
        let candidates = attempts.filter { $0.wrongKind(at) == nil }
        let forms = "\(words[table]) forms"
        guard let first = candidates.first else {
            if named >= 0, let only = attempts.first { return append(only, evaluated) }
            let kinds = distinct(attempts.compactMap { $0.wrongKind(at) })
            fail(at, keyword, .words(kinds.isEmpty ? forms : "\(forms): \(kinds.joined(separator: ", "))"))
            return
        }
        guard candidates.count > 1 else { return append(first, evaluated) }
        let own = candidates.compactMap { $0.only(at) }
        if own.count == candidates.count {
            return fail(at, own, keyword, forms)
        }
        fail(at, keyword, .words(forms))
        if let closest = candidates.min(by: { $0.rank < $1.rank }) { append(closest, evaluated) }
    }

    private mutating func attempts(_ table: Int, _ at: Int, _ named: Int) -> [Attempt] {
        let outer = failures
        let count = instance.words[at].isContainer ? instance.words[at].count : 0
        let base = marks.count
        var attempts: [Attempt] = []
        for branch in 0..<Int(words[table]) where named < 0 || branch == named {
            failures = []
            marks.append(contentsOf: repeatElement(false, count: count))
            _ = validate(Int(words[table &+ Branches.table &+ branch]), at, count == 0 ? -1 : base)
            if !failures.isEmpty { attempts.append(Attempt(failures: failures, marks: Array(marks[base...]))) }
            marks.removeLast(count)
            if isExhausted { break }
        }
        failures = outer
        return attempts
    }

    /// Adds a branch's failures. What it looked at does not count as unknown: it is wrong for another reason.
    private mutating func append(_ attempt: Attempt, _ evaluated: Int) {
        failures += attempt.failures.prefix(max(0, maximumFailures - failures.count))
        guard evaluated >= 0 else { return }
        for (ordinal, mark) in attempt.marks.enumerated() where mark { marks[evaluated &+ ordinal] = true }
    }

    /// Each branch asks one thing of the value itself: one of these things it must be.
    private mutating func fail(_ at: Int, _ own: [RawFailure], _ keyword: Keyword, _ forms: String) {
        if own.allSatisfy({ $0.keyword == .const || $0.keyword == .enum }) {
            fail(at, .enum, .words(distinct(own.map(\.expected)).joined(separator: ", ")))
            return
        }
        let reasons = distinct(own.map { $0.keyword.message($0.expected) }).joined(separator: "; ")
        fail(at, keyword, .words("\(forms): \(reasons)"))
    }

    private func distinct(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        let all = texts.filter { seen.insert($0).inserted }
        return all.count > 8 ? all.prefix(8) + ["…"] : all
    }

    private mutating func explainName(_ table: Int, _ at: Int, _ named: Int) {
        let name = Int(words[table &+ Branches.name])
        let length = Int(words[table &+ Branches.length])
        let place = member(at, name, length)
        if place < 0 {
            fail(at, .required, .words(blob.string(name, length)))
            return
        }
        let values = Int(words[table &+ Branches.values])
        let names = (0..<min(Int(words[values]), 20)).map { text(values &+ 1 &+ $0 &* Branches.valueSize) }
        fail(place, .enum, .words(names.joined(separator: ", ")))
    }
}
