internal import LockstepRuntime

/// A payment as it was when the first request with an idempotency key was answered, kept as JSON.
enum PaymentSnapshot {
    static func json(_ payment: PaymentRecord) -> JSONValue {
        .object([
            JSONMember(key: "id", value: .string(payment.id.uuidString)),
            JSONMember(key: "userId", value: .string(payment.userID.uuidString)),
            JSONMember(key: "kind", value: .string(payment.kind.rawValue)),
            JSONMember(key: "state", value: .string(payment.state.rawValue)),
            JSONMember(key: "minorUnits", value: .number(String(payment.money.minorUnits))),
            JSONMember(key: "currency", value: .string(payment.money.currency)),
            JSONMember(key: "text", value: payment.text.map { .string($0) } ?? .null),
            JSONMember(key: "metadata", value: PaymentRecord.json(payment.metadata)),
            JSONMember(key: "version", value: .number(String(payment.version))),
            JSONMember(key: "createdAt", value: .string("\(payment.createdAt)")),
            JSONMember(key: "updatedAt", value: .string("\(payment.updatedAt)")),
        ])
    }

    /// Reads what ``json(_:)`` wrote; nil for anything else.
    static func payment(_ json: JSONValue) -> PaymentRecord? {
        guard let id = text(json, "id").flatMap({ UUID(text: $0) }),
            let user = text(json, "userId").flatMap({ UUID(text: $0) }),
            let kind = text(json, "kind").flatMap({ PaymentKind(rawValue: $0) }),
            let state = text(json, "state").flatMap({ PaymentState(rawValue: $0) }),
            let units = number(json, "minorUnits").flatMap({ Int64($0) }), let currency = text(json, "currency"),
            let version = number(json, "version").flatMap({ Int32($0) }),
            let createdAt = text(json, "createdAt").flatMap({ Timestamp($0) }),
            let updatedAt = text(json, "updatedAt").flatMap({ Timestamp($0) })
        else { return nil }
        return PaymentRecord(
            id: id, userID: user, kind: kind, state: state, money: Money(minorUnits: units, currency: currency),
            text: text(json, "text"), metadata: PaymentRecord.texts(json["metadata"] ?? .null), version: version,
            createdAt: createdAt, updatedAt: updatedAt)
    }

    private static func text(_ json: JSONValue, _ key: String) -> String? {
        if case .string(let text)? = json[key] { text } else { nil }
    }

    private static func number(_ json: JSONValue, _ key: String) -> String? {
        if case .number(let text)? = json[key] { text } else { nil }
    }
}
