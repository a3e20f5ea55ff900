internal import LockstepPostgres
internal import LockstepRuntime

/// The statements on idempotency keys. A key belongs to the caller who used it.
enum IdempotencyStatements {
    /// Claims a key; no row if it was claimed before.
    static func claim(_ key: IdempotencyKey, payment: UUID, now: Timestamp, lockedUntil: Timestamp) -> SQL {
        """
        insert into payments.idempotency_records (user_id, key, request_hash, payment_id, locked_until, created_at)
        values (\(key.userID), \(key.key), \(key.requestHash), \(payment), \(lockedUntil), \(now))
        on conflict (user_id, key) do nothing returning payment_id
        """
    }

    /// What is known of a key, locked until the end of the transaction.
    static func find(_ key: IdempotencyKey) -> SQL {
        """
        select request_hash, payment_id, locked_until, response from payments.idempotency_records
        where user_id = \(key.userID) and key = \(key.key) for update
        """
    }

    /// Takes over a request whose instance did not finish it.
    static func takeOver(_ key: IdempotencyKey, lockedUntil: Timestamp) -> SQL {
        """
        update payments.idempotency_records set locked_until = \(lockedUntil)
        where user_id = \(key.userID) and key = \(key.key)
        """
    }

    /// Keeps the answer for repetitions.
    static func finish(_ key: IdempotencyKey, response: JSONValue) -> SQL {
        """
        update payments.idempotency_records set response = \(response)
        where user_id = \(key.userID) and key = \(key.key)
        """
    }

    /// Drops keys older than the time they are kept for.
    static func expire(before: Timestamp) -> SQL {
        "delete from payments.idempotency_records where created_at < \(before) and response is not null"
    }
}
