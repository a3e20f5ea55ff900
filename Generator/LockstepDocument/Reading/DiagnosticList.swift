/// Collects diagnostics in the order in which they are found, without repeats and bounded in number.
final class DiagnosticList {
    private(set) var all: [Diagnostic] = []
    private var seen: Set<Diagnostic> = []
    private var dropped = 0
    /// How many findings there are of each kind, errors aside; those beyond the limit are counted only.
    private var counts: [String: Int] = [:]
    private var alike = 0
    private static let kindLimit = 20
    private static let limit = 1000
    private static let hintLimit = 200

    /// Whether any is an error.
    private(set) var hasErrors = false

    func add(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { hasErrors = true }
        guard seen.insert(diagnostic).inserted else { return }
        if diagnostic.severity < .error, case let kind = Self.kind(of: diagnostic) {
            counts[kind, default: 0] += 1
            guard counts[kind, default: 0] <= Self.kindLimit else {
                alike += 1
                return
            }
        }
        guard all.count < Self.limit else {
            dropped += 1
            return
        }
        all.append(diagnostic)
    }

    func error(_ message: String, at place: Place, hint: @autoclosure () -> String? = nil) {
        add(.error, message, at: place, hint: hint)
    }

    func warning(_ message: String, at place: Place, hint: @autoclosure () -> String? = nil) {
        add(.warning, message, at: place, hint: hint)
    }

    func note(_ message: String, at place: Place, hint: @autoclosure () -> String? = nil) {
        add(.note, message, at: place, hint: hint)
    }

    /// Hints may take a search, so the first findings have them.
    private func add(_ severity: Diagnostic.Severity, _ message: String, at place: Place, hint: () -> String?) {
        add(Diagnostic(severity, message, at: place.origin, hint: all.count < Self.hintLimit ? hint() : nil))
    }

    /// Everything by file (in the order of `files`), then by place.
    func sorted(files: [String]) -> [Diagnostic] {
        let order = Dictionary(files.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        func key(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
            guard let origin = diagnostic.origin else { return (-1, 0, 0) }
            return (order[origin.file] ?? files.count, origin.line, origin.column)
        }
        var result = all.enumerated().sorted { left, right in
            let (leftKey, rightKey) = (key(left.element), key(right.element))
            return leftKey == rightKey ? left.offset < right.offset : leftKey < rightKey
        }.map(\.element)
        if alike > 0 {
            let message = "\(alike) more findings are like others of which \(Self.kindLimit) are shown"
            result.append(Diagnostic(.note, message, at: nil))
        }
        if dropped > 0 {
            result.append(Diagnostic(.note, "\(dropped) more findings are not shown", at: nil))
        }
        return result
    }

    /// A message without the names in it.
    private static func kind(of diagnostic: Diagnostic) -> String {
        var kind = "\(diagnostic.severity)"
        for (index, part) in diagnostic.message.split(separator: "'", omittingEmptySubsequences: false).enumerated()
        where index.isMultiple(of: 2) {
            kind += part
        }
        return kind
    }
}
