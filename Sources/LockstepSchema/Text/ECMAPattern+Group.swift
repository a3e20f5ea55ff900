/// Groups, and flags.
extension ECMAPattern {
    /// A group that is open.
    struct Frame {
        /// Where in the output it starts.
        var start = 0
        /// The flags to go back to where it ends.
        var flags = Flags()
        /// Whether each of its alternatives has been one character so far: `(a|[0-9])` is `[a0-9]`.
        var isOneCharacter = false
        var reach = PatternReach()
        private var characters = OneCharacter()
        private var hasCharacter = false

        init() {}

        init(start: Int, flags: Flags, isOneCharacter: Bool) {
            (self.start, self.flags, self.isOneCharacter) = (start, flags, isOneCharacter)
        }

        /// What the group is when it is one character.
        var character: OneCharacter? { isOneCharacter && hasCharacter ? characters : nil }

        mutating func add(_ character: OneCharacter?) {
            guard isOneCharacter, !hasCharacter, let character else { return isOneCharacter = false }
            characters.formUnion(character)
            hasCharacter = true
        }

        mutating func addBranch() {
            reach.addBranch()
            isOneCharacter = isOneCharacter && hasCharacter
            hasCharacter = false
        }
    }

    mutating func openGroup() throws(PatternError) {
        let openings: [(text: String, kind: PatternGroups.Kind)] = [
            ("(?:", .plain), ("(?=", .lookahead), ("(?!", .lookahead), ("(?<=", .lookbehind), ("(?<!", .lookbehind),
        ]
        before = .nothing
        if let opening = openings.first(where: { starts(with: $0.text) }) {
            position += opening.text.unicodeScalars.count
            return open(opening.text, opening.kind, isOneCharacter: opening.text == "(?:")
        }
        if !starts(with: "(?") {
            // `(*` would start one of PCRE2's verbs.
            if peek(1) == "*" { throw PatternError(reason: "nothing to repeat before *", offset: position + 1) }
            position += 1
            return open(capture: nil)
        }
        if try openFlags() { return }
        if dialect.isLenient, try openForeign() { return }
        guard starts(with: "(?<") else { throw unknownGroup() }
        position += 3
        try openNamed(upTo: ">")
    }

    private func unknownGroup() -> PatternError {
        let opening = String(String.UnicodeScalarView(source[start..<min(start + 3, source.count)]))
        return PatternError(reason: "\(opening) opens no group that ECMA-262 has")
    }

    private mutating func open(_ text: String, _ kind: PatternGroups.Kind, isOneCharacter: Bool = false) {
        frames[frames.count - 1].isOneCharacter =
            frames[frames.count - 1].isOneCharacter && isOneCharacter
        frames.append(Frame(start: output.utf8.count, flags: flags, isOneCharacter: isOneCharacter))
        output += text
        groups.open(kind, at: start)
    }

    private mutating func open(capture name: String?) {
        guard dialect.keepsCaptures else { return open("(?:", .capture(name), isOneCharacter: true) }
        open(name.map { "(?<\($0)>" } ?? "(", .capture(name))
    }

    private mutating func openNamed(upTo end: Unicode.Scalar) throws(PatternError) {
        let name = try groupName(upTo: end)
        guard !groups.hasCapture(name) else { throw PatternError(reason: "a second group of the same name") }
        if name.utf8.count > 32, dialect.keepsCaptures {
            throw PatternError(reason: "a group name of more than 32 characters, which PCRE2 cannot take")
        }
        open(capture: name)
    }

    /// Groups of other dialects.
    private mutating func openForeign() throws(PatternError) -> Bool {
        if starts(with: "(?P<") {
            notes.add("ECMA-262 has no groups (?P<name>)", "read as (?<name>)")
            position += 4
            try openNamed(upTo: ">")
        } else if starts(with: "(?'") {
            notes.add("ECMA-262 has no groups (?'name')", "read as (?<name>)")
            position += 3
            try openNamed(upTo: "'")
        } else if starts(with: "(?P=") {
            notes.add("ECMA-262 has no references (?P=name)", #"read as \k<name>"#)
            position += 4
            let name = try groupName(upTo: ")")
            groups.refer(to: name, at: start)
            emit("(?:\\k<\(name)>)")
        } else if starts(with: "(?>") {
            notes.add("ECMA-262 has no atomic groups (?>", "read as in Java, .NET and PCRE")
            position += 3
            open("(?>", .plain)
        } else if starts(with: "(?#") {
            guard let end = source[position...].firstIndex(of: ")") else { return false }
            notes.add("ECMA-262 has no comments (?#", "left out")
            position = end + 1
        } else {
            return try openCondition() || callGroup()
        }
        return true
    }

    /// `(?(1)…|…)` and `(?(<name>)…|…)`, as PCRE2 has them.
    private mutating func openCondition() throws(PatternError) -> Bool {
        guard starts(with: "(?("), let end = source[position...].firstIndex(of: ")") else { return false }
        let name = String(String.UnicodeScalarView(source[(position + 3)..<end]))
        guard !name.isEmpty, name.unicodeScalars.allSatisfy({ $0.isWord || "<>'".unicodeScalars.contains($0) }),
            name != "DEFINE", name != "R"
        else { return false }
        notes.add("ECMA-262 has no conditions (?(1)", "read as in PCRE, Python and .NET")
        position = end + 1
        open("(?(\(name))", .plain)
        return true
    }

    /// `(?R)`, `(?1)` and `(?&name)`: a group inside of itself, as PCRE2 has it.
    private mutating func callGroup() -> Bool {
        guard let end = source[position...].firstIndex(of: ")") else { return false }
        let call = source[(position + 2)..<end]
        let name = call.drop { "&P>+-".unicodeScalars.contains($0) }
        let isName = call.starts(with: "&".unicodeScalars) || call.starts(with: "P>".unicodeScalars)
        let isNumber = name.elementsEqual("R".unicodeScalars) || name.allSatisfy(\.isDigit)
        guard !name.isEmpty, isName ? name.allSatisfy(\.isWord) : isNumber, call.count - name.count < 3 else {
            return false
        }
        notes.add("ECMA-262 has no recursion (?1)", "read as in PCRE")
        position = end + 1
        emit("(?\(String(String.UnicodeScalarView(call))))")
        return true
    }

    mutating func closeGroup() throws(PatternError) {
        switch groups.close() {
        case nil: throw PatternError(reason: "a ) that closes nothing")
        case .lookahead: before = .lookahead
        case .lookbehind: before = .assertion
        case .plain, .capture: before = .atom
        }
        position += 1
        let frame = frames.removeLast()
        frames[frames.count - 1].reach.append(before == .atom ? frame.reach.all : .init())
        flags = frame.flags
        let place = output.utf8.index(output.startIndex, offsetBy: frame.start)
        if let character = frame.character {
            output.removeSubrange(place...)
            atom = (frame.start, character)
            output += character.pattern
            frames[frames.count - 1].add(character)
        } else {
            atom = (frame.start, nil)
            output += ")"
            frames[frames.count - 1].isOneCharacter = false
        }
    }

    // MARK: Flags

    /// `(?i:…)` as ECMA-262 has it since 2025, and `(?i)` as Python, Java and Go write flags.
    private mutating func openFlags() throws(PatternError) -> Bool {
        var index = position + 2
        var new = flags
        var isSet = true
        var seen: [Unicode.Scalar] = []
        while index < source.count, source[index] != ":", source[index] != ")" {
            let flag = source[index]
            index += 1
            guard !seen.contains(flag) else { return false }
            seen.append(flag)
            switch flag {
            case "i": new.ignoresCase = isSet
            case "m": new.multiline = isSet
            case "s": new.dotTakesAll = isSet
            case "x" where dialect.isLenient: new.isExtended = isSet
            case "u" where dialect.isLenient, "a" where dialect.isLenient: break
            case "-": isSet = false
            default: return false
            }
        }
        guard index < source.count, seen.contains(where: { $0 != "-" }) else { return false }
        let spelling = String(String.UnicodeScalarView(source[position...index]))
        let change = new.ignoresCase == flags.ignoresCase ? "" : new.ignoresCase ? "i" : "-i"
        if source[index] == ":" {
            if seen.contains(where: { "xua".unicodeScalars.contains($0) }) {
                try lenient("\(spelling) has flags that ECMA-262 has not", "read as in other dialects")
            }
            position = index + 1
            open("(?\(change):", .plain)
        } else {
            try lenient("ECMA-262 has no flags without a group, \(spelling)", "read as other dialects read them")
            position = index + 1
            if !change.isEmpty { output += "(?\(change))" }
            frames[frames.count - 1].isOneCharacter = false
        }
        flags = new
        return true
    }

    /// A group's name up to its end, spelled so that PCRE2 takes it.
    mutating func groupName(upTo end: Unicode.Scalar) throws(PatternError) -> String {
        var name = ""
        while let scalar = peek(), scalar != end {
            guard scalar.isWord || scalar == "$" || !scalar.isASCII else {
                throw PatternError(
                    reason: "a group name with a character that it cannot have", offset: position)
            }
            name += scalar.isWord ? String(scalar) : "_\(scalar.value)_"
            position += 1
        }
        guard peek() == end else { throw PatternError(reason: "a group name without its \(end)") }
        guard let first = name.unicodeScalars.first else { throw PatternError(reason: "a group name that is empty") }
        if first.isDigit { throw PatternError(reason: "a group name that begins with a digit") }
        position += 1
        return name
    }
}
