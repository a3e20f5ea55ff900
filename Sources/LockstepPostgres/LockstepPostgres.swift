/// PostgreSQL for Lockstep: libpq in non-blocking pipeline mode on the event loop of the request.
///
/// From the top down:
/// 1. ``Database`` hands out handles that say who asks; statements are ``SQL`` values that can only bind parameters.
/// 2. ``PostgresPool`` spreads them over the loop's connections. Statements outside transactions share a connection's pipeline,
///    each in a sync group of its own, so that one's failure never touches its neighbours.
/// 3. `PipelineState` (pure) knows which result belongs to whom; `PostgresConnection` performs what it decides with libpq.
/// 4. ``Rows`` hold libpq's result and decode cells from the binary form when they are asked for.
///
/// Beside them: transactions with retries and savepoints, ``Listener`` for `listen`/`notify`, ``Migrator`` for the schema.
///
/// Not done here on purpose: no query builder, no mapping of objects, no `copy`, no text result format (cast to text instead).
