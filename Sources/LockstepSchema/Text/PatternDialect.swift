/// How a pattern is to be read.
struct PatternDialect {
    /// Takes what is not ECMA-262 where its intent is plain, and notes it.
    var isLenient = false
    /// The pattern is not ECMA-262, so that what has another meaning in other dialects may have that.
    var isForeign = false
    /// The pattern has what only Java and ICU have: names mean there what they mean in Java.
    var isJava = false
    /// Something refers to what a group held.
    var keepsCaptures = false
    /// Groups that are repeated are written once and called, because copies of them would be too large.
    var callsGroups = false
    /// The flags to start with.
    var flags = ECMAPattern.Flags()

    /// For a pattern that is ECMA-262, or is to be.
    static func strict(_ source: [Unicode.Scalar]) -> PatternDialect {
        PatternDialect(keepsCaptures: refersToGroups(source))
    }

    /// For a pattern that may be of another dialect.
    static func lenient(_ source: [Unicode.Scalar], isECMA: Bool) -> PatternDialect {
        PatternDialect(
            isLenient: true, isForeign: !isECMA, isJava: !isECMA && isJava(source),
            keepsCaptures: refersToGroups(source))
    }

    /// Whether anything in a pattern could be a reference to a group.
    private static func refersToGroups(_ source: [Unicode.Scalar]) -> Bool {
        source.indices.dropLast().contains { index in
            let next = source[index + 1]
            if source[index] == "\\" { return ("1"..."9").contains(next) || next == "k" || next == "g" }
            guard source[index] == "(", next == "?", index + 2 < source.count else { return false }
            let kind = source[index + 2]
            if kind == "P" { return index + 3 < source.count && source[index + 3] != "<" }
            return kind.isDigit || "(R&+-".unicodeScalars.contains(kind)
        }
    }

    private static func isJava(_ source: [Unicode.Scalar]) -> Bool {
        source.indices.contains { index in
            let rest = source[index...].prefix(3)
            if rest.elementsEqual("&&[".unicodeScalars) { return true }
            guard rest.elementsEqual("\\p{".unicodeScalars) || rest.elementsEqual("\\P{".unicodeScalars) else {
                return false
            }
            let name = String(String.UnicodeScalarView(source[(index + 3)...].prefix { $0 != "}" }))
            return UnicodeProperties.translate(name) == nil && ForeignProperties.isJava(name)
        }
    }
}
