-- One schema and one role a service. The services' roles own nothing, cannot bypass row-level security and see only
-- their own schema; the tables belong to whoever migrates. A role belongs to the whole cluster, so it may exist.

create schema auth;
create schema payments;
create schema admin;

do $$
declare
    service text;
begin
    foreach service in array array['auth_svc', 'payments_svc'] loop
        begin
            execute format('create role %I nologin nosuperuser nobypassrls nocreatedb nocreaterole', service);
        exception
            -- Two databases of one cluster may migrate at once: the second finds the role made, or being made.
            when duplicate_object or unique_violation then null;
        end;
        -- The user that migrates also serves, by taking the service's role.
        if not pg_has_role(current_user, service, 'member') then
            execute format('grant %I to current_user', service);
        end if;
    end loop;
end
$$;

revoke all on schema public from public;
grant usage on schema auth to auth_svc;
grant usage on schema payments to payments_svc;
grant usage on schema admin to auth_svc, payments_svc;

-- Who asks. Both settings live for one transaction; unset, they match no row.
create function admin.caller_id() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('app.user_id', true), '')::uuid;

create function admin.caller_is(variadic roles text[]) returns boolean
    language sql stable parallel safe
    return coalesce(nullif(current_setting('app.role', true), '') = any (roles), false);

create function admin.touch() returns trigger
    language plpgsql as $$
begin
    new.updated_at := now();
    new.version := old.version + 1;
    return new;
end
$$;

create function admin.refuse_change() returns trigger
    language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create table admin.audit_logs (
    id uuid primary key default gen_random_uuid(),
    user_id uuid,  -- without a foreign key: the trail outlives the account
    action varchar(100) not null,
    resource_type varchar(50),
    resource_id uuid,
    details jsonb,
    ip_address inet,
    user_agent text,
    created_at timestamptz not null default now()
);

comment on table admin.audit_logs is 'What was done, by whom; append-only.';

create index audit_logs_user_id on admin.audit_logs (user_id, created_at desc);
create index audit_logs_action on admin.audit_logs (action, created_at desc);
create index audit_logs_created_at on admin.audit_logs (created_at desc);

create trigger audit_logs_append_only before update or delete on admin.audit_logs
    for each row execute function admin.refuse_change();

alter table admin.audit_logs enable row level security;
alter table admin.audit_logs force row level security;
create policy audit_logs_append on admin.audit_logs for insert with check (true);
create policy audit_logs_read on admin.audit_logs for select using (admin.caller_is('ADMIN', 'SYSTEM'));
grant insert on admin.audit_logs to auth_svc, payments_svc;
