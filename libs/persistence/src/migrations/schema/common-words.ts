import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appRole, tenantPolicy } from './initial/isolation.js';

/**
 * Words that very many say: how many is told without their order, the most urgent of them are met on a walk, and a list asks row by
 * row. Only functions: the previous version of the app keeps working.
 */
export class CommonWords implements MigrationInterface {
  readonly name = 'CommonWords1796200600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop function throughline_exceptions_saying(text, integer);
create function throughline_exceptions_saying(said text, most integer, is_ordered boolean default true) returns table (exception_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  asked tsquery := ${ASKED};
  looked integer := ${LOOKED_FIRST};
  ids uuid[];
  met integer;
begin
  if not is_ordered then
    return query select exception_id from exception where ${tenantPolicy} and ${IS_OPEN} and ${WORDS} @@ asked limit most;
    return;
  end if;
  -- of what a quarter says, or more, reading so many in order takes less than sorting all of it
  for step in 1..2 loop
    exit when most > ${MOST_WALKED};
    select array_agg(exception_id) into ids from (
      select exception_id from (
        select exception_id, title, message from exception where ${tenantPolicy} and ${IS_OPEN}
        order by priority_order desc, exception_id desc limit looked
      ) walked where ${WORDS} @@ asked limit most
    ) said;
    met := coalesce(cardinality(ids), 0);
    if met = most then
      return query select unnest(ids);
      return;
    end if;
    exit when met * 4 < looked;
    looked := ceil(1.2 * most * looked / met);
  end loop;
  -- of more than are found the most urgent, and the same each time
  return query select exception_id from exception where ${tenantPolicy} and ${IS_OPEN} and ${WORDS} @@ asked
    order by priority_order desc, exception_id desc limit most;
end $$;
revoke execute on function throughline_exceptions_saying(text, integer, boolean) from public;
grant execute on function throughline_exceptions_saying(text, integer, boolean) to ${appRole};

-- whether one says it; of a row that is read already, where no index is needed
create function throughline_says(title text, message text, said text) returns boolean language sql immutable parallel safe
  as $$ select ${WORDS} @@ ${ASKED} $$;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop function throughline_says(text, text, text);
drop function throughline_exceptions_saying(text, integer, boolean);
create function throughline_exceptions_saying(said text, most integer) returns table (exception_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select exception_id from exception
  where ${tenantPolicy} and ${IS_OPEN} and ${WORDS} @@ ${ASKED}
  -- of more than are found the most urgent, and the same each time
  order by priority_order desc, exception_id limit most
$$;
revoke execute on function throughline_exceptions_saying(text, integer) from public;
grant execute on function throughline_exceptions_saying(text, integer) to ${appRole};
`);
  }
}

/** Of the most urgent, so many tell whether a walk is worth while. */
const LOOKED_FIRST = 500;

/** Who asks for more asks for all of it. */
const MOST_WALKED = 20_000;

const IS_OPEN = `state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE')`;

// as in ExceptionWords, whose index has them
const WORDS = `to_tsvector('simple', regexp_replace(left(title || ' ' || message, 8000), '[0-9]{3,}', ' ', 'g'))`;
const ASKED = `(nullif(plainto_tsquery('simple', said)::text, '') || ':*')::tsquery`;
