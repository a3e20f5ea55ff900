import LockstepJSON

/// RFC 5893: in a host name that holds letters or digits that run from right to left, each label keeps to one direction.
///
/// The directions of characters come from PCRE2's Unicode tables.
enum BidiRule {
    /// Whether the labels of a host name keep the rule; labels of ASCII in their decoded form.
    static func isKept(_ labels: [[Unicode.Scalar]]) -> Bool {
        guard labels.joined().contains(where: { $0.value >= 0x590 }), let patterns else { return true }
        let texts = labels.map { label in
            var text = String.UnicodeScalarView()
            text.append(contentsOf: label)
            return Array(String(text).utf8)
        }
        let matcher = patterns.takeMatcher()
        defer { patterns.giveBack(matcher) }
        // No label of at most 63 characters reaches a limit under these two patterns.
        func matches(_ pattern: Int, _ text: [UInt8]) -> Bool {
            text.withUnsafeBufferPointer { matcher.matches(patterns.codes[pattern], ByteView($0), 0, $0.count) == true }
        }
        guard texts.contains(where: { matches(rightToLeft, $0) }) else { return true }
        return texts.allSatisfy { matches(label, $0) }
    }

    private static let rightToLeft = 0
    private static let label = 1

    /// Nil with a PCRE2 older than 10.40, which does not know directions: then the rule is not checked.
    private static let patterns: PatternSet? = {
        func characters(_ classes: String) -> String {
            "[" + classes.split(separator: " ").map { "\\p{bidi_class:\($0)}" }.joined() + "]"
        }
        let neutral = "EN ES CS ET ON BN NSM"
        // Rules 1 to 4, and 1, 5, 6 of section 2.
        let right =
            "(?=\(characters("R AL")))(?!.*\(characters("EN")).*\(characters("AN")))"
            + "(?!.*\(characters("AN")).*\(characters("EN")))"
            + "\(characters("R AL AN " + neutral))*\(characters("R AL AN EN"))\(characters("NSM"))*"
        let left =
            "(?=\(characters("L")))\(characters("L " + neutral))*\(characters("L EN"))\(characters("NSM"))*"
        let all = [characters("R AL AN"), "^(?:\(right)|\(left))$"]
        return try? PatternSet(all, sources: ["rightToLeft", "label"].map { "(?=)\($0)" })
    }()
}
