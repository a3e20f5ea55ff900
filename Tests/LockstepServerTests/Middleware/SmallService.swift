import LockstepRuntime
import LockstepSchema

@testable import LockstepServer

/// A service of a small document, for what depends on routes and callers.
enum SmallService {
    private static let table = #"""
        {"format":1,
         "schemes":{"key":{"type":"apiKey","in":"header","name":"X-Key"}},
         "operations":[
         {"id":"login","method":"POST","path":"/api/auth/login","responses":[{"status":"200"}],
          "extensions":{"x-ratelimit":"credential"}},
         {"id":"refresh","method":"POST","path":"/api/auth/refresh","responses":[{"status":"200"}],
          "extensions":{"x-ratelimit":"refresh"}},
         {"id":"maybe","method":"GET","path":"/api/maybe","responses":[{"status":"200"}],
          "security":[[{"scheme":"key","needs":[]}],[]],"extensions":{"x-ratelimit":"authenticated"}},
         {"id":"list","method":"GET","path":"/api/things","responses":[{"status":"200"}],
          "security":[[{"scheme":"key","needs":[]}]]},
         {"id":"one","method":"GET","path":"/api/things/{id}","responses":[{"status":"200"}]},
         {"id":"fail","method":"DELETE","path":"/api/things/{id}","responses":[{"status":"200"}]},
         {"id":"own","method":"PUT","path":"/api/own","responses":[{"status":"200"}],
          "extensions":{"x-ratelimit":{"limit":2,"window":10,"by":"address"}}},
         {"id":"live","method":"GET","path":"/health/live","responses":[{"status":"200"}],
          "extensions":{"x-ratelimit":"none"}}
         ]}
        """#

    /// The service; `fail` throws, a request with `X-Wrong` is refused, everything else answers an empty 200.
    static func make(_ admission: (any Admission)? = nil) throws -> APIService {
        let validators = try SchemaCompiler(resources: [:]).compile([])
        let table = try RouteTable(parsing: Array(table.utf8), validators: validators)
        let endpoints = table.routes.map { route in
            Endpoint(route) { request in
                if request.request.headers["X-Wrong"] != nil { throw Problem(401, "INVALID_CREDENTIALS", "Wrong") }
                if route.operationID == "fail" { throw SecretError() }
                return Response(200)
            }
        }
        var configuration = APIService.Configuration()
        configuration.admission = admission
        let key = Authenticator.apiKey { credential, _ in
            guard credential.key.hasPrefix("user") else { throw AuthenticationError() }
            return Principal(subject: credential.key)
        }
        return try APIService(endpoints, authenticators: ["key": key], configuration: configuration)
    }

    struct SecretError: Error {}
}
