import { appRole } from './isolation.js';

/**
 * What must be known before a tenant is: credential → tenant, by hash. SECURITY DEFINER with a fixed search_path (pg_temp
 * last, so that a temporary table cannot stand in for a real one).
 */
export const lookUpFunctions = `
create function throughline_tenant_ids() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select tenant_id from tenant
$$;

create function throughline_create_tenant(new_id uuid, new_name text, new_environment text) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into tenant (tenant_id, name, environment) values (new_id, new_name, new_environment)
  on conflict (tenant_id) do nothing
$$;

create function throughline_find_ingest_key(wanted_hash bytea)
returns table (tenant_id uuid, key_id uuid, source_system text)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.tenant_id, k.key_id, k.source_system
    from ingest_key k
   where k.key_hash = wanted_hash and k.revoked_at is null
$$;

create function throughline_find_sign_in(wanted_email text)
returns table (tenant_id uuid, person_id uuid, password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.tenant_id, p.person_id, p.password_hash
    from person p
   where p.email = lower(wanted_email) collate "C" and p.is_active
$$;

create function throughline_find_session(wanted_hash bytea)
returns table (tenant_id uuid, person_id uuid, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.tenant_id, s.person_id, s.expires_at
    from session s
    join person p on p.tenant_id = s.tenant_id and p.person_id = s.person_id
   where s.session_hash = wanted_hash and s.expires_at > now() and p.is_active
$$;

revoke execute on function throughline_tenant_ids(), throughline_create_tenant(uuid, text, text),
  throughline_find_ingest_key(bytea), throughline_find_sign_in(text), throughline_find_session(bytea) from public;
grant execute on function throughline_tenant_ids(), throughline_create_tenant(uuid, text, text),
  throughline_find_ingest_key(bytea), throughline_find_sign_in(text), throughline_find_session(bytea) to ${appRole};
`;

/** Undoes lookUpFunctions. */
export const dropLookUpFunctions = `
drop function throughline_find_session(bytea);
drop function throughline_find_sign_in(text);
drop function throughline_find_ingest_key(bytea);
drop function throughline_create_tenant(uuid, text, text);
drop function throughline_tenant_ids();
`;
