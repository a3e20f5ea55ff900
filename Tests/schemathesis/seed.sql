-- What schemathesis needs to meet more than 401 and 404: an account of the role under test, sessions, payments.
-- psql variables: role, account, other.
begin;
select set_config('app.role', 'SYSTEM', true);
insert into auth.users (id, email, name, role, email_verified) values
    (:'account', 'schemathesis@example.com', 'Schemathesis', :'role', true),
    (:'other', 'somebody@example.com', 'Somebody', 'CUSTOMER', true);
insert into auth.sessions (id, user_id, created_at, expires_at)
select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, :'account', now(), now() + interval '7 days'
from generate_series(1, 4000) n;
insert into payments.payments (id, user_id, created_by, type, amount_minor, currency)
select ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, :'account', :'account', 'payment', 100 + n, 'EUR'
from generate_series(1, 4000) n;
-- The document's own example of a payment's id.
insert into payments.payments (id, user_id, created_by, type, amount_minor, currency) values
    ('5d1c2b6e-63a8-4f3e-8a55-0d4a0c9a6c11', :'account', :'account', 'payment', 1050, 'EUR');
-- One-time tokens, each of an account of its own, because the first password that is set ends the account's other tokens: 43
-- characters, hashed as the platform does.
insert into auth.users (id, email, name)
select ('00000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid, 'token' || n || '@example.com', 'Somebody'
from generate_series(1, 4000) n;
insert into auth.one_time_tokens (user_id, purpose, token_hash, created_at, expires_at)
select ('00000000-0000-4000-a000-' || lpad(n::text, 12, '0'))::uuid, purpose,
    sha256(convert_to(lpad(n::text, 43, left(purpose, 1)), 'UTF8')), now(), now() + interval '7 days'
from generate_series(1, 4000) n, (values ('verify_email'), ('set_password')) as purposes (purpose);
commit;
