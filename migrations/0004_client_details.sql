-- Where a refresh token was used from, beside the same of its session; and bounds for what clients call themselves.

alter table auth.refresh_tokens
    add column ip_address inet,
    add column user_agent varchar(500);

alter table admin.audit_logs
    add constraint audit_logs_user_agent_length check (length(user_agent) <= 500);
