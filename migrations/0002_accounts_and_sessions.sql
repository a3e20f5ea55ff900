-- Accounts, sessions and refresh tokens. The auth service works with app.role = 'SYSTEM' where no caller is known yet
-- (login, refresh) and with the caller's own identity otherwise.

create table auth.users (
    id uuid primary key default gen_random_uuid(),
    email varchar(255) not null,
    password_hash varchar(255),  -- null: no password set
    name varchar(255) not null,
    role varchar(50) not null default 'CUSTOMER' check (role in ('ADMIN', 'CUSTOMER', 'VENDOR')),
    email_verified boolean not null default false,
    status varchar(20) not null default 'active' check (status in ('active', 'disabled')),
    version integer not null default 1,
    deleted_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

comment on table auth.users is 'Accounts. An address belongs to one account, without regard to case.';

create unique index users_email on auth.users (lower(email));
create index users_role on auth.users (role);

create trigger users_touch before update on auth.users
    for each row execute function admin.touch();

create table auth.sessions (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references auth.users (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    revoke_reason varchar(50),
    ip_address inet,
    user_agent varchar(500),
    check (expires_at > created_at),
    check ((revoked_at is null) = (revoke_reason is null))
);

comment on table auth.sessions is 'One login. It is also the family of the refresh tokens that descend from that login.';

create index sessions_user_id on auth.sessions (user_id, created_at desc);

create table auth.refresh_tokens (
    id uuid primary key default gen_random_uuid(),
    session_id uuid not null references auth.sessions (id) on delete cascade,
    user_id uuid not null references auth.users (id) on delete cascade,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    replaced_by uuid references auth.refresh_tokens (id),
    check ((used_at is null) = (replaced_by is null))
);

comment on column auth.refresh_tokens.token_hash is 'HMAC-SHA-256 of the token; the token itself is never stored.';

create index refresh_tokens_session_id on auth.refresh_tokens (session_id);
create index refresh_tokens_user_id on auth.refresh_tokens (user_id);
create index refresh_tokens_replaced_by on auth.refresh_tokens (replaced_by) where replaced_by is not null;

-- Tells every instance to forget what it has cached about a session or an account, however the row was changed.
create function auth.announce_session() returns trigger
    language plpgsql as $$
begin
    perform pg_notify('auth_changed', 'session ' || new.id);
    return null;
end
$$;

create function auth.announce_user() returns trigger
    language plpgsql as $$
begin
    perform pg_notify('auth_changed', 'user ' || coalesce(new.id, old.id));
    return null;
end
$$;

create trigger sessions_announce after update of revoked_at on auth.sessions
    for each row when (old.revoked_at is distinct from new.revoked_at)
    execute function auth.announce_session();

create trigger users_announce after update on auth.users
    for each row when ((old.role, old.status, old.deleted_at) is distinct from (new.role, new.status, new.deleted_at))
    execute function auth.announce_user();

create trigger users_announce_delete after delete on auth.users
    for each row execute function auth.announce_user();

alter table auth.users enable row level security;
alter table auth.users force row level security;
create policy users_access on auth.users
    using (id = (select admin.caller_id()) or (select admin.caller_is('ADMIN', 'SYSTEM')))
    with check ((select admin.caller_is('ADMIN', 'SYSTEM')));

alter table auth.sessions enable row level security;
alter table auth.sessions force row level security;
create policy sessions_access on auth.sessions
    using (user_id = (select admin.caller_id()) or (select admin.caller_is('ADMIN', 'SYSTEM')));

alter table auth.refresh_tokens enable row level security;
alter table auth.refresh_tokens force row level security;
create policy refresh_tokens_access on auth.refresh_tokens
    using ((select admin.caller_is('SYSTEM')));

grant select, insert, update on auth.users, auth.sessions, auth.refresh_tokens to auth_svc;
