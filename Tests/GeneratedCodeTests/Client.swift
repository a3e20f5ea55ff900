import LockstepRuntime
import LockstepTesting

/// A client of generated endpoints, in process; every response is held against the document.
func client(_ endpoints: [Endpoint], _ authenticators: [String: Authenticator] = [:]) throws -> TestClient {
    var configuration = APIService.Configuration()
    configuration.validatesResponses = true
    return .inProcess(try APIService(endpoints, authenticators: authenticators, configuration: configuration))
}
