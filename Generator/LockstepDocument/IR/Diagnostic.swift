/// One finding about a document: what is wrong, where, and what to do.
public struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
    /// How much a finding matters.
    public enum Severity: String, Sendable, Comparable {
        /// Worth knowing; nothing needs to change.
        case note
        /// The intent is clear and was followed, but the document should change.
        case warning
        /// Nothing can be generated from this.
        case error

        public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// How much it matters.
    public var severity: Severity
    /// Where it is; `nil` for what has no place, such as a missing entry document.
    public var origin: Origin?
    /// What is wrong, one sentence without a final period.
    public var message: String
    /// What to do about it.
    public var hint: String?

    /// Makes a diagnostic.
    public init(_ severity: Severity, _ message: String, at origin: Origin?, hint: String? = nil) {
        self.severity = severity
        self.origin = origin
        self.message = message
        self.hint = hint
    }

    /// `file:line:column: error: what is wrong [#/json/pointer] (hint)`: the form that SwiftPM and editors show in place.
    public var description: String { rendered() }

    /// The same line with the file's name under `folder`, so that an editor finds the file.
    public func rendered(relativeTo folder: String? = nil) -> String {
        var line = ""
        if let origin {
            let prefix = folder.map { $0.isEmpty || $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
            line += "\(prefix)\(origin.file):\(origin.line):\(origin.column): "
        }
        line += "\(severity.rawValue): \(message)"
        if let origin, !origin.pointer.isEmpty { line += " [#\(origin.pointer)]" }
        if let hint { line += " (\(hint))" }
        return line
    }
}
