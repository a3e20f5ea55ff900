/// Names in the document turned into the Swift names that a person would choose.
///
/// A name is cut into words at everything that is no letter or digit; capitals inside a word stay, so that
/// `userID`, `user_id` and `user-id` become `userID`, `userId` and `userId`. A word in capitals only, such as `ADMIN` or
/// `API_KEY`, is read as lower case where the whole name is written so.
enum SwiftName {
    /// `payment_request` → `PaymentRequest`: for types.
    static func type(_ raw: String) -> String {
        let name = unreservedType(raw)
        // In a script without capitals it would be the name of the property, too.
        return name.prefix(1).lowercased() == name.prefix(1) ? name + "Model" : ReservedWords.escapedType(name)
    }

    /// A type's name to which something is added, so that it cannot be a reserved one.
    static func unreservedType(_ raw: String) -> String {
        // A short word in capitals is an acronym; a longer one is a word that was shouted.
        let isAcronym = raw.count <= 4 && raw.allSatisfy { $0.isASCII && $0.isUppercase }
        return isAcronym && !raw.isEmpty
            ? raw : startingWithLetter(words(of: raw).map(capitalised).joined(), prefix: "Value")
    }

    /// `Payment-Method` → `paymentMethod`: for properties, cases, functions and labels, without backticks.
    static func member(_ raw: String) -> String {
        let words = words(of: raw)
        guard let first = words.first else { return startingWithLetter("", prefix: "value") }
        let joined = decapitalised(first) + words.dropFirst().map(capitalised).joined()
        // `self` means itself even in backticks; the others are what every enumeration has.
        if ["self", "allCases", "rawValue", "rawValues"].contains(joined) { return joined + "Value" }
        return startingWithLetter(joined, prefix: "value")
    }

    /// The name as written in source: in backticks where the language needs them.
    static func escaped(_ name: String) -> String {
        ReservedWords.keywords.contains(name) ? "`\(name)`" : name
    }

    /// The name behind a dot, where few words need backticks.
    static func afterDot(_ name: String) -> String {
        ["init", "self", "Type", "Protocol"].contains(name) ? "`\(name)`" : name
    }

    /// The name as an argument label with a parameter of the same name.
    static func escapedLabel(_ name: String) -> String {
        escaped(name)
    }

    /// The name as the label of an argument in a call, where all but one word need no backticks, and Swift warns of them.
    static func callLabel(_ name: String) -> String {
        name == "inout" ? "`\(name)`" : name
    }

    /// The words of a name, still in their own case.
    private static func words(of raw: String) -> [String] {
        var words: [String] = []
        var current = ""
        func flush() {
            if !current.isEmpty { words.append(current) }
            current = ""
        }
        for character in raw {
            if isWordCharacter(character) {
                current.append(character)
            } else {
                flush()
                if let word = spokenSigns[character], words.isEmpty { words.append(word) }
            }
        }
        flush()
        let letters = raw.filter(\.isLetter)
        if letters.count > 1 && letters.allSatisfy({ $0.isUppercase }) { return words.map { $0.lowercased() } }
        return words
    }

    /// Signs that carry the meaning of a name when it starts with them, as in `+1`, `-created` and `$ref`.
    private static let spokenSigns: [Character: String] = [
        "+": "plus", "-": "minus", "*": "star", "<": "less", ">": "greater", "=": "equal", "!": "not",
    ]

    private static func isWordCharacter(_ character: Character) -> Bool {
        // Most names are ASCII, for which the Unicode tables are a long way round.
        guard let byte = character.asciiValue else {
            return (character.isLetter || character.isNumber) && isAllowed(character)
        }
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return true
        default: return false
        }
    }

    /// Letters and digits that Swift takes in an identifier.
    private static func isAllowed(_ character: Character) -> Bool {
        character.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                ? scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                : scalar.properties.isXIDContinue
        }
    }

    private static func capitalised(_ word: String) -> String {
        guard let first = word.first else { return word }
        return first.uppercased() + word.dropFirst()
    }

    /// `Payment` → `payment`, `URLPath` → `urlPath`, `ID` → `id`.
    private static func decapitalised(_ word: String) -> String {
        let capitals = word.prefix { $0.isUppercase }
        if capitals.count <= 1 { return word.prefix(1).lowercased() + word.dropFirst() }
        let rest = word[capitals.endIndex...]
        let isAcronymAlone = rest.isEmpty || rest.first?.isNumber == true || rest == "s"
        let lowered = isAcronymAlone ? capitals.count : capitals.count - 1
        return word.prefix(lowered).lowercased() + word.dropFirst(lowered)
    }

    private static func startingWithLetter(_ name: String, prefix: String) -> String {
        guard let first = name.first else { return prefix }
        return first.isLetter ? name : prefix + name
    }
}

extension SwiftName {
    /// The name of one element of a list, for the type of its items: `payments` → `payment`.
    static func singular(_ name: String) -> String {
        let lower = name.lowercased()
        if lower.hasSuffix("ies"), name.count > 4 { return String(name.dropLast(3)) + "y" }
        for ending in ["sses", "shes", "ches", "xes", "zes"] where lower.hasSuffix(ending) {
            return String(name.dropLast(2))
        }
        let keepsItsS = lower.hasSuffix("ss") || lower.hasSuffix("us") || lower.hasSuffix("is")
        if lower.hasSuffix("s"), !keepsItsS, name.count > 2 { return String(name.dropLast()) }
        return name + "Element"
    }
}
