import LockstepRuntime
import LockstepTesting
import PlatformAPI
import PlatformTestSupport
import Testing

/// the document says who may call what; here each operation is tried by everyone.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct RoleMatrixTests {
    @Test func everyOperationAnswersEveryRoleAsTheDocumentSays() async throws {
        try await withPlatform { platform in
            var tried = 0
            for caller in PlatformFixture.Caller.allCases {
                for route in Contract.routes.routes {
                    // Each with a session of its own: one of the operations ends it.
                    let token = try await platform.token(caller)
                    let response = try await platform.client.send(Self.request(for: route, token))
                    let seen = "\(route) by \(caller): \(response.status)"
                    switch Self.verdict(of: route, for: caller) {
                    case .open: #expect(response.status != 403, "\(seen)")
                    case .allowed: #expect(response.status != 401 && response.status != 403, "\(seen)")
                    case .unauthenticated: #expect(response.status == 401, "\(seen)")
                    case .forbidden:
                        #expect(response.status == 403 && response.errorCode == "FORBIDDEN", "\(seen)")
                    }
                    tried += 1
                }
            }
            #expect(tried == 4 * Contract.routes.routes.count)
            // Each answer was held against the document on its way out.
            let operations = Set(platform.recorder.counts.keys.map(\.operationID))
            #expect(operations == Set(Contract.routes.routes.map(\.operationID)))
        }
    }

    /// An operation that says nothing about security would be open to all.
    @Test func everyOperationBelowApiSaysWhoMayCallIt() {
        let open = Contract.routes.routes.filter { $0.template.hasPrefix("/api/") && $0.allowsAnonymous }
        #expect(
            Set(open.map(\.operationID)) == [
                "register", "login", "refreshSession", "logout", "verifyEmail", "resetPassword",
            ])
        for route in Contract.routes.routes where !route.allowsAnonymous {
            for alternative in route.security {
                #expect(alternative.allSatisfy { !$0.needs.isEmpty }, "\(route) names no role")
            }
        }
    }

    private enum Verdict {
        case open, allowed, unauthenticated, forbidden
    }

    private static func verdict(of route: Route, for caller: PlatformFixture.Caller) -> Verdict {
        if route.allowsAnonymous { return .open }
        if caller == .nobody { return .unauthenticated }
        let isAllowed = route.security.contains { alternative in
            alternative.allSatisfy { $0.needs.allSatisfy { $0 == caller.rawValue } }
        }
        return isAllowed ? .allowed : .forbidden
    }

    /// Well-formed as far as the path goes; the body is empty where one is needed, so that nothing happens.
    private static func request(for route: Route, _ token: String?) -> TestRequest {
        let path = route.template.split(separator: "/").map { segment in
            segment == "{id}" ? "00000000-0000-4000-8000-000000000000" : segment == "{asset}" ? "docs.css" : segment
        }.joined(separator: "/")
        let request = TestRequest(route.method, "/" + path).bearer(token)
        return route.body == nil ? request : request.json("{}")
    }
}
