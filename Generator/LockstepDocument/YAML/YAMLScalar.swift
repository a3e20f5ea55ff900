/// The YAML 1.2 core schema: what an unquoted scalar is.
///
/// `yes`, `no`, `on`, `off` and dates are strings. Numbers keep their digits, rewritten only where JSON writes them
/// differently: `+1`, `007`, `.5`, `1.`, `0x1F` and `0o17`.
enum YAMLScalar {
    /// What a plain scalar means.
    static func plain(_ text: String) -> Node.Content {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: return number(text).map(Node.Content.number) ?? .string(text)
        }
    }

    /// What a scalar with an explicit tag means; `nil` where the text does not fit the tag.
    static func tagged(_ text: String, tag: String) -> Node.Content? {
        switch tag {
        case "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:binary", "tag:yaml.org,2002:timestamp":
            return .string(text)
        case "tag:yaml.org,2002:null": return .null
        case "tag:yaml.org,2002:bool":
            if case .bool(let flag) = plain(text) { return .bool(flag) }
            return nil
        case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float": return number(text).map(Node.Content.number)
        default: return nil
        }
    }

    /// The number in JSON's form, or `nil` for what is none.
    static func number(_ text: String) -> String? {
        var rest = text[...].utf8
        guard let first = rest.first, isDigit(first) || [UInt8(ascii: "-"), 0x2B, 0x2E].contains(first) else {
            return nil
        }
        if text.hasPrefix("0x") {
            return Int(text.dropFirst(2), radix: 16).flatMap { text.contains("-") ? nil : "\($0)" }
        }
        if text.hasPrefix("0o") {
            return Int(text.dropFirst(2), radix: 8).flatMap { text.contains("-") ? nil : "\($0)" }
        }
        var result = ""
        if first == UInt8(ascii: "-") { result = "-" }
        if !isDigit(first), first != UInt8(ascii: ".") { rest = rest.dropFirst() }
        let whole = takeDigits(&rest)
        var fraction = ""
        var hasPoint = false
        if rest.first == UInt8(ascii: ".") {
            hasPoint = true
            rest = rest.dropFirst()
            fraction = takeDigits(&rest)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        let significant = whole.drop { $0 == "0" }
        result += significant.isEmpty ? "0" : significant
        if hasPoint { result += "." + (fraction.isEmpty ? "0" : fraction) }
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            result += "e"
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                rest = rest.dropFirst()
                if sign == UInt8(ascii: "-") { result += "-" }
            }
            let exponent = takeDigits(&rest)
            guard !exponent.isEmpty else { return nil }
            result += exponent
        }
        return rest.isEmpty ? result : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func takeDigits(_ rest: inout Substring.UTF8View) -> String {
        let digits = rest.prefix(while: isDigit)
        rest = rest.dropFirst(digits.count)
        return String(Substring(digits))
    }
}
