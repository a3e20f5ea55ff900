import LockstepPostgres
import LockstepRuntime
import PlatformCore
import PlatformPayments
import PlatformTestSupport
import Synchronization

/// A payments service over a fresh database with an account of each role.
struct PaymentsFixture: Sendable {
    let service: PaymentsService
    let provider: CountingProvider
    let time: ManualTime
    let database: PlatformDatabase
    let customer: Caller
    let otherCustomer: Caller
    let vendor: Caller
    let admin: Caller
    let customerID: UUID

    /// Sends an order with a key of its own.
    func pay(
        _ amount: String = "10.50", _ currency: String = "EUR", metadata: [String: String] = [:],
        as caller: Caller? = nil, key: String = UUID().text
    ) async throws -> PaymentRecord {
        let order = PaymentsFixture.order(amount, currency, metadata: metadata)
        return try await service.create(order, key: key, for: caller ?? customer).payment
    }

    /// A vendor's payment, which waits as `initiated`.
    func initiate() async throws -> PaymentRecord {
        let order = PaymentsFixture.order("20.00", "EUR", kind: .initiate)
        return try await service.create(order, key: UUID().text, for: vendor).payment
    }

    static func order(
        _ amount: String = "10.50", _ currency: String = "EUR", kind: PaymentKind = .payment,
        metadata: [String: String] = [:], onBehalfOf: UUID? = nil
    ) -> PaymentOrder {
        PaymentOrder(
            kind: kind, amount: Decimal(amount) ?? 0, currency: currency, text: nil, metadata: metadata,
            onBehalfOf: onBehalfOf)
    }
}

/// The simulator, counted, and able to hold charges back until they are released.
final class CountingProvider: PaymentProvider {
    private struct State {
        var charges: [String: Int] = [:]
        var held: [CheckedContinuation<Void, Never>] = []
        var isHolding = false
        var arrival: CheckedContinuation<Void, Never>?
    }

    private let simulator = SimulatedProvider()
    private let state = Mutex(State())

    /// Charges asked for, by key.
    var charges: [String: Int] { state.withLock { $0.charges } }

    /// From now on charges wait.
    func hold() { state.withLock { $0.isHolding = true } }

    /// Returns when a charge is waiting.
    func waitForCharge() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.held.isEmpty { state.arrival = continuation }
                return !state.held.isEmpty
            }
            if isThere { continuation.resume() }
        }
    }

    /// Lets the waiting charges go on.
    func release() {
        let held = state.withLock { state in
            state.isHolding = false
            defer { state.held = [] }
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    func charge(_ request: ChargeRequest) async throws -> ChargeOutcome {
        let waits = state.withLock { state in
            state.charges[request.key, default: 0] += 1
            return state.isHolding
        }
        if waits {
            await withCheckedContinuation { continuation in
                let arrival = state.withLock { state in
                    state.held.append(continuation)
                    defer { state.arrival = nil }
                    return state.arrival
                }
                arrival?.resume()
            }
        }
        return try await simulator.charge(request)
    }

    func outcome(of request: ChargeRequest) async throws -> ChargeOutcome {
        try await simulator.outcome(of: request)
    }
}

/// Runs `body` with a service over a database of its own.
func withPayments(_ body: @escaping @Sendable (PaymentsFixture) async throws -> Void) async throws {
    try await PlatformDatabase.with { database in
        func account(_ role: String) async throws -> (id: UUID, caller: Caller) {
            let id = UUID()
            try await database.owner.system.execute(
                """
                insert into auth.users (id, email, name, role)
                values (\(id), \(id.text + "@example.com"), 'Test', \(role))
                """)
            let principal = Principal(subject: id.text, roles: [role])
            guard let caller = Caller(principal) else { throw AuthenticationError(.invalid) }
            return (id, caller)
        }
        let customer = try await account("CUSTOMER")
        let provider = CountingProvider()
        let time = ManualTime(SystemTime().now)
        let service = PaymentsService(
            database: database.payments, provider: provider, cursorKey: Secret("a key for cursors in tests"), time: time
        )
        let fixture = PaymentsFixture(
            service: service, provider: provider, time: time, database: database, customer: customer.caller,
            otherCustomer: try await account("CUSTOMER").caller, vendor: try await account("VENDOR").caller,
            admin: try await account("ADMIN").caller, customerID: customer.id)
        try await body(fixture)
    }
}
