/// Reads typed values by variable name and collects what is wrong with them, so that all faults are told at once.
struct ConfigurationReader {
    private let variables: [String: String]
    private let readFile: (String) throws -> [UInt8]
    private(set) var faults: [ConfigurationFault] = []

    init(_ variables: [String: String], readFile: @escaping (String) throws -> [UInt8]) {
        self.variables = variables
        self.readFile = readFile
    }

    /// Remembers that `variable` breaks `rule`.
    mutating func fault(_ variable: String, _ rule: String) {
        faults.append(ConfigurationFault(variable: variable, rule: rule))
    }

    /// The variable's text; an empty one counts as unset.
    func text(_ name: String) -> String? {
        guard let value = variables[name], !value.isEmpty else { return nil }
        return value
    }

    /// A secret from `NAME` or, for Docker and Kubernetes, from the file that `NAME_FILE` names.
    mutating func secret(_ name: String, minimum: Int = 1) -> Secret? {
        let file = text(name + "_FILE")
        if let direct = text(name) {
            if file != nil { fault(name + "_FILE", "must not be set beside \(name)") }
            return checked(Secret(direct), name, minimum)
        }
        guard let file else { return nil }
        guard var bytes = try? readFile(file) else {
            fault(name + "_FILE", "names a file that cannot be read")
            return nil
        }
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
        return checked(Secret(bytes), name + "_FILE", minimum)
    }

    private mutating func checked(_ secret: Secret, _ name: String, _ minimum: Int) -> Secret? {
        if secret.bytes.count >= minimum { return secret }
        fault(name, "must have at least \(minimum) characters")
        return nil
    }

    mutating func int(_ name: String, _ range: ClosedRange<Int>, default value: Int) -> Int {
        guard let text = text(name) else { return value }
        guard let number = Int(text), range.contains(number) else {
            fault(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return value
        }
        return number
    }

    mutating func bool(_ name: String, default value: Bool) -> Bool {
        guard let text = text(name) else { return value }
        switch text.lowercased() {
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off": return false
        default:
            fault(name, "must be true or false")
            return value
        }
    }

    mutating func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ name: String, default value: Choice
    ) -> Choice {
        guard let text = text(name) else { return value }
        guard let choice = Choice(rawValue: text) else {
            fault(name, "must be one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
            return value
        }
        return choice
    }

    /// Seconds, written `900`, `900s`, `15m`, `12h` or `7d`.
    mutating func duration(_ name: String, _ range: ClosedRange<Int>, default value: Int) -> Int {
        guard let text = text(name) else { return value }
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        let digits = unit == nil ? text[...] : text.dropLast()
        guard let number = Int(digits), number >= 0,
            case let (seconds, overflow) = number.multipliedReportingOverflow(by: unit ?? 1), !overflow,
            range.contains(seconds)
        else {
            fault(
                name,
                "must be a duration such as 900, 15m, 12h or 7d, from \(range.lowerBound) to \(range.upperBound) seconds"
            )
            return value
        }
        return seconds
    }

    /// An URL with one of the `schemes`.
    mutating func url(_ name: String, schemes: [String], _ value: Secret?) -> Secret? {
        guard let value else { return nil }
        let text = value.text
        guard schemes.contains(where: { text.hasPrefix($0 + "://") && text.utf8.count > $0.utf8.count + 3 }) else {
            fault(name, "must be a URL that begins with " + schemes.map { $0 + "://" }.joined(separator: " or "))
            return nil
        }
        return value
    }

    /// Names separated by commas.
    func list(_ name: String) -> [String] {
        guard let text = text(name) else { return [] }
        return text.split(separator: ",").map { item in
            var item = item
            while item.first == " " { item.removeFirst() }
            while item.last == " " { item.removeLast() }
            return String(item)
        }.filter { !$0.isEmpty }
    }
}
