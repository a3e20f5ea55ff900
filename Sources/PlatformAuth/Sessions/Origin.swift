/// Where a request came from, for the audit trail.
public struct Origin: Sendable, Equatable {
    /// An IP address, or nil where it is not known.
    public let address: String?

    /// An origin. What is not made of the characters of an address counts as unknown.
    public init(address: String) {
        let isPlausible =
            !address.isEmpty && address.utf8.count <= 45
            && address.allSatisfy { $0.isHexDigit || $0 == "." || $0 == ":" }
        self.address = isPlausible ? address : nil
    }
}
