-- Payments, their append-only trail, and the record of idempotency keys. What must never happen to a payment is refused
-- here as well as in the service, whoever asks.

create table payments.currencies (
    code varchar(3) primary key check (code ~ '^[A-Z]{3}$'),
    exponent smallint not null check (exponent between 0 and 3)
);

comment on table payments.currencies is 'ISO 4217: how many decimals an amount has.';

insert into payments.currencies (code, exponent) values
    ('AED', 2), ('AFN', 2), ('ALL', 2), ('AMD', 2), ('ANG', 2), ('AOA', 2), ('ARS', 2), ('AUD', 2), ('AWG', 2),
    ('AZN', 2), ('BAM', 2), ('BBD', 2), ('BDT', 2), ('BGN', 2), ('BHD', 3), ('BIF', 0), ('BMD', 2), ('BND', 2),
    ('BOB', 2), ('BRL', 2), ('BSD', 2), ('BTN', 2), ('BWP', 2), ('BYN', 2), ('BZD', 2), ('CAD', 2), ('CDF', 2),
    ('CHF', 2), ('CLP', 0), ('CNY', 2), ('COP', 2), ('CRC', 2), ('CUP', 2), ('CVE', 2), ('CZK', 2), ('DJF', 0),
    ('DKK', 2), ('DOP', 2), ('DZD', 2), ('EGP', 2), ('ERN', 2), ('ETB', 2), ('EUR', 2), ('FJD', 2), ('FKP', 2),
    ('GBP', 2), ('GEL', 2), ('GHS', 2), ('GIP', 2), ('GMD', 2), ('GNF', 0), ('GTQ', 2), ('GYD', 2), ('HKD', 2),
    ('HNL', 2), ('HTG', 2), ('HUF', 2), ('IDR', 2), ('ILS', 2), ('INR', 2), ('IQD', 3), ('IRR', 2), ('ISK', 0),
    ('JMD', 2), ('JOD', 3), ('JPY', 0), ('KES', 2), ('KGS', 2), ('KHR', 2), ('KMF', 0), ('KPW', 2), ('KRW', 0),
    ('KWD', 3), ('KYD', 2), ('KZT', 2), ('LAK', 2), ('LBP', 2), ('LKR', 2), ('LRD', 2), ('LSL', 2), ('LYD', 3),
    ('MAD', 2), ('MDL', 2), ('MGA', 2), ('MKD', 2), ('MMK', 2), ('MNT', 2), ('MOP', 2), ('MRU', 2), ('MUR', 2),
    ('MVR', 2), ('MWK', 2), ('MXN', 2), ('MYR', 2), ('MZN', 2), ('NAD', 2), ('NGN', 2), ('NIO', 2), ('NOK', 2),
    ('NPR', 2), ('NZD', 2), ('OMR', 3), ('PAB', 2), ('PEN', 2), ('PGK', 2), ('PHP', 2), ('PKR', 2), ('PLN', 2),
    ('PYG', 0), ('QAR', 2), ('RON', 2), ('RSD', 2), ('RUB', 2), ('RWF', 0), ('SAR', 2), ('SBD', 2), ('SCR', 2),
    ('SDG', 2), ('SEK', 2), ('SGD', 2), ('SHP', 2), ('SLE', 2), ('SOS', 2), ('SRD', 2), ('SSP', 2), ('STN', 2),
    ('SVC', 2), ('SYP', 2), ('SZL', 2), ('THB', 2), ('TJS', 2), ('TMT', 2), ('TND', 3), ('TOP', 2), ('TRY', 2),
    ('TTD', 2), ('TWD', 2), ('TZS', 2), ('UAH', 2), ('UGX', 0), ('USD', 2), ('UYU', 2), ('UZS', 2), ('VED', 2),
    ('VES', 2), ('VND', 0), ('VUV', 0), ('WST', 2), ('XAF', 0), ('XCD', 2), ('XOF', 0), ('XPF', 0), ('YER', 2),
    ('ZAR', 2), ('ZMW', 2), ('ZWG', 2);

create table payments.payments (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references auth.users (id),
    created_by uuid not null references auth.users (id),  -- differs from user_id where an ADMIN acted for the user
    type varchar(50) not null check (type in ('initiate', 'payment')),
    status varchar(50) not null default 'pending'
        check (status in ('pending', 'initiated', 'processing', 'completed', 'failed', 'cancelled')),
    status_reason text,
    amount_minor bigint not null check (amount_minor > 0 and amount_minor < 100000000000),
    currency varchar(3) not null default 'USD' references payments.currencies (code),
    description text,
    metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

comment on column payments.payments.amount_minor is 'In minor units of the currency; never a fraction.';
comment on column payments.payments.status_reason is 'Why the status is what it is; copied to the trail.';

-- The keyset of a list: one account's, and everyone's for an ADMIN.
create index payments_user_id on payments.payments (user_id, created_at desc, id desc);
create index payments_created_at on payments.payments (created_at desc, id desc);
create index payments_created_by on payments.payments (created_by) where created_by <> user_id;
-- What the sweeper looks for.
create index payments_processing on payments.payments (updated_at) where status = 'processing';

create table payments.payment_transactions (
    id bigint generated always as identity primary key,
    payment_id uuid not null references payments.payments (id),
    transaction_type varchar(50) not null check (transaction_type in ('status')),
    amount_minor bigint not null,
    status varchar(50) not null,
    reason text,
    created_at timestamptz not null default now()
);

comment on table payments.payment_transactions is 'Every state a payment has been in; append-only, written by a trigger.';

create index payment_transactions_payment_id on payments.payment_transactions (payment_id, id);

create trigger payment_transactions_append_only before update or delete on payments.payment_transactions
    for each row execute function admin.refuse_change();

create function payments.guard_payment() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.status <> 'pending' then
            raise exception 'a payment begins as pending' using errcode = 'check_violation', constraint = 'payment_status';
        end if;
        return new;
    end if;
    if (new.id, new.user_id, new.created_by, new.type, new.amount_minor, new.currency, new.created_at)
        is distinct from
        (old.id, old.user_id, old.created_by, old.type, old.amount_minor, old.currency, old.created_at) then
        raise exception 'a payment''s owner, type, amount and currency are fixed'
            using errcode = 'check_violation', constraint = 'payment_fixed';
    end if;
    if old.status in ('completed', 'failed', 'cancelled') then
        raise exception 'a payment that is % is final', old.status
            using errcode = 'check_violation', constraint = 'payment_status';
    end if;
    if new.status <> old.status and not (
        (old.status = 'pending' and new.status in ('initiated', 'processing', 'cancelled'))
        or (old.status = 'initiated' and new.status in ('processing', 'cancelled'))
        or (old.status = 'processing' and new.status in ('completed', 'failed'))
    ) then
        raise exception 'a payment cannot go from % to %', old.status, new.status
            using errcode = 'check_violation', constraint = 'payment_status';
    end if;
    new.updated_at := greatest(now(), old.updated_at);
    new.version := old.version + 1;
    return new;
end
$$;

create trigger payments_guard before insert or update on payments.payments
    for each row execute function payments.guard_payment();

create trigger payments_keep before delete on payments.payments
    for each row execute function admin.refuse_change();

create function payments.record_status() returns trigger
    language plpgsql as $$
begin
    insert into payments.payment_transactions (payment_id, transaction_type, amount_minor, status, reason, created_at)
    values (new.id, 'status', new.amount_minor, new.status, new.status_reason, clock_timestamp());
    return null;
end
$$;

create trigger payments_record_insert after insert on payments.payments
    for each row execute function payments.record_status();

create trigger payments_record_status after update of status on payments.payments
    for each row when (old.status <> new.status) execute function payments.record_status();

create table payments.idempotency_records (
    user_id uuid not null references auth.users (id),
    key varchar(255) not null,
    request_hash bytea not null check (octet_length(request_hash) = 32),
    payment_id uuid not null references payments.payments (id),
    locked_until timestamptz not null,
    response jsonb,  -- null while the first request runs
    created_at timestamptz not null default now(),
    primary key (user_id, key)
);

comment on table payments.idempotency_records is
    'The first request with each key, committed with its payment before the provider is asked; kept at least 24 hours.';

create index idempotency_records_payment_id on payments.idempotency_records (payment_id);
create index idempotency_records_created_at on payments.idempotency_records (created_at);

alter table payments.payments enable row level security;
alter table payments.payments force row level security;
create policy payments_access on payments.payments
    using (user_id = (select admin.caller_id()) or (select admin.caller_is('ADMIN', 'SYSTEM')))
    with check (user_id = (select admin.caller_id()) or (select admin.caller_is('ADMIN', 'SYSTEM')));

alter table payments.payment_transactions enable row level security;
alter table payments.payment_transactions force row level security;
create policy payment_transactions_access on payments.payment_transactions
    using (exists (select from payments.payments where payments.id = payment_id))
    with check (exists (select from payments.payments where payments.id = payment_id));

alter table payments.idempotency_records enable row level security;
alter table payments.idempotency_records force row level security;
create policy idempotency_records_access on payments.idempotency_records
    using (user_id = (select admin.caller_id()) or (select admin.caller_is('SYSTEM')))
    with check (user_id = (select admin.caller_id()) or (select admin.caller_is('SYSTEM')));

grant select on payments.currencies to payments_svc;
grant select, insert, update on payments.payments to payments_svc;
grant select, insert on payments.payment_transactions to payments_svc;
grant select, insert, update, delete on payments.idempotency_records to payments_svc;
