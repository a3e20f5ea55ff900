public import LockstepEventLoop

/// Why a server could not start: one clear line each.
public enum ServerError: Error, Sendable, CustomStringConvertible {
    /// Another process listens there.
    case portInUse(host: String, port: Int)
    /// The process may not use the port (below 1024 without the privilege).
    case portNotPermitted(host: String, port: Int)
    /// The host is not an address of this machine that can be listened on.
    case invalidAddress(host: String, port: Int, reason: String)
    /// Something else that the system refused.
    case cannotListen(host: String, port: Int, cause: SystemError)
    /// The certificate, the key, or the TLS settings are not usable.
    case tls(TLSError)
    /// The server was started before.
    case alreadyStarted

    /// One line that says what to do.
    public var description: String {
        switch self {
        case .portInUse(let host, let port):
            "port \(port) on \(host) is in use by another process; stop it or choose another port"
        case .portNotPermitted(let host, let port):
            "no permission to listen on port \(port) of \(host); choose a port above 1023"
        case .invalidAddress(let host, let port, let reason):
            "cannot listen on \(host):\(port): \(reason)"
        case .cannotListen(let host, let port, let cause):
            "cannot listen on \(host):\(port): \(cause)"
        case .tls(let error):
            "TLS: \(error)"
        case .alreadyStarted:
            "the server was started before; make a new one"
        }
    }
}
