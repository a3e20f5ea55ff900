/// Character classes.
extension ECMAPattern {
    /// What a class has: characters, and halves of surrogate pairs, which only UTF-16 has.
    struct ClassContent {
        var characters = OneCharacter()
        var halves: [ClosedRange<UInt32>] = []
    }

    /// One member of a class: a character or a half, or several such as `\d`.
    fileprivate enum Member {
        case character(UInt32, String)
        case several(OneCharacter)
    }

    mutating func translateClass() throws(PatternError) {
        let opening = position
        let content = try readClass()
        start = opening
        if content.characters.isEmpty, !content.halves.isEmpty { return try emit(halves: content.halves) }
        noteHalves(content)
        emit(content.characters)
    }

    /// Reads a class from its bracket on.
    mutating func readClass() throws(PatternError) -> ClassContent {
        let opening = position
        noteNonsense()
        position += 1
        let isNegated = peek() == "^"
        if isNegated { position += 1 }
        var content = try readMembers()
        while dialect.isJava, starts(with: "&&") {
            position += 2
            let right = try readMembers()
            if right.characters.isEmpty { continue }
            notes.add("ECMA-262 has no && in a class", "read as Java's intersection")
            content.characters = content.characters.intersection(right.characters)
        }
        guard peek() == "]" else { throw PatternError(reason: "a character class without its ]", offset: opening) }
        position += 1
        if isNegated {
            // No text has a half: a class without halves has every character.
            content.halves = []
            content.characters.isNegated = true
        }
        return content
    }

    private mutating func readMembers() throws(PatternError) -> ClassContent {
        var content = ClassContent()
        while let scalar = peek(), scalar != "]" {
            if dialect.isJava, starts(with: "&&") { break }
            if dialect.isLenient, let pairs = surrogatePairs() {
                content.characters.members += pairs
                continue
            }
            if dialect.isForeign, try readForeign(&content) { continue }
            let place = position
            let first = try member()
            guard peek() == "-", let next = peek(1), next != "]" else {
                content.add(first, to: first)
                continue
            }
            position += 1
            let last = try member()
            guard case .character(let low, _) = first, case .character(let high, _) = last else {
                try lenient(
                    "ECMA-262 has no ranges that start or end with a class",
                    "the hyphen is read as the character -")
                content.add(first, to: first)
                content.characters.members += #"\-"#
                content.add(last, to: last)
                continue
            }
            if low > high { throw PatternError(reason: "a range that ends before it begins", offset: place) }
            content.add(first, to: last)
        }
        return content
    }

    private mutating func member() throws(PatternError) -> Member {
        start = position
        guard let scalar = peek(), scalar == "\\" else {
            let scalar = source[position]
            position += 1
            return .character(scalar.value, OneCharacter.member(scalar))
        }
        switch try readEscape(inClass: true) {
        case .character(let value, let text): return .character(value, text)
        case .set(let set, _): return .several(set)
        case .quoted(let scalars):
            return .several(OneCharacter(members: scalars.map(OneCharacter.member).joined()))
        case .atom, .assertion: throw PatternError(reason: "what is no character, in a character class")
        }
    }

    // MARK: Other dialects

    /// POSIX classes, classes in classes, and .NET's and XML Schema's classes less others.
    private mutating func readForeign(_ content: inout ClassContent) throws(PatternError) -> Bool {
        if starts(with: "[:"), let end = endOfPOSIXName(), isClosed(after: end + 2) {
            let isNegated = peek(2) == "^"
            let name = String(String.UnicodeScalarView(source[(position + (isNegated ? 3 : 2))..<end]))
            guard let members = ForeignProperties.posix(name) else { return false }
            notes.add(
                "ECMA-262 has no POSIX classes such as [:\(name):]",
                "read as \(OneCharacter(members: members).spelling)")
            position = end + 2
            content.characters.formUnion(OneCharacter(members: members, isNegated: isNegated))
            return true
        }
        if starts(with: "-["), !content.characters.isEmpty, let end = endOfClass(from: position + 1),
            end < source.count,
            source[end] == "]"
        {
            notes.add("ECMA-262 has no -[ in a class", "read as .NET and XML Schema subtract a class")
            position += 1
            content.characters = content.characters.subtracting(try readClass().characters)
            return true
        }
        if dialect.isJava, peek() == "[", let end = endOfClass(from: position), isClosed(after: end) {
            if !content.characters.isEmpty { notes.add("ECMA-262 has no classes in classes", "read as Java's union") }
            content.characters.formUnion(try readClass().characters)
            return true
        }
        return false
    }

    /// Where the `:]` of a POSIX class stands.
    private func endOfPOSIXName() -> Int? {
        var index = position + 2
        if peek(2) == "^" { index += 1 }
        while index < source.count, source[index].isASCII, source[index].properties.isAlphabetic { index += 1 }
        return index + 1 < source.count && source[index] == ":" && source[index + 1] == "]" ? index : nil
    }

    /// Whether a bracket closes the class that is open at a place.
    private func isClosed(after place: Int) -> Bool {
        var index = place
        while index < source.count {
            if source[index] == "]" { return true }
            index += source[index] == "\\" ? 2 : 1
        }
        return false
    }

    /// What follows a class without classes in it.
    private func endOfClass(from opening: Int) -> Int? {
        var index = opening + 1
        while index < source.count, source[index] != "]" {
            if source[index] == "[" { return nil }
            index += source[index] == "\\" ? 2 : 1
        }
        return index < source.count ? index + 1 : nil
    }

    /// Notes what ECMA-262 takes and nobody means.
    private mutating func noteNonsense() {
        guard dialect.isLenient, !dialect.isForeign, let end = endOfClassIgnoringBrackets() else { return }
        let text = String(String.UnicodeScalarView(source[(position + 1)..<(end - 1)]))
        for name in ["alpha", "digit", "alnum", "upper", "lower", "space", "punct", "xdigit", "word"]
        where text == ":\(name):" || text.contains("[:\(name):") {
            notes.add("[:\(name):] is no class in ECMA-262", "read as these characters; write [[:\(name):]] as a class")
        }
        let body = text.drop { $0 == "^" }
        if !body.hasPrefix("&&"), !body.hasSuffix("&&"), body.contains("&&"), !body.contains("&&&") {
            notes.add("&& is no intersection in ECMA-262", "read as the character &")
        }
    }

    private func endOfClassIgnoringBrackets() -> Int? {
        var index = position + 1
        while index < source.count, source[index] != "]" { index += source[index] == "\\" ? 2 : 1 }
        return index < source.count ? index + 1 : nil
    }
}

extension ECMAPattern.ClassContent {
    /// Adds a member, or those from one character to another; halves of pairs go to themselves.
    fileprivate mutating func add(_ first: ECMAPattern.Member, to last: ECMAPattern.Member) {
        guard case .character(var low, var lowText) = first, case .character(var high, var highText) = last else {
            if case .several(let set) = first { characters.formUnion(set) }
            return
        }
        let halves = UInt32(0xd800)...0xdfff
        if halves.contains(low), halves.contains(high) { return self.halves.append(low...high) }
        if halves.contains(low) { (low, lowText) = (0xe000, #"\x{e000}"#) }
        if halves.contains(high) { (high, highText) = (0xd7ff, #"\x{d7ff}"#) }
        characters.members += low == high ? lowText : "\(lowText)-\(highText)"
    }
}
