-- Registration by mail: what proves an address or lets somebody set a password once, and the mail that is to be sent.

create table auth.one_time_tokens (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references auth.users (id) on delete cascade,
    purpose varchar(20) not null check (purpose in ('verify_email', 'set_password')),
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    check (expires_at > created_at)
);

comment on column auth.one_time_tokens.token_hash is 'SHA-256 of the token, which has 256 bits; the token itself is never stored.';

create index one_time_tokens_user_id on auth.one_time_tokens (user_id);
create index one_time_tokens_expires_at on auth.one_time_tokens (expires_at);

create table auth.mail_outbox (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references auth.users (id) on delete cascade,
    recipient varchar(255) not null check (recipient !~ '[[:cntrl:]]'),
    template varchar(30) not null check (template in ('verify_email', 'verify_again', 'account_exists')),
    token_id uuid,  -- of one_time_tokens; without a foreign key, because expired tokens are removed earlier
    created_at timestamptz not null,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null,
    sent_at timestamptz,
    failed_at timestamptz,
    last_error varchar(200),
    check (sent_at is null or failed_at is null)
);

comment on table auth.mail_outbox is 'Mail, committed with what it tells of and sent afterwards; removed after seven days.';
comment on column auth.mail_outbox.token_id is 'The token of the link; the link itself is made when the mail is sent.';

create index mail_outbox_due on auth.mail_outbox (next_attempt_at) where sent_at is null and failed_at is null;
create index mail_outbox_user_id on auth.mail_outbox (user_id, created_at desc);
create index mail_outbox_done on auth.mail_outbox (created_at) where sent_at is not null or failed_at is not null;

alter table auth.one_time_tokens enable row level security;
alter table auth.one_time_tokens force row level security;
create policy one_time_tokens_access on auth.one_time_tokens using ((select admin.caller_is('SYSTEM')));

alter table auth.mail_outbox enable row level security;
alter table auth.mail_outbox force row level security;
create policy mail_outbox_access on auth.mail_outbox using ((select admin.caller_is('SYSTEM')));

grant select, insert, update, delete on auth.one_time_tokens, auth.mail_outbox to auth_svc;
