internal import LockstepRuntime
internal import LockstepServer
internal import PlatformCore

/// What stands between the network and the services, made from the configuration.
struct EdgeSettings: Sendable {
    private let listener: Configuration.Listener
    private let cors: CORS
    private let proxies: TrustedProxies
    private let security: SecurityHeaders
    private let rates: RateLimitProfile

    init(_ listener: Configuration.Listener) throws(ConfigurationError) {
        var faults: [ConfigurationFault] = []
        let cors = CORS(origins: listener.corsOrigins)
        if cors == nil {
            faults.append(
                ConfigurationFault(
                    variable: "CORS_ORIGINS", rule: "must list origins in lower case, such as https://app.example.com"))
        }
        let proxies = TrustedProxies(listener.trustedProxies)
        if proxies == nil {
            faults.append(
                ConfigurationFault(variable: "TRUST_PROXY", rule: "must list addresses or networks such as 10.0.0.0/8"))
        }
        let rates = RateLimitProfile.named(listener.rates.rawValue)
        guard let cors, let proxies, let rates else { throw ConfigurationError(faults: faults) }
        self.listener = listener
        self.cors = cors
        self.proxies = proxies
        self.rates = rates
        security = SecurityHeaders()
    }

    func middleware(_ telemetry: Telemetry) -> StandardMiddleware {
        StandardMiddleware(telemetry: telemetry, security: security, cors: cors, proxies: proxies)
    }

    func limiter(_ metrics: MetricsRegistry) -> RateLimiter? {
        listener.rates == .off ? nil : RateLimiter(profile: rates, metrics: metrics)
    }

    func serverConfiguration(onShutdown: @escaping @Sendable () -> Void) -> ServerConfiguration {
        let tls = listener.certificate.map { TLSConfiguration(certificateFile: $0.chain, keyFile: $0.key) }
        var clients = ListenerConfiguration(host: listener.host, port: listener.port, tls: tls)
        clients.refusalHeaders = security.fields(isSecure: tls != nil)
        var admin: ListenerConfiguration?
        if let port = listener.adminPort { admin = ListenerConfiguration(host: listener.adminHost, port: port) }
        var configuration = ServerConfiguration(clients, admin: admin)
        configuration.drainTimeout = .seconds(listener.shutdownTimeout)
        configuration.onShutdown = onShutdown
        return configuration
    }
}
