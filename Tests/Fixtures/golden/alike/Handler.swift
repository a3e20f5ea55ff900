public import LockstepRuntime

/// Hands over what it was sent, from one place of the document to another.
public struct Handler: DefaultAPI {
    public init() {}

    public func createOrder(_ input: CreateOrder.Input, _ context: RequestContext) async throws -> CreateOrder.Output {
        // One type under two names, and one that is its own.
        let address: Order.Address = input.body.address
        let kind: Order.Sender.Address.Kind = address.kind
        return .ok(
            Order(address: address, sender: Order.Sender(address: Order.Sender.Address(city: "Bern", kind: kind))))
    }

    public func getWeights(_ input: GetWeights.Input, _ context: RequestContext) async throws -> GetWeights.Output {
        .noContent
    }
}
