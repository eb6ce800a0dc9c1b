import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appRole, tenantPolicy } from './initial/isolation.js';

/**
 * Words of notes on exceptions and groups, to be searched. Only adds: the previous version of the app keeps working. Filling the indexes
 * reads the timeline once.
 */
export class NoteWords implements MigrationInterface {
  readonly name = 'NoteWords1796200200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index exception_event_note_words on exception_event using gin (${OF_EXCEPTION}) where kind = 'commented';
create index exception_group_note_words on exception_group_note using gin (${OF_GROUP_NOTE});
create index exception_group_words on exception_group using gin (${OF_GROUP}) where note <> '';

-- row-level security keeps the indexes out of ordinary statements: their operator is not leakproof
create function throughline_exceptions_noted(said text, most integer) returns table (exception_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  with wanted as (
    select (nullif(plainto_tsquery('simple', said)::text, '') || ':*')::tsquery as words
  ), noted as (
    select exception_id from exception_event
    where ${tenantPolicy} and kind = 'commented' and ${OF_EXCEPTION} @@ (select words from wanted)
  ), noted_groups as (
    select group_id from exception_group_note where ${tenantPolicy} and ${OF_GROUP_NOTE} @@ (select words from wanted)
  ), shown as (
    -- where the notes of a group are shown: at it, at what it was made part of, and at its parts
    select group_id from noted_groups
    union
    select merged_into from exception_group where ${tenantPolicy} and group_id in (select group_id from noted_groups)
    union
    select group_id from exception_group where ${tenantPolicy} and parent_id in (select group_id from noted_groups)
    union
    select group_id from exception_group
    where ${tenantPolicy} and note <> '' and ${OF_GROUP} @@ (select words from wanted)
  ), found as (
    select exception_id, priority_order from exception
    where ${tenantPolicy} and ${IS_OPEN} and exception_id in (select exception_id from noted)
    union
    select exception_id, priority_order from exception
    where ${tenantPolicy} and ${IS_OPEN} and group_id in (select group_id from shown)
  )
  -- of more than are found the most urgent, and the same each time
  select exception_id from found order by priority_order desc, exception_id limit most
$$;
revoke execute on function throughline_exceptions_noted(text, integer) from public;
grant execute on function throughline_exceptions_noted(text, integer) to ${appRole};
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop function throughline_exceptions_noted(text, integer);
drop index exception_event_note_words, exception_group_note_words, exception_group_words;
`);
  }
}

const IS_OPEN = `state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE')`;

// as in ExceptionWords: without numbers, which are masked for most and could be told digit by digit; a note is never longer
const wordsOf = (text: string) => `to_tsvector('simple', regexp_replace(left(${text}, 10000), '[0-9]{3,}', ' ', 'g'))`;
const OF_EXCEPTION = wordsOf(`details ->> 'text'`);
const OF_GROUP_NOTE = wordsOf('text');
const OF_GROUP = wordsOf('note');
