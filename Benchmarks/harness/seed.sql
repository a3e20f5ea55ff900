-- 1,000 accounts with a session and 100 payments each; ids follow from the account's number.
begin;
select set_config('app.role', 'SYSTEM', true);
insert into auth.users (id, email, name, role, email_verified)
select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'bench' || n || '@example.com', 'Bench', 'CUSTOMER', true
from generate_series(1, 1000) n;
insert into auth.sessions (id, user_id, created_at, expires_at)
select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
    ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, now(), now() + interval '7 days'
from generate_series(1, 1000) n;
insert into payments.payments (id, user_id, created_by, type, amount_minor, currency, description, created_at)
select case when k = 1 then ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid else gen_random_uuid() end,
    ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
    ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'payment', 100 + k, 'EUR', 'Two tickets',
    now() - k * interval '1 minute'
from generate_series(1, 1000) n, generate_series(1, 100) k;
commit;
