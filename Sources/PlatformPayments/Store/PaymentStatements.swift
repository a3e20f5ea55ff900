internal import LockstepPostgres
internal import LockstepRuntime
internal import PlatformCore

/// The statements on payments. Each runs with the caller's identity, so row-level security applies besides what is written here.
enum PaymentStatements {
    /// Put together once: this is what is asked most.
    private static let beforeID: SQL =
        "select \(PaymentRow.columns), \(PaymentRow.timeline) from payments.payments p where p.id = "

    static func one(_ id: UUID) -> SQL { beforeID + "\(id)" }

    static func current(_ id: UUID) -> SQL {
        "select \(PaymentRow.columns) from payments.payments p where p.id = \(id)"
    }

    /// One page and one payment more, which tells whether there is another page. `owner` repeats what row-level security
    /// demands of everybody but administrators, so that the index on the owner is used.
    static func page(_ filter: PaymentFilter, after cursor: PageCursor?, owner: UUID?, limit: Int) -> SQL {
        var sql: SQL = "select \(PaymentRow.columns) from payments.payments p where true"
        if let owner { sql.append(" and p.user_id = \(owner)") }
        if let user = filter.userID { sql.append(" and p.user_id = \(user)") }
        if let state = filter.state { sql.append(" and p.status = \(state.rawValue)") }
        if let kind = filter.kind { sql.append(" and p.type = \(kind.rawValue)") }
        if let currency = filter.currency { sql.append(" and p.currency = \(currency)") }
        if let from = filter.createdFrom { sql.append(" and p.created_at >= \(from)") }
        if let to = filter.createdTo { sql.append(" and p.created_at < \(to)") }
        if let cursor {
            sql.append(" and (p.created_at, p.id) < (\(Timestamp(microseconds: cursor.createdAt)), \(cursor.id))")
        }
        sql.append(" order by p.created_at desc, p.id desc limit \(Int64(limit) + 1)")
        return sql
    }

    static func insert(_ payment: NewPayment, createdBy caller: UUID, at now: Timestamp) -> SQL {
        """
        insert into payments.payments as p
            (id, user_id, created_by, type, amount_minor, currency, description, metadata, created_at, updated_at)
        values (\(payment.id), \(payment.userID), \(caller), \(payment.kind.rawValue), \(payment.money.minorUnits),
            \(payment.money.currency), \(payment.text), \(PaymentRecord.json(payment.metadata)), \(now), \(now))
        returning \(PaymentRow.columns)
        """
    }

    /// Moves a payment on if it still is in `from`; the trigger records the step.
    static func move(
        _ id: UUID, from: PaymentState, to: PaymentState, reason: String?, version: Int32?, _ note: PaymentNote
    ) -> SQL {
        var sql: SQL = """
            update payments.payments as p set status = \(to.rawValue), status_reason = \(reason)
            where p.id = \(id) and p.status = \(from.rawValue)
            """
        if let version { sql.append(" and p.version = \(version)") }
        return told(sql, note)
    }

    static func change(
        _ id: UUID, text: String?, metadata: [String: String], version: Int32, _ note: PaymentNote
    ) -> SQL {
        told(
            """
            update payments.payments as p set description = \(text), metadata = \(PaymentRecord.json(metadata))
            where p.id = \(id) and p.version = \(version)
            """, note)
    }

    /// A change with its audit row and its event, all or nothing. Where nothing changes there is neither.
    private static func told(_ change: SQL, _ note: PaymentNote) -> SQL {
        """
        with changed as (
            \(change) returning \(PaymentRow.columns)
        ), audited as (
            insert into admin.audit_logs
                (user_id, action, resource_type, resource_id, details, ip_address, user_agent, created_at)
            select \(note.actor), \(note.action.rawValue), 'payment', id, \(note.details),
                \(note.origin.address)::text::inet, \(note.origin.userAgent), \(note.at)
            from changed
        ), told as (
            insert into events.outbox (type, aggregate_id, payload, traceparent, occurred_at)
            select \(note.event.rawValue), id,
                jsonb_build_object('paymentId', id, 'userId', user_id, 'type', type, 'status', status,
                    'amountMinor', amount_minor, 'currency', currency, 'version', version),
                \(note.origin.traceparent), \(note.at)
            from changed
        )
        select * from changed
        """
    }

    /// Payments whose provider has not answered for a while, oldest first.
    static func waiting(since: Timestamp, limit: Int) -> SQL {
        """
        select \(PaymentRow.columns) from payments.payments p
        where p.status = 'processing' and p.updated_at < \(since)
        order by p.updated_at limit \(Int64(limit))
        """
    }
}
