public import LockstepRuntime
public import PlatformAPI
internal import PlatformCore

/// The operations of the tag `Payments`: turns checked inputs into calls of ``PaymentsService`` and records into answers.
///
/// What cannot be done is thrown as ``PaymentError``, which the runtime answers in the form that the client prefers.
public struct PaymentsHandler: PaymentsAPI {
    private let service: PaymentsService

    /// A handler over a service.
    public init(_ service: PaymentsService) {
        self.service = service
    }

    public func listPayments(
        _ input: ListPayments.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> ListPayments.Output {
        let filter = PaymentFilter(
            state: input.status.map(PaymentState.init), kind: input.type.map(PaymentKind.init),
            currency: input.currency?.rawValue, userID: input.userId, createdFrom: input.createdFrom,
            createdTo: input.createdTo)
        let page = try await service.page(
            filter, cursor: input.cursor, limit: Int(input.limit), for: caller(principal, context))
        let meta = PageInfo(limit: input.limit, hasMore: page.nextCursor != nil, nextCursor: page.nextCursor)
        return .ok(PaymentPage(data: try page.payments.map { try Payment($0) }, meta: meta))
    }

    public func createPayment(
        _ input: CreatePayment.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> CreatePayment.Output {
        let body = input.body
        let order = PaymentOrder(
            kind: PaymentKind(body.type), amount: body.amount, currency: body.currency.rawValue,
            text: body.description, metadata: body.metadata ?? [:], onBehalfOf: body.onBehalfOf)
        let made = try await service.create(order, key: input.idempotencyKey, for: caller(principal, context))
        return .created(
            PaymentResponse(data: try Payment(made.payment)), etag: made.payment.entityTag.text,
            location: "/api/payments/\(made.payment.id.text)", idempotencyReplayed: made.isReplay ? true : nil)
    }

    public func getPayment(
        _ input: GetPayment.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> GetPayment.Output {
        let found = try await service.payment(input.id, for: caller(principal, context))
        let tag = found.payment.entityTag
        if let known = input.ifNoneMatch, tag.matchesWeakly(known) { return .notModified(etag: tag.text) }
        return .ok(PaymentResponse(data: try Payment(found)), etag: tag.text)
    }

    public func updatePayment(
        _ input: UpdatePayment.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> UpdatePayment.Output {
        let changed = try await service.update(
            input.id, text: input.body.description, metadata: input.body.metadata, amount: input.body.amount,
            ifMatch: input.ifMatch, for: caller(principal, context))
        return .ok(PaymentResponse(data: try Payment(changed)), etag: changed.entityTag.text)
    }

    public func cancelPayment(
        _ input: CancelPayment.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> CancelPayment.Output {
        let cancelled = try await service.cancel(input.id, ifMatch: input.ifMatch, for: caller(principal, context))
        return .ok(PaymentResponse(data: try Payment(cancelled)), etag: cancelled.entityTag.text)
    }

    public func changePaymentStatus(
        _ input: ChangePaymentStatus.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> ChangePaymentStatus.Output {
        let moved = try await service.changeState(
            of: input.id, to: PaymentState(input.body.status), reason: input.body.reason, ifMatch: input.ifMatch,
            for: caller(principal, context))
        return .ok(PaymentResponse(data: try Payment(moved)), etag: moved.entityTag.text)
    }

    /// Our authenticator names accounts by UUID; a principal that does not is none of ours.
    private func caller(_ principal: Principal, _ context: RequestContext) throws -> Caller {
        guard let caller = Caller(principal, from: Origin(context)) else { throw AuthenticationError(.invalid) }
        return caller
    }
}
