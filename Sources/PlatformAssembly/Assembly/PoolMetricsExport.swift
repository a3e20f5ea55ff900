internal import LockstepPostgres
internal import LockstepServer

/// The database pools in the metrics, all services together.
enum PoolMetricsExport {
    static func register(_ pools: [PostgresPool], in metrics: MetricsRegistry) {
        @Sendable func sum(_ value: (PoolMetrics) -> Int) -> Double {
            Double(pools.reduce(0) { $0 + value($1.metrics) })
        }
        metrics.add(.gauge, "db_connections", "Open connections to the database.") { sum(\.connections) }
        metrics.add(.gauge, "db_waiting", "Statements and transactions that wait for a connection.") { sum(\.waiting) }
        metrics.add(.counter, "db_statements_total", "Statements that the database has answered.") {
            sum { $0.succeeded + $0.failed }
        }
        metrics.add(.counter, "db_statement_failures_total", "Statements that failed.") { sum(\.failed) }
        metrics.add(.counter, "db_rejected_total", "Statements refused because too many waited.") { sum(\.rejected) }
        metrics.add(.counter, "db_lost_connections_total", "Connections to the database that were lost.") {
            sum(\.lostConnections)
        }
    }
}
