/// Where in a text the alternatives of a group can stand: `a^` and `$a` can stand nowhere.
struct PatternReach {
    /// What one alternative, or all of a group's, need.
    struct Branch {
        /// At least one character.
        var consumes = false
        /// The start of the text before its characters, and its end behind them.
        var starts = false
        var ends = false
        /// It needs characters before the start or behind the end of the text: nothing matches it.
        var isDead = false

        mutating func append(_ next: Branch) {
            isDead = isDead || next.isDead || consumes && next.starts || ends && next.consumes
            starts = starts || next.starts && !consumes
            consumes = consumes || next.consumes
            ends = ends || next.ends
        }

        func union(_ other: Branch) -> Branch {
            if isDead { return other }
            if other.isDead { return self }
            return Branch(
                consumes: consumes && other.consumes, starts: starts && other.starts, ends: ends && other.ends)
        }
    }

    private var current = Branch()
    private var beforeLast = Branch()
    private var others: Branch?

    /// All the alternatives.
    var all: Branch { others.map { $0.union(current) } ?? current }

    mutating func append(_ next: Branch) {
        beforeLast = current
        current.append(next)
    }

    /// What was added last may be left out.
    mutating func makeOptional() { current = beforeLast }

    mutating func addBranch() {
        others = all
        (current, beforeLast) = (Branch(), Branch())
    }
}
