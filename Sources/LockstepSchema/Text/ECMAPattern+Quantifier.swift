/// Repetitions.
extension ECMAPattern {
    /// The most that PCRE2 counts.
    static let maximumCount = 65_535
    /// Characters that no text has, because a JSON text has fewer bytes: no bound at all.
    private static let unbounded = 1 << 30
    /// Copies of a group, and of a block of characters, above which they are written once and called.
    private static let maximumCopies = 256

    mutating func translateQuantifier() throws(PatternError) {
        let opening = source[position]
        var (minimum, maximum, end): (Int, Int?, Int) = (0, nil, position + 1)
        switch opening {
        case "+": minimum = 1
        case "?": maximum = 1
        case "{":
            guard let bounds = bounds() else { return try translateBracket("{") }
            (minimum, maximum, end) = bounds
            if let maximum, maximum < minimum {
                throw PatternError(reason: "a repetition whose most is less than its least")
            }
        default: break
        }
        switch before {
        case .atom: break
        case .lookahead: try lenient("ECMA-262 repeats no look-ahead", "read as Annex B reads it")
        case .assertion where minimum > 0 && dialect.isLenient:
            notes.add("ECMA-262 repeats no assertion such as ^, $ and \\b", "read as if not repeated")
            position = end
            return
        case .nothing, .assertion, .quantifier: throw PatternError(reason: "nothing to repeat before \(opening)")
        }
        // A question mark makes it lazy; any other quantifier behind it would repeat a quantifier.
        var suffix = ""
        if end < source.count, source[end] == "?" { suffix = "?" }
        if dialect.isLenient, end < source.count, source[end] == "+" {
            suffix = "+"
            notes.add("ECMA-262 has no possessive quantifiers such as a++", "read as in Java and PCRE")
        }
        let written = String(String.UnicodeScalarView(source[position..<end]))
        try repeatAtom(written, minimum, maximum, suffix)
        position = end + suffix.utf8.count
        groups.quantify(isOptional: minimum == 0, repeats: maximum.map { $0 > 1 } ?? true)
        frames[frames.count - 1].isOneCharacter = false
        if minimum == 0 { frames[frames.count - 1].reach.makeOptional() }
        before = .quantifier
    }

    /// Writes a quantifier behind the last atom; a count that PCRE2 does not take is divided.
    private mutating func repeatAtom(
        _ written: String, _ minimum: Int, _ maximum: Int?, _ suffix: String
    ) throws(PatternError) {
        let isClass = atom.character?.isClass ?? false
        let most = max(minimum, maximum ?? 0)
        let place = output.utf8.index(output.startIndex, offsetBy: atom.start)
        let calls = dialect.callsGroups && !isClass && most > 1 && before == .atom
        guard most > Self.maximumCount || calls else {
            if suffix == "+" { output.insert(contentsOf: "(?>", at: place) }
            return output += written + (suffix == "+" ? ")" : suffix)
        }
        if !isClass, !dialect.isLenient || dialect.keepsCaptures {
            throw PatternError(
                reason: "a repetition of more than 65535, which PCRE2 cannot count", isLimitOfPCRE2: true)
        }
        let text = String(output[place...])
        output.removeSubrange(place...)
        guard minimum < Self.unbounded else { return output += OneCharacter.nothing }
        let maximum = maximum.flatMap { $0 < Self.unbounded ? $0 : nil }
        let unit = isClass ? Unit(text: text, limit: Self.maximumCount, isText: true) : define(text)
        output += suffix == "+" ? "(?>" : "(?:"
        output += exactly(minimum, of: unit)
        if let maximum {
            output += upTo(maximum - minimum, of: unit, isLazy: suffix == "?")
        } else {
            output += "\(unit.text)*\(suffix == "?" ? "?" : "")"
        }
        output += ")"
    }

    // MARK: Counts that PCRE2 does not take

    /// What is repeated, and how often one quantifier may say so.
    private struct Unit {
        var text: String
        var limit: Int
        /// It is not called.
        var isText = false
    }

    /// Writes a group once, at the end.
    private mutating func define(_ text: String) -> Unit {
        // A definition stands outside of the groups around the place where it is called.
        definitions.append("(?<b\(definitions.count)>(?\(flags.ignoresCase ? "" : "-")i:\(text)))")
        return Unit(text: "(?&b\(definitions.count - 1))", limit: Self.maximumCopies)
    }

    /// As many units as one quantifier may say, as a unit.
    private mutating func block(of unit: Unit) -> Unit {
        let text = "\(unit.text){\(unit.limit)}"
        return unit.isText && unit.limit == Self.maximumCount
            ? Unit(text: "(?:\(text))", limit: Self.maximumCopies, isText: true) : define(text)
    }

    private mutating func exactly(_ count: Int, of unit: Unit) -> String {
        guard count > unit.limit else { return count == 0 ? "" : "\(unit.text){\(count)}" }
        return exactly(count / unit.limit, of: block(of: unit)) + exactly(count % unit.limit, of: unit)
    }

    /// Any number of units up to a bound: so many blocks and a rest, in one way for each number, so that a match that fails
    /// tries each once; the largest number first.
    private mutating func upTo(_ count: Int, of unit: Unit, isLazy: Bool) -> String {
        let suffix = isLazy ? "?" : ""
        guard count > unit.limit else { return count == 0 ? "" : "\(unit.text){0,\(count)}\(suffix)" }
        let block = block(of: unit)
        let blocks = count / unit.limit
        let all = exactly(blocks, of: block) + upTo(count % unit.limit, of: unit, isLazy: isLazy)
        let fewer = upTo(blocks - 1, of: block, isLazy: isLazy) + upTo(unit.limit - 1, of: unit, isLazy: isLazy)
        return isLazy ? "(?:\(fewer)|\(all))" : "(?:\(all)|\(fewer))"
    }

    /// What `{2}`, `{2,}` and `{2,5}` say, and where they end; nil for a brace that starts no quantifier.
    private func bounds() -> (minimum: Int, maximum: Int?, end: Int)? {
        var index = position + 1
        func number() -> Int? {
            var value: Int?
            while index < source.count, source[index].isDigit {
                value = min((value ?? 0) * 10 + Int(source[index].value - 0x30), 1 << 40)
                index += 1
            }
            return value
        }
        guard let minimum = number(), index < source.count else { return nil }
        var maximum: Int? = minimum
        if source[index] == "," {
            index += 1
            maximum = number()
        }
        return index < source.count && source[index] == "}" ? (minimum, maximum, index + 1) : nil
    }
}
