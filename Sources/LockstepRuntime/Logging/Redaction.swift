/// Keeps secrets out of log lines: by the name of a field, and by the look of a text.
///
/// This is the second line of defence; the first is not to log secrets at all.
enum Redaction {
    static let replacement = "[redacted]"

    /// Endings of field names (in lower case, without `_` and `-`) whose values are never written.
    private static let secretEndings = [
        "password", "passwd", "passphrase", "secret", "token", "authorization", "cookie", "apikey", "credential",
        "credentials", "privatekey", "cardnumber", "challenge",
    ]

    /// Whole field names, too short to look for as endings.
    private static let secretNames: Set<String> = ["otp", "pin", "cvv", "cvc", "pan"]

    static func redacted(_ field: LogField) -> LogField {
        if isSecret(name: field.name) { return LogField(field.name, .string(replacement)) }
        if case .string(let text) = field.value { return LogField(field.name, .string(redacted(text: text))) }
        return field
    }

    static func isSecret(name: String) -> Bool {
        let plain = name.lowercased().filter { $0 != "_" && $0 != "-" }
        return secretNames.contains(plain) || secretEndings.contains { plain.hasSuffix($0) }
    }

    /// The text with bearer tokens, JWTs and URL passwords blotted out, word by word.
    static func redacted(text: String) -> String {
        guard looksSuspicious(text) else { return text }
        var words: [String] = []
        var followsScheme = false
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            words.append(followsScheme || isSecret(word: word) ? replacement : String(word))
            let lower = word.lowercased()
            followsScheme = lower.hasSuffix("bearer") || lower.hasSuffix("basic")
        }
        return words.joined(separator: " ")
    }

    private static func looksSuspicious(_ text: String) -> Bool {
        let lower = text.lowercased()
        return lower.contains("bearer ") || lower.contains("basic ") || text.contains("eyJ") || text.contains("://")
    }

    private static func isSecret(word: Substring) -> Bool {
        if word.contains("eyJ"), word.filter({ $0 == "." }).count >= 2 { return true }
        guard let scheme = word.firstRange(of: "://") else { return false }
        let authority = word[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return authority.contains("@") && authority.contains(":")
    }
}
