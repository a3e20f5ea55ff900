/// What a payment is for.
public enum PaymentKind: String, CaseIterable, Sendable {
    /// Asked for by a vendor.
    case initiate
    /// Made by a customer.
    case payment
}
