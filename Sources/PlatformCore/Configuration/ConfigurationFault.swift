/// One thing that is wrong with the configuration: which variable, and what it should be. Never its value.
public struct ConfigurationFault: Sendable, Equatable, CustomStringConvertible {
    /// The variable's name.
    public let variable: String
    /// What it must be.
    public let rule: String

    /// A fault of this variable.
    public init(variable: String, rule: String) {
        self.variable = variable
        self.rule = rule
    }

    public var description: String { "\(variable) \(rule)" }
}

/// Every fault of a configuration at once.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
    /// In the order in which the variables are documented.
    public let faults: [ConfigurationFault]

    /// An error of these faults.
    public init(faults: [ConfigurationFault]) { self.faults = faults }

    public var description: String {
        "the configuration has \(faults.count) fault\(faults.count == 1 ? "" : "s"):"
            + faults.map { "\n  \($0)" }.joined()
    }
}
