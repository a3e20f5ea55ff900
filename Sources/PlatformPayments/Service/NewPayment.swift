public import LockstepRuntime
internal import PlatformCore

/// A payment that is to be made.
public struct NewPayment: Sendable {
    let id: UUID
    let userID: UUID
    let kind: PaymentKind
    let money: Money
    let text: String?
    let metadata: [String: String]
}

/// What a caller asks for, before it is known whether the caller may.
public struct PaymentOrder: Sendable {
    public var kind: PaymentKind
    public var amount: Decimal
    public var currency: String
    public var text: String?
    public var metadata: [String: String]
    public var onBehalfOf: UUID?

    /// An order.
    public init(
        kind: PaymentKind, amount: Decimal, currency: String, text: String? = nil, metadata: [String: String] = [:],
        onBehalfOf: UUID? = nil
    ) {
        self.kind = kind
        self.amount = amount
        self.currency = currency
        self.text = text
        self.metadata = metadata
        self.onBehalfOf = onBehalfOf
    }

    /// SHA-256 over everything asked for: two orders with the same hash are the same request.
    func hash(_ money: Money) -> [UInt8] {
        var parts = [
            kind.rawValue, String(money.minorUnits), money.currency, text.map { "=" + $0 } ?? "",
            onBehalfOf?.uuidString ?? "",
        ]
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { parts += [key, value] }
        var bytes: [UInt8] = []
        for part in parts {
            // A length before each part: no two lists of parts make the same bytes.
            withUnsafeBytes(of: UInt32(part.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: part.utf8)
        }
        return Digest.sha256(bytes)
    }
}

/// A caller's idempotency key with the request it was sent with.
struct IdempotencyKey: Sendable {
    let userID: UUID
    let key: String
    let requestHash: [UInt8]
}
