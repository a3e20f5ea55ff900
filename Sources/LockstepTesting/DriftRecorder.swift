public import LockstepRuntime
import Synchronization

/// Counts which operations answered with which statuses, and collects every difference from the document.
///
/// Give it to ``APIService/Configuration/recorder``, run the tests, then call ``check()`` and look at ``unseen(of:)``.
public final class DriftRecorder: ResponseRecorder {
    /// An operation and a status.
    public struct Pair: Sendable, Hashable, Comparable, CustomStringConvertible {
        /// The operation.
        public let operationID: String
        /// The status code.
        public let status: Int

        /// Orders by operation, then status.
        public static func < (left: Pair, right: Pair) -> Bool {
            (left.operationID, left.status) < (right.operationID, right.status)
        }

        /// `createPayment 201`
        public var description: String { "\(operationID) \(status)" }
    }

    private struct State {
        var counts: [Pair: Int] = [:]
        var violations: [String] = []
    }

    private let state = Mutex(State())

    /// An empty recorder.
    public init() {}

    /// Takes one observation. At most 1000 violations are kept.
    public func record(_ observation: ResponseObservation) {
        let pair = Pair(operationID: observation.route.operationID, status: observation.status.code)
        state.withLock { state in
            state.counts[pair, default: 0] += 1
            for violation in observation.violations where state.violations.count < 1000 {
                state.violations.append("\(observation.route) \(observation.status.code): \(violation)")
            }
        }
    }

    /// How often each operation gave each status.
    public var counts: [Pair: Int] { state.withLock { $0.counts } }

    /// Every difference from the document that was seen.
    public var violations: [String] { state.withLock { $0.violations } }

    /// Fails if a response differed from the document.
    public func check() throws(ResponseMismatch) {
        let violations = violations
        guard violations.isEmpty else {
            throw ResponseMismatch("\(violations.count) responses drifted:\n" + violations.joined(separator: "\n"))
        }
    }

    /// The declared statuses that no response had, in order. Ranges and `default` are not counted.
    public func unseen(of table: RouteTable) -> [Pair] {
        let seen = counts
        var unseen: [Pair] = []
        for route in table.routes {
            for response in route.responses {
                guard case .code(let code) = response.status else { continue }
                let pair = Pair(operationID: route.operationID, status: code)
                if seen[pair] == nil { unseen.append(pair) }
            }
        }
        return unseen.sorted()
    }

    /// One line for each operation and status, with its count, then the violations.
    public var report: String {
        let lines = counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return (lines + violations.map { "VIOLATION \($0)" }).joined(separator: "\n")
    }
}
