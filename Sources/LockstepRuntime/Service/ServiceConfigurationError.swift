/// Why a service cannot start: every fault of its endpoints and security, found before it answers anything.
public struct ServiceConfigurationError: Error, Sendable, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
