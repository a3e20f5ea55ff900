public import LockstepRuntime

/// One address that a server listens on.
public struct ListenerConfiguration: Sendable {
    /// An address of this machine, a name for one, or `*` for all.
    public var host: String
    /// The port; 0 lets the system choose, see ``Server/address``.
    public var port: Int
    /// TLS, or nil for plain HTTP.
    public var tls: TLSConfiguration?
    /// Limits and deadlines of each connection.
    public var http: HTTP1Configuration
    /// Open connections over all loops. One more is answered 503 and closed (with TLS: closed), so keep this below the
    /// limit on open files, which the server raises to the hard limit at its start.
    public var maximumConnections: Int
    /// Connections that the kernel completes before they are accepted.
    public var backlog: Int
    /// Fields of protocol errors, which no middleware sees: the security headers.
    public var refusalHeaders: HTTPFields

    /// A listener with the default limits.
    public init(host: String = "127.0.0.1", port: Int, tls: TLSConfiguration? = nil) {
        self.host = host
        self.port = port
        self.tls = tls
        http = HTTP1Configuration()
        maximumConnections = 10_000
        backlog = 1024
        refusalHeaders = HTTPFields()
    }
}

/// How a server listens and stops.
public struct ServerConfiguration: Sendable {
    /// The address for clients.
    public var listener: ListenerConfiguration
    /// The address for metrics, if that is a separate one.
    public var admin: ListenerConfiguration?
    /// How long a graceful shutdown waits for requests that are being answered.
    public var drainTimeout: Duration = .seconds(30)
    /// Called when a shutdown begins, before anything is closed: the moment to answer "not ready".
    public var onShutdown: @Sendable () -> Void = {}

    /// A server that listens at `listener`, and for metrics at `admin`.
    public init(_ listener: ListenerConfiguration, admin: ListenerConfiguration? = nil) {
        self.listener = listener
        self.admin = admin
    }
}
