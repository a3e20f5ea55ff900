/// A pattern that is written in a notation around another one.
struct PatternNotation {
    var pattern: [Unicode.Scalar]
    /// Where each of its characters stands in what is written.
    var places: [Int]
    var flags = ECMAPattern.Flags()
    /// What the notation is, for the author of the pattern.
    var reading: String

    /// A pattern between slashes, with flags behind them, as JavaScript's source has it.
    static func literal(_ source: [Unicode.Scalar]) -> PatternNotation? {
        guard source.first == "/", let end = source.lastIndex(of: "/"), end > 1 else { return nil }
        var flags = ECMAPattern.Flags()
        for flag in source[(end + 1)...] {
            switch flag {
            case "i": flags.ignoresCase = true
            case "m": flags.multiline = true
            case "s": flags.dotTakesAll = true
            case "d", "g", "u", "v", "y": break
            default: return nil
            }
        }
        return PatternNotation(
            pattern: Array(source[1..<end]), places: Array(1..<end), flags: flags,
            reading: "slashes around the pattern, read as those of JavaScript's source")
    }

    // MARK: Basic regular expressions

    /// A pattern in which everything but brackets is escaped, as POSIX writes basic regular expressions, and with it the
    /// braces of `\p\{L\}`: somebody has put a pattern through a converter. Nil for any other.
    static func basic(_ source: [Unicode.Scalar], _ isDead: Bool) -> PatternNotation? {
        var result: [Unicode.Scalar] = []
        var places: [Int] = []
        var isInClass = false
        var hasProperty = false
        var index = 0
        while index < source.count {
            let scalar = source[index]
            let next = index + 1 < source.count ? source[index + 1] : nil
            if scalar == "\\", let next {
                let isOperator = "(){}|+?".unicodeScalars.contains(next)
                let opensName = next == "{" && index > 1 && source[index - 2] == "\\" && isProperty(source[index - 1])
                let closesName = next == "}" && hasProperty && isOpen(result)
                hasProperty = hasProperty || opensName
                let isDropped = opensName || closesName || isOperator && !isInClass
                result += isDropped ? [next] : [scalar, next]
                places += isDropped ? [index + 1] : [index, index + 1]
                index += 2
                continue
            }
            if !isInClass, "(){}|+?".unicodeScalars.contains(scalar) { return nil }
            if scalar == "[" { isInClass = true }
            if scalar == "]" { isInClass = false }
            result.append(scalar)
            places.append(index)
            index += 1
        }
        guard hasProperty || isDead && result.count < source.count else { return nil }
        return PatternNotation(
            pattern: result, places: places,
            reading: "all but brackets is escaped, read as a basic regular expression of POSIX")
    }

    /// Whether the last name of a property is not closed yet.
    private static func isOpen(_ result: [Unicode.Scalar]) -> Bool {
        guard let brace = result.lastIndex(where: { $0 == "{" || $0 == "}" }), brace > 1 else { return false }
        return result[brace] == "{" && result[brace - 2] == "\\" && isProperty(result[brace - 1])
    }

    private static func isProperty(_ scalar: Unicode.Scalar) -> Bool { scalar == "p" || scalar == "P" }
}
