extension Telemetry {
    /// Adds a server's connections, protocol errors and event loops to the metrics.
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
        for index in server.group.loops.indices { observe(server, loop: index) }
    }

    private func observe(_ server: Server, loop index: Int) {
        func add(
            _ kind: MetricsRegistry.Kind, _ name: String, _ help: String,
            _ value: @escaping @Sendable (LoopStatistics) -> Double
        ) {
            metrics.add(kind, name, help, labels: ["loop": "\(index)"]) { [weak server] in
                server.map { value($0.group.loops[index].statistics) } ?? 0
            }
        }
        add(.counter, "event_loop_turns_total", "Turns of the event loop.") { Double($0.turns) }
        add(.counter, "event_loop_busy_seconds_total", "Time not spent waiting for events.") { $0.busy / .seconds(1) }
        add(.counter, "event_loop_slow_turns_total", "Turns of more than 10 ms.") { Double($0.slowTurns) }
        add(.gauge, "event_loop_descriptors", "Descriptors that are watched.") { Double($0.descriptors) }
        add(.gauge, "event_loop_timers", "Timers that are set.") { Double($0.timers) }
        add(.gauge, "event_loop_queued_jobs", "Jobs that the last turn left for the next.") { Double($0.queuedJobs) }
        add(.gauge, "event_loop_inbox_jobs", "Jobs from other threads not yet taken.") { Double($0.inboxJobs) }
        metrics.add(
            .gauge, "http_server_loop_connections", "Open connections of one event loop.", labels: ["loop": "\(index)"]
        ) { [weak server] in
            let connections = server?.connectionsPerLoop ?? []
            return index < connections.count ? Double(connections[index]) : 0
        }
    }
}
