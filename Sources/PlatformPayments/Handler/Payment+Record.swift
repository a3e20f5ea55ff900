internal import LockstepRuntime
internal import PlatformAPI

extension Payment {
    /// A currency in the database that the document does not list.
    struct UndocumentedCurrency: Error {}

    private static let currencies: CurrencyTable<Currency?> = {
        var currencies = CurrencyTable<Currency?>(repeating: nil)
        for currency in Currency.allCases { currencies.set(currency, for: currency.rawValue) }
        return currencies
    }()

    /// A payment as the document describes it.
    init(_ record: PaymentRecord, timeline: [TimelineEntry]? = nil) throws {
        guard let currency = Self.currencies[record.money.currency] ?? nil else { throw UndocumentedCurrency() }
        self.init(
            id: record.id, userId: record.userID, type: PaymentType(record.kind), status: PaymentStatus(record.state),
            amount: record.money.amount, amountMinor: Int(record.money.minorUnits), currency: currency,
            description: record.text, metadata: record.metadata, version: record.version,
            createdAt: record.createdAt, updatedAt: record.updatedAt, timeline: timeline)
    }

    /// A payment with its timeline.
    init(_ found: PaymentWithTimeline) throws {
        let timeline = found.steps.map { step in
            TimelineEntry(status: PaymentStatus(step.state), at: step.at, reason: step.reason)
        }
        try self.init(found.payment, timeline: timeline)
    }
}

extension PaymentStatus {
    init(_ state: PaymentState) {
        switch state {
        case .pending: self = .pending
        case .initiated: self = .initiated
        case .processing: self = .processing
        case .completed: self = .completed
        case .failed: self = .failed
        case .cancelled: self = .cancelled
        }
    }
}

extension PaymentState {
    init(_ status: PaymentStatus) {
        switch status {
        case .pending: self = .pending
        case .initiated: self = .initiated
        case .processing: self = .processing
        case .completed: self = .completed
        case .failed: self = .failed
        case .cancelled: self = .cancelled
        }
    }
}

extension PaymentType {
    init(_ kind: PaymentKind) {
        switch kind {
        case .initiate: self = .initiate
        case .payment: self = .payment
        }
    }
}

extension PaymentKind {
    init(_ type: PaymentType) {
        switch type {
        case .initiate: self = .initiate
        case .payment: self = .payment
        }
    }
}
