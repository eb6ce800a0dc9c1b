import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appRole } from './initial/isolation.js';

/**
 * A session is found together with its person: every request asks, and one look-up stands for a transaction of its own. Only adds
 * a function: the previous version of the app keeps working beside it, with `throughline_find_session`.
 */
export class SignedInPeople implements MigrationInterface {
  readonly name = 'SignedInPeople1796015000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create function throughline_find_signed_in(wanted_hash bytea)
returns table (tenant_id uuid, person_id uuid, email text, display_name text, roles text[], expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.tenant_id, s.person_id, p.email, p.display_name, p.roles, s.expires_at
    from session s
    join person p on p.tenant_id = s.tenant_id and p.person_id = s.person_id
   where s.session_hash = wanted_hash and s.expires_at > now() and p.is_active
$$;
revoke execute on function throughline_find_signed_in(bytea) from public;
grant execute on function throughline_find_signed_in(bytea) to ${appRole};
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function throughline_find_signed_in(bytea)');
  }
}
