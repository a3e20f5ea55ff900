extension Telemetry {
    /// Adds a server's connections and protocol errors to the metrics.
    public func observe(_ server: Server) {
        let errors = server.protocolErrors
        metrics.add { errors.render(into: &$0) }
        metrics.add(.gauge, "http_server_connections", "Open connections.") { [weak server] in
            Double(server?.connections?.open ?? 0)
        }
        metrics.add(.counter, "http_server_connections_accepted_total", "Connections accepted.") { [weak server] in
            Double(server?.connections?.accepted ?? 0)
        }
        metrics.add(
            .counter, "http_server_connections_refused_total", "Connections refused, because there were too many."
        ) {
            [weak server] in Double(server?.connections?.refused ?? 0)
        }
    }
}
