import type { Tx } from '@throughline/persistence';
import { countRows, EXACT_COUNT_LIMIT, instantCursorSql, type Page, type RowCount } from '../../graphql/connection.js';
import type { RunState } from './graphql/run.types.js';

/** A run with its state as its activities tell it. */
export type RunRow = {
  id: string;
  key: string;
  attributes: Record<string, string>;
  lastText: string;
  state: RunState;
  system: string | null;
  integration: string | null;
  startedAt: Date | null;
  endedAt: Date | null;
  message: string | null;
  endings: number;
};

/** States that a run ends in, and whether it began: the last one said counts, and no beginning undoes an end. */
const STATE = `case
  when ended.type in ('run.completed', 'run.recovered') then 'COMPLETED'
  when ended.has_failed then 'FAILED'
  when ended.type = 'run.aborted' then 'ABORTED'
  when begun.at is not null then 'RUNNING'
  else 'OTHER' end`;

const ENDINGS = `('run.completed', 'run.recovered', 'run.failed', 'run.aborted')`;

/**
 * What failed in a run, whatever is said to have failed: an order that was refused, a load, an error answer. A failed step
 * is not yet the end of its run, and what fails at a child run is the child's.
 */
const FAILURE = `st.outcome = 'failure' and st.activity_type not in ('run.step-failed', 'run.aborted')
  and (st.is_subject or exists (
    select 1 from activity f where f.tenant_id = $1 and f.activity_id = st.activity_id
    and f.objects -> st.position::int ->> 'qualifier' = 'run'))`;

/** Of two endings at one time the worse counts; then the id, so that any order of arrival gives the same. */
const LAST_ENDING = `order by st.occurred_at desc, st.has_failed desc,
  array_position(array['run.aborted', 'run.completed', 'run.recovered'], st.activity_type), st.activity_id desc`;

// As a join over both tables the index of statements whose subject is a run is found.
const STATEMENTS = `object_alias oa join alias_statement st
  on st.tenant_id = $1 and st.alias_id = oa.alias_id and st.object_type = 'run' and st.is_subject
  where oa.tenant_id = $1 and oa.object_id = b.object_id`;

const FAILURES = `object_alias oa join alias_statement st
  on st.tenant_id = $1 and st.alias_id = oa.alias_id and st.object_type = 'run' and ${FAILURE}
  where oa.tenant_id = $1 and oa.object_id = b.object_id`;

const RUN = `business_object b
  left join lateral (select st.activity_id as id, st.activity_type as type, st.occurred_at as at,
                            st.has_failed
                     from (select st.activity_id, st.activity_type, st.occurred_at, st.activity_type = 'run.failed' as has_failed
                           from ${STATEMENTS} and st.activity_type in ${ENDINGS}
                           union all
                           select st.activity_id, st.activity_type, st.occurred_at, true from ${FAILURES}) st
                     ${LAST_ENDING} limit 1) ended on true
  left join lateral (select min(st.occurred_at) as at, min(st.occurred_at) filter (where st.activity_type = 'run.started') as started
                     from ${STATEMENTS} and st.activity_type in ('run.started', 'run.progressed')) begun on true`;

/** What a run of that state must have been said to have done: found by index, where the state is rare. */
const MUST_HAVE: Partial<Record<RunState, string>> = {
  COMPLETED: `st.is_subject and st.activity_type in ('run.completed', 'run.recovered')`,
  FAILED: `(st.outcome = 'failure' or st.is_subject and st.activity_type = 'run.failed')`,
  ABORTED: `st.is_subject and st.activity_type in ('run.aborted')`,
};

function conditionOf(states: readonly RunState[] | null): string {
  const isRun = `b.tenant_id = $1 and b.run_heard_at is not null and ($2::text[] is null or ${STATE} = any($2))`;
  const needed = states?.map((state) => MUST_HAVE[state]);
  if (needed === undefined || needed.length === 0 || needed.some((what) => what === undefined)) return isRun;
  const said = needed.map((what) => `(${what ?? ''})`).join(' or ');
  return `${isRun} and b.object_id in (
    select oa.object_id from alias_statement st join object_alias oa on oa.tenant_id = $1 and oa.alias_id = st.alias_id
    where st.tenant_id = $1 and st.object_type = 'run' and (${said}))`;
}

/** Runs, last heard of first, one more than asked. */
export async function listRuns(tx: Tx, states: readonly RunState[] | null, page: Page): Promise<RunRow[]> {
  return tx.query<RunRow>(
    `select r.*, a.system, a.integration, a.message, endings.kinds as endings
     from (select b.object_id as id, b.key, b.attributes, b.run_heard_at as last,
                  ${instantCursorSql('b.run_heard_at')} as "lastText", ${STATE} as state,
                  begun.started as "startedAt", ended.at as "endedAt", ended.id as "endedBy"
           from ${RUN}
           where ${conditionOf(states)}
             and ($3::timestamptz is null or (b.run_heard_at, b.object_id) < ($3::timestamptz, $4::uuid))
           order by b.run_heard_at desc, b.object_id desc limit $5) r
     cross join lateral (select count(distinct st.activity_type)::int as kinds
                         from object_alias oa join alias_statement st
                           on st.tenant_id = $1 and st.alias_id = oa.alias_id and st.object_type = 'run' and st.is_subject
                         where oa.tenant_id = $1 and oa.object_id = r.id
                           and st.activity_type in ('run.completed', 'run.failed', 'run.aborted')) endings
     left join lateral (select st.activity_id as id from object_alias oa join alias_statement st
                          on st.tenant_id = $1 and st.alias_id = oa.alias_id
                        where oa.tenant_id = $1 and oa.object_id = r.id
                        order by st.occurred_at desc, st.activity_id desc limit 1) heard on r."endedBy" is null
     left join lateral (select x.system, x.integration, x.problem ->> 'message' as message
                        from activity x
                        where x.tenant_id = $1
                          and x.activity_id = case when r."endedBy" is null then heard.id else r."endedBy" end) a on true
     order by r.last desc, r.id desc`,
    [tx.tenantId, states, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

export function countRuns(tx: Tx, states: readonly RunState[] | null): Promise<RowCount> {
  return countRows(tx, `select 1 from ${RUN} where ${conditionOf(states)}`, [tx.tenantId, states]);
}

/** How many activities name runs, in the order of the ids; at most 10 000 each. Fits Operation.loader. */
export async function countActivitiesOfRuns(tx: Tx, runIds: readonly string[]): Promise<number[]> {
  const rows = await tx.query<{ id: string; activities: number }>(
    `select r.id, (select count(distinct found.activity_id)::int
                   from (select st.activity_id
                         from object_alias oa join alias_statement st on st.tenant_id = $1 and st.alias_id = oa.alias_id
                         where oa.tenant_id = $1 and oa.object_id = r.id limit ${EXACT_COUNT_LIMIT}) found) as activities
     from unnest($2::uuid[]) as r(id)`,
    [tx.tenantId, runIds],
  );
  const byId = new Map(rows.map(({ id, activities }) => [id, activities]));
  return runIds.map((id) => byId.get(id) ?? 0);
}
