@testable import LockstepRuntime
import Testing

@Suite struct ProblemTests {
    private struct Unexpected: Error { let secret = "hunter2" }

    private func rendered(_ error: any Error, accept: String? = nil) -> (Response, String) {
        var headers = HTTPFields()
        if let accept { headers.append("Accept", accept) }
        let context = RequestContext(requestID: "r1")
        let response = ProblemRenderer().response(for: error, to: Request(.get, "/", headers: headers), context)
        guard case .bytes(let bytes) = response.body else { return (response, "") }
        return (response, String(decoding: bytes, as: UTF8.self))
    }

    @Test func unauthorizedBodiesAreThoseOfTheCatalogue() {
        let (missing, missingBody) = rendered(Problem.noToken)
        #expect(missing.status == 401)
        #expect(missingBody == #"{"success":false,"error":{"code":"UNAUTHORIZED","message":"No token provided"}}"#)
        #expect(missing.headers["WWW-Authenticate"] == "Bearer")
        let (invalid, invalidBody) = rendered(AuthenticationError(.expired))
        #expect(invalidBody == #"{"success":false,"error":{"code":"UNAUTHORIZED","message":"Invalid token"}}"#)
        #expect(invalid.headers["WWW-Authenticate"] == "Bearer error=\"invalid_token\"")
        let (forbidden, forbiddenBody) = rendered(Problem.forbidden)
        #expect(forbidden.status == 403)
        #expect(
            forbiddenBody == #"{"success":false,"error":{"code":"FORBIDDEN","message":"Insufficient permissions"}}"#)
    }

    @Test func unexpectedErrorsShowOnlyTheRequestID() {
        let (response, body) = rendered(Unexpected())
        #expect(response.status == 500)
        #expect(
            body
                == #"{"success":false,"error":{"code":"INTERNAL","message":"Internal server error","requestId":"r1"}}"#)
    }

    @Test func unexpectedErrorsAreLoggedWithTheirCause() {
        let sink = RecordingSink()
        let context = RequestContext(requestID: "r1", logger: Logger(sink: sink))
        _ = ProblemRenderer().response(for: Unexpected(), to: Request(.get, "/"), context)
        #expect(sink.records.count == 1)
        #expect(sink.text.contains("Unexpected"))
        #expect(sink.text.contains(#""requestId":"r1""#))
    }

    @Test func problemJSONCarriesTheSameCode() {
        let (response, body) = rendered(Problem.notFound, accept: "application/problem+json")
        #expect(response.headers["Content-Type"] == "application/problem+json")
        #expect(
            body
                == #"{"type":"about:blank","title":"Not Found","status":404,"detail":"Not found","code":"NOT_FOUND"}"#)
    }

    @Test func cancellationIsTheServersDoing() {
        let time = ManualTime(Timestamp(seconds: 0))
        let context = RequestContext(deadline: time.monotonicNow + .seconds(1), time: time)
        #expect(ProblemRenderer.problem(for: CancellationError(), context).code == .unavailable)
        time.advance(by: .seconds(2))
        let late = ProblemRenderer.problem(for: CancellationError(), context)
        #expect(late.status == 503)
        #expect(late.code == .timeout)
    }

    @Test func descriptionsHoldNoSecrets() {
        let errors: [any Error] = [
            Problem(500, .internal, "hunter2", details: "hunter2", cause: Unexpected()),
            AuthenticationError(.invalid),
        ]
        for error in errors { #expect(!"\(error)".contains("hunter2")) }
        #expect(!"\(BearerCredential(token: "hunter2"))".contains("hunter2"))
        #expect(!String(reflecting: BearerCredential(token: "hunter2")).contains("hunter2"))
        #expect(!String(reflecting: BasicCredential(username: "hunter2", password: "hunter2")).contains("hunter2"))
        var dumped = ""
        dump(APIKeyCredential(key: "hunter2"), to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }

    @Test func codesArePinned() {
        let codes: [ProblemCode] = [
            .validation, .badRequest, .unauthorized, .forbidden, .notFound, .methodNotAllowed, .notAcceptable, .timeout,
            .conflict, .preconditionFailed, .contentTooLarge, .unsupportedMediaType, .preconditionRequired,
            .tooManyRequests, .internal, .notImplemented, .unavailable,
        ]
        #expect(
            codes.map(\.rawValue) == [
                "VALIDATION_ERROR", "BAD_REQUEST", "UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND", "METHOD_NOT_ALLOWED",
                "NOT_ACCEPTABLE", "TIMEOUT", "CONFLICT", "PRECONDITION_FAILED", "PAYLOAD_TOO_LARGE",
                "UNSUPPORTED_MEDIA_TYPE", "PRECONDITION_REQUIRED", "RATE_LIMITED", "INTERNAL", "NOT_IMPLEMENTED",
                "UNAVAILABLE",
            ])
    }
}
