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
        if let fault = Self.certificateFault(listener) { faults.append(fault) }
        let rates = RateLimitProfile.named(listener.rates.rawValue)
        guard let cors, let proxies, let rates, faults.isEmpty else { throw ConfigurationError(faults: faults) }
        self.listener = listener
        self.cors = cors
        self.proxies = proxies
        self.rates = rates
        security = SecurityHeaders()
    }

    private static func tls(_ listener: Configuration.Listener) -> TLSConfiguration? {
        listener.certificate.map { TLSConfiguration(certificateFile: $0.chain, keyFile: $0.key) }
    }

    /// What is wrong with the files of the certificate, without their paths.
    private static func certificateFault(_ listener: Configuration.Listener) -> ConfigurationFault? {
        do throws(TLSError) {
            try tls(listener)?.check()
            return nil
        } catch {
            let (variable, rule) =
                switch error {
                case .unreadable(let file, let reason):
                    (
                        file == listener.certificate?.chain ? "TLS_CERT_FILE" : "TLS_KEY_FILE",
                        "cannot be read: \(reason)"
                    )
                case .notACertificate: ("TLS_CERT_FILE", "must hold a certificate in PEM")
                case .notAPrivateKey: ("TLS_KEY_FILE", "must hold an unencrypted private key in PEM")
                case .keyMismatch: ("TLS_KEY_FILE", "must hold the key of the certificate in TLS_CERT_FILE")
                case .notAnAuthority, .library: ("TLS_CERT_FILE", "cannot be used: \(error)")
                }
            return ConfigurationFault(variable: variable, rule: rule)
        }
    }

    func middleware(_ telemetry: Telemetry) -> StandardMiddleware {
        StandardMiddleware(telemetry: telemetry, security: security, cors: cors, proxies: proxies)
    }

    func limiter(
        _ metrics: MetricsRegistry, session: @escaping @Sendable (Request) async -> String?
    ) -> RateLimiter? {
        listener.rates == .off ? nil : RateLimiter(profile: rates, metrics: metrics, session: session)
    }

    func serverConfiguration(onShutdown: @escaping @Sendable () -> Void) -> ServerConfiguration {
        let tls = Self.tls(listener)
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
