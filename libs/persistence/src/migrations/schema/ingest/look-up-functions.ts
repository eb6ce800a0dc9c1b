import { appRole } from '../initial/isolation.js';

/** Credential → sender, with its limit; a key that has ended is not found. */
export const ingestFunctions = `
create function throughline_find_sender(wanted_hash bytea)
returns table (tenant_id uuid, key_id uuid, source_system text, items_per_second integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.tenant_id, k.key_id, k.source_system, k.items_per_second
    from ingest_key k
   where k.key_hash = wanted_hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
$$;
revoke execute on function throughline_find_sender(bytea) from public;
grant execute on function throughline_find_sender(bytea) to ${appRole};
`;

/** Undoes ingestFunctions. */
export const dropIngestFunctions = `
drop function throughline_find_sender(bytea);
`;
