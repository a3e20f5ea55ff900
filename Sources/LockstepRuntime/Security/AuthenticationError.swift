/// A credential was not accepted: 401.
///
/// The client learns that the token is missing or invalid and nothing else; the reason is for the log.
public struct AuthenticationError: Error, Sendable, CustomStringConvertible {
    /// Why, for the log. A struct, so that new reasons break no one.
    public struct Reason: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
        /// The reason's stable name.
        public let rawValue: String
        /// A reason of this name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// A reason of this name.
        public init(stringLiteral value: String) { rawValue = value }

        /// No credential was sent.
        public static let missing: Reason = "missing"
        /// Not of the scheme's form.
        public static let malformed: Reason = "malformed"
        /// Signature, password or key wrong, or unknown.
        public static let invalid: Reason = "invalid"
        /// No longer valid.
        public static let expired: Reason = "expired"
        /// Withdrawn before its time.
        public static let revoked: Reason = "revoked"
    }

    /// Why, for the log.
    public let reason: Reason

    /// A refusal for this reason.
    public init(_ reason: Reason = .invalid) {
        self.reason = reason
    }

    /// A fixed sentence with the reason's name.
    public var description: String { "authentication failed: \(reason.rawValue)" }
}
