import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appRole, tenantPolicy } from './initial/isolation.js';

/**
 * Words of title and message of what is open, to be searched. Only adds: the previous version of the app keeps working. Filling the
 * index takes some seconds for each hundred thousand open exceptions.
 */
export class ExceptionWords implements MigrationInterface {
  readonly name = 'ExceptionWords1796094300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index exception_words on exception using gin (${WORDS}) where ${IS_OPEN};

-- row-level security keeps the index out of ordinary statements: its operator is not leakproof
create function throughline_exceptions_saying(said text, most integer) returns table (exception_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select exception_id from exception
  where ${tenantPolicy} and ${IS_OPEN} and ${WORDS} @@ (nullif(plainto_tsquery('simple', said)::text, '') || ':*')::tsquery
  -- of more than are found the most urgent, and the same each time
  order by priority_order desc, exception_id limit most
$$;
revoke execute on function throughline_exceptions_saying(text, integer) from public;
grant execute on function throughline_exceptions_saying(text, integer) to ${appRole};
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function throughline_exceptions_saying(text, integer); drop index exception_words');
  }
}

const IS_OPEN = `state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE')`;

// Without numbers: account numbers in them are masked for most, and a search by beginnings would tell them digit by digit. Only so
// much of it: of a megabyte no index can be made.
const WORDS = `to_tsvector('simple', regexp_replace(left(title || ' ' || message, 8000), '[0-9]{3,}', ' ', 'g'))`;
