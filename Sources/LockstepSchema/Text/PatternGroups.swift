/// The groups of a pattern, and what refers back to them.
///
/// ECMA-262 forgets what the groups inside a repetition have captured when it starts anew; PCRE2 keeps it. A reference that
/// could see the difference is refused.
struct PatternGroups {
    enum Kind {
        case plain, lookahead, lookbehind
        /// With its name, if it has one.
        case capture(String?)
    }

    private struct Group {
        var kind: Kind
        var parent: Int
        /// Where it is opened in the pattern.
        var offset = 0
        var hasBranches = false
        var isOptional = false
        var repeats = false
    }

    private struct Reference {
        var name: String
        /// The innermost group around it, and how many groups had been opened before it.
        var place: Int
        var order: Int
        /// Where it stands in the pattern.
        var offset: Int
    }

    /// The whole pattern is the first one.
    private var groups = [Group(kind: .plain, parent: -1)]
    private var current = 0
    private var lastClosed = -1
    private var captures: [Int] = []
    private var references: [Reference] = []

    mutating func open(_ kind: Kind, at offset: Int) {
        groups.append(Group(kind: kind, parent: current, offset: offset))
        current = groups.count - 1
        if case .capture = kind { captures.append(current) }
        lastClosed = -1
    }

    /// Closes the innermost group; nil when none is open.
    mutating func close() -> Kind? {
        guard current > 0 else { return nil }
        lastClosed = current
        current = groups[current].parent
        return groups[lastClosed].kind
    }

    mutating func addBranch() {
        groups[current].hasBranches = true
        lastClosed = -1
    }

    /// Something else than a group stands before what follows.
    mutating func addAtom() { lastClosed = -1 }

    /// A quantifier follows what was read last.
    mutating func quantify(isOptional: Bool, repeats: Bool) {
        guard lastClosed > 0 else { return }
        groups[lastClosed].isOptional = isOptional
        groups[lastClosed].repeats = repeats
        lastClosed = -1
    }

    /// Whether there is a group of this name already.
    func hasCapture(_ name: String) -> Bool { target(of: name) != nil }

    /// Notes `\1` or `\k<name>`.
    mutating func refer(to name: String, at offset: Int) {
        references.append(Reference(name: name, place: current, order: groups.count, offset: offset))
        lastClosed = -1
    }

    /// Refuses groups that are not closed, and references whose meaning PCRE2 would change.
    func check() throws(PatternError) {
        if current > 0 { throw PatternError(reason: "a ( without its )", offset: groups[current].offset) }
        let targets = references.map { ($0, target(of: $0.name)) }
        if let (lost, _) = targets.first(where: { $0.1 == nil }) {
            throw PatternError(reason: "a reference to a group that does not exist", offset: lost.offset)
        }
        for case (let reference, let target?) in targets where isForgotten(target, by: reference) {
            throw PatternError(
                reason: "a reference to a group that a repetition may leave out: ECMA-262 forgets such a group's text "
                    + "when the repetition starts anew, and PCRE2 does not",
                offset: reference.offset, isLimitOfPCRE2: true)
        }
    }

    private func target(of name: String) -> Int? {
        if let number = Int(name) { return captures.indices.contains(number - 1) ? captures[number - 1] : nil }
        return captures.first {
            if case .capture(name) = groups[$0].kind { true } else { false }
        }
    }

    private func isForgotten(_ target: Int, by reference: Reference) -> Bool {
        let isInsideTarget = encloses(target, reference.place)
        if isInsideTarget, groups[target].repeats { return true }
        var isSkippable = groups[target].isOptional
        var group = groups[target].parent
        while group >= 0 {
            isSkippable = isSkippable || groups[group].hasBranches
            if groups[group].repeats {
                let comesFirst = isInsideTarget || reference.order <= target
                if isSkippable || comesFirst && encloses(group, reference.place) { return true }
            }
            isSkippable = isSkippable || groups[group].isOptional
            group = groups[group].parent
        }
        return false
    }

    private func encloses(_ outer: Int, _ inner: Int) -> Bool {
        var group = inner
        while group >= 0 {
            if group == outer { return true }
            group = groups[group].parent
        }
        return false
    }
}
