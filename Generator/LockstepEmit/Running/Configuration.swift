public import LockstepDocument

/// What `lockstep.yaml` says: plain `key: value` lines, so that the build plugin can read them too.
///
/// ```yaml
/// document: api/openapi.yaml
/// shards: 8
/// inputs: ../shared/money.yaml, ../shared/errors.yaml
/// tags: Users, Payments
/// paths: /v1/customers*
/// operations: createRefund
/// receive: /hooks
/// verbose: true
/// ```
public struct Configuration: Sendable, Equatable {
    /// The name of the file.
    public static let fileName = "lockstep.yaml"
    /// The documents that are looked for, in order, where no file says which.
    public static let documentNames = ["openapi.yaml", "openapi.yml", "openapi.json"]
    /// The most shards that can be asked for; more would be smaller than a compiler's fixed cost.
    public static let shardRange = 1...99

    /// The entry document, relative to the folder of the configuration.
    public var document: String?
    /// The number of files that types and operations are divided into, each.
    ///
    /// By default by the size of the documents: see `Generator.shards(forBytes:)`.
    public var shards: Int?
    /// Files outside the target's folder that the document refers to.
    public var inputs: [String]
    /// The part of the document that is generated.
    public var selection: Selection
    /// The path below which the document's webhooks are received; where there is none, they are sent.
    public var receiving: String?
    /// Whether the build says what takes how long.
    public var isVerbose: Bool

    public init(
        document: String? = nil, shards: Int? = nil, inputs: [String] = [],
        selection: Selection = Selection(), receiving: String? = nil, isVerbose: Bool = false
    ) {
        self.receiving = receiving
        self.isVerbose = isVerbose
        self.document = document
        self.shards = shards
        self.inputs = inputs
        self.selection = selection
    }

    /// Reads the lines; everything that is wrong is a diagnostic.
    public static func parse(_ text: String, file: String = fileName) -> (Configuration, [Diagnostic]) {
        var configuration = Configuration()
        var diagnostics: [Diagnostic] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let content = line.prefix { $0 != "#" }.trimmingSpaces()
            if content.isEmpty || content == "---" { continue }
            if let message = configuration.read(content) {
                let column = line.prefix { $0 == " " }.count + 1
                diagnostics.append(
                    Diagnostic(
                        .error, message, at: Origin(file: file, line: index + 1, column: column),
                        hint: "lines are 'document: FILE', 'shards: NUMBER', 'inputs: FILE, FILE', 'tags: NAME, NAME', "
                            + "'paths: /PATH, /START*', 'operations: ID, ID', 'receive: /PATH' and 'verbose: true'"))
            }
        }
        return (configuration, diagnostics)
    }

    /// Reads one line; the answer is what is wrong with it.
    private mutating func read(_ line: Substring) -> String? {
        guard let colon = line.firstIndex(of: ":") else { return "this line is no 'key: value'" }
        let key = line[..<colon].trimmingSpaces()
        let value = String(Self.unquoted(line[line.index(after: colon)...].trimmingSpaces()))
        switch key {
        case "document":
            if value.isEmpty { return "'document' names no file" }
            document = value
        case "shards":
            guard let number = Int(value), Self.shardRange.contains(number) else {
                return "'shards' must be a number from \(Self.shardRange.lowerBound) to \(Self.shardRange.upperBound)"
            }
            shards = number
        case "inputs":
            inputs = Self.list(value)
        case "tags": selection.tags = Self.list(value)
        case "paths": selection.paths = Self.list(value)
        case "operations": selection.operations = Self.list(value)
        case "receive":
            guard Self.isPath(value) else { return "'receive' must be a path like '/hooks'" }
            receiving = value
        case "verbose":
            guard ["true", "false"].contains(value) else { return "'verbose' must be true or false" }
            isVerbose = value == "true"
        default: return "there is no setting '\(key)'"
        }
        return nil
    }

    /// Whether webhooks can be received below a path: segments of plain characters, no slash at the end.
    public static func isPath(_ text: String) -> Bool {
        guard text.hasPrefix("/") else { return false }
        return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).allSatisfy { segment in
            !segment.isEmpty && segment.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.~".contains($0)) }
        }
    }

    /// Words between commas, each as it is or in quotes.
    public static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { String(unquoted($0.trimmingSpaces())) }.filter { !$0.isEmpty }
    }

    private static func unquoted(_ text: Substring) -> Substring {
        for quote in ["\"", "'"] where text.count >= 2 && text.hasPrefix(quote) && text.hasSuffix(quote) {
            return text.dropFirst().dropLast()
        }
        return text
    }
}
