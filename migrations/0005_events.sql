-- The transactional outbox: an event is a row written in the transaction of the change it tells of. Services append;
-- delivery, which sets published_at, is another role's work.

create schema events;
grant usage on schema events to auth_svc, payments_svc;

create table events.outbox (
    id uuid primary key default gen_random_uuid(),
    position bigint generated always as identity unique,
    type varchar(100) not null check (type ~ '^[a-z]+:[a-z_]+:[a-z_]+$'),
    aggregate_id uuid not null,
    payload jsonb not null check (jsonb_typeof(payload) = 'object' and octet_length(payload::text) <= 65536),
    traceparent varchar(55) check (traceparent ~ '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'),
    occurred_at timestamptz not null,
    published_at timestamptz
);

comment on table events.outbox is 'What happened, for others to hear; append-only for the services.';
comment on column events.outbox.position is 'The order in which rows were made, which is nearly that of their commits.';
comment on column events.outbox.published_at is 'When the row was delivered; null while it waits.';

create index outbox_waiting on events.outbox (position) where published_at is null;
create index outbox_published on events.outbox (published_at) where published_at is not null;

alter table events.outbox enable row level security;
alter table events.outbox force row level security;
-- A service tells of its own affairs only.
create policy outbox_append_auth on events.outbox for insert to auth_svc
    with check (type like 'auth:%' and published_at is null);
create policy outbox_append_payments on events.outbox for insert to payments_svc
    with check (type like 'payments:%' and published_at is null);
create policy outbox_read on events.outbox for select using (admin.caller_is('ADMIN', 'SYSTEM'));
grant insert on events.outbox to auth_svc, payments_svc;
