/// Halves of surrogate pairs, which patterns name that were written for texts of UTF-16. No text of Unicode has one.
extension ECMAPattern {
    private static let high = UInt32(0xd800)...0xdbff
    private static let low = UInt32(0xdc00)...0xdfff
    /// Ranges of characters that one class is given at most.
    private static let maximumRanges = 2_048

    /// Writes halves that stand outside of a class, or in one of their own. `[\uD800-\uDBFF][\uDC00-\uDFFF]` is one character,
    /// as it is without the flag `u`.
    mutating func emit(halves: [ClosedRange<UInt32>]) throws(PatternError) {
        if dialect.isLenient,
            halves.allSatisfy({ Self.high.contains($0.lowerBound) && Self.high.contains($0.upperBound) })
        {
            var ahead = self
            if let low = try ahead.lowHalves(), let members = Self.pairs(halves, low) {
                self = ahead
                notes.add("halves of surrogate pairs", Self.reading(members))
                return emit(OneCharacter(members: members))
            }
        }
        if dialect.isLenient { notes.add("half of a surrogate pair", "read as what no text has") }
        emit(OneCharacter.nothing, OneCharacter())
    }

    /// Notes halves among other members of a class.
    mutating func noteHalves(_ content: ClassContent) {
        if dialect.isLenient, !content.halves.isEmpty {
            notes.add("half of a surrogate pair", "read as what no text has")
        }
    }

    /// The second halves that follow, as an escape or a class.
    private mutating func lowHalves() throws(PatternError) -> [ClosedRange<UInt32>]? {
        var halves: [ClosedRange<UInt32>] = []
        if peek() == "[" {
            let content = try readClass()
            guard content.characters.isEmpty else { return nil }
            halves = content.halves
        } else if let value = half() {
            halves = [value...value]
            position += 6
        }
        let areLow = halves.allSatisfy { Self.low.contains($0.lowerBound) && Self.low.contains($0.upperBound) }
        return halves.isEmpty || !areLow ? nil : halves
    }

    /// In a class: `\uD800\uDBFF-\uDC00\uDFFF` and `\uD800-\uDBFF\uDC00-\uDFFF`, which ECMA-262 would read as halves, and mean
    /// the characters of all pairs of them.
    mutating func surrogatePairs() -> String? {
        guard let first = half(), Self.high.contains(first) else { return nil }
        // Where the hyphen or hyphens stand, and the four escapes.
        for places in [[0, 6, 13, 19], [0, 7, 13, 20]] {
            let values = places.compactMap { half($0) }
            let hyphens = places[1] == 6 ? [12] : [6, 19]
            guard values.count == 4, hyphens.allSatisfy({ peek($0) == "-" }), values[0] <= values[1],
                values[2] <= values[3], Self.high.contains(values[1]), Self.low.contains(values[2]),
                Self.low.contains(values[3]), let members = Self.pairs([values[0]...values[1]], [values[2]...values[3]])
            else { continue }
            notes.add("halves of surrogate pairs in a class", Self.reading(members))
            position += places[3] + 6
            return members
        }
        return nil
    }

    /// The half that an escape at a place names.
    private func half(_ distance: Int = 0) -> UInt32? {
        guard peek(distance) == "\\", peek(distance + 1) == "u" else { return nil }
        var value: UInt32 = 0
        for place in 2..<6 {
            guard let scalar = peek(distance + place), scalar.isASCII, let digit = Character(scalar).hexDigitValue
            else {
                return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return Self.high.contains(value) || Self.low.contains(value) ? value : nil
    }

    private static func reading(_ members: String) -> String {
        members.utf8.count < 40
            ? "read as \(OneCharacter(members: members).spelling)" : "read as the characters that they make"
    }

    /// The members of a class for each first half with each second one; nil when they would be too many.
    private static func pairs(_ highs: [ClosedRange<UInt32>], _ lows: [ClosedRange<UInt32>]) -> String? {
        func first(_ high: UInt32) -> UInt32 { 0x10000 + (high - 0xd800) << 10 }
        var ranges: [ClosedRange<UInt32>] = []
        for highs in highs {
            if lows.contains(low) {
                ranges.append(first(highs.lowerBound)...(first(highs.upperBound) + 0x3ff))
            } else {
                guard highs.count * lows.count + ranges.count <= maximumRanges else { return nil }
                for high in highs {
                    for low in lows {
                        ranges.append((first(high) + low.lowerBound - 0xdc00)...(first(high) + low.upperBound - 0xdc00))
                    }
                }
            }
        }
        return ranges.map {
            "\\x{\(String($0.lowerBound, radix: 16))}"
                + ($0.count > 1 ? "-\\x{\(String($0.upperBound, radix: 16))}" : "")
        }.joined()
    }
}
