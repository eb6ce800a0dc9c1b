import type { Tx } from '@throughline/persistence';
import { leftThatMatters, provedThatMatter, type RunCounts } from './domain/run.js';
import { IS_WITHDRAWN, type RunRow } from './run.repository.js';

type Few = Omit<RunCounts, 'proved'>;

/**
 * Where a run is, as far as a decision what to release depends on it: of what is left and of what is proved no more is counted than
 * matters, so that a look at a hundred thousand costs as much as one at a thousand.
 */
export async function countForRelease(tx: Tx, run: RunRow, now: Date): Promise<RunCounts> {
  const few = await countFew(tx, run, now);
  const states = run.canaryProof === 'ACKNOWLEDGED' ? ['VERIFIED', 'ACKNOWLEDGED'] : ['VERIFIED'];
  const [row] = await tx.query<{ proved: number }>(
    // from the end of the index: what was acknowledged first is so no more, and has left its entries there
    `select count(*)::int as proved
     from unnest($3::text[]) as s(state) cross join lateral (
       select from requeue_attempt a
       where a.tenant_id = $1 and a.request_id = $2 and a.state = s.state collate "C" and a.released_at >= $4
       order by a.position desc, a.attempt_id desc limit $5
     ) proved`,
    [tx.tenantId, run.requestId, states, run.measuredFrom, provedThatMatter(run, few)],
  );
  return { ...few, proved: row?.proved ?? 0 };
}

async function countFew(tx: Tx, run: RunRow, now: Date): Promise<Few> {
  const unproved = run.canaryProof === 'ACKNOWLEDGED' ? ['UNKNOWN'] : ['UNKNOWN', 'ACKNOWLEDGED'];
  const isOverdue = 'coalesce(a.verify_by <= $4, false)';
  const [row] = await tx.query<Few>(
    `select "left".count as left, under_way.count as "inFlight", under_way.measured + open.pending as pending,
            ended.failed + open.overdue as failed, lately.count as "releasedLastSecond", lately.first as "firstOfLastSecond"
     from (
       select count(*)::int from (
         select from requeue_attempt a
         where a.tenant_id = $1 and a.request_id = $2 and a.state = 'QUEUED' and a.released_at is null
         order by a.integration, a.position, a.attempt_id limit $7
       ) held
     ) "left"
     cross join (
       -- one that was overtaken while a worker was sending it, and killed, is under way no more
       select count(*)::int, (count(*) filter (where a.released_at >= $3))::int as measured
       from requeue_attempt a
       where a.tenant_id = $1 and a.request_id = $2 and a.state in ('QUEUED', 'SENDING') and a.released_at is not null
         and a.finished_at is null
     ) under_way
     cross join (
       select (count(*) filter (where not ${isOverdue}))::int as pending, (count(*) filter (where ${isOverdue}))::int as overdue
       from requeue_attempt a
       where a.tenant_id = $1 and a.request_id = $2 and a.state = any($6::text[]) and a.finished_at is null and a.released_at >= $3
     ) open
     cross join (
       select count(*)::int as failed from requeue_attempt a
       where a.tenant_id = $1 and a.request_id = $2 and a.released_at >= $3
         and (a.state = 'FAILED' or a.state = 'REFUSED' and not ${IS_WITHDRAWN})
     ) ended
     cross join (
       select count(*)::int, min(a.released_at) as first
       from integration i
       join requeue_attempt a on a.tenant_id = $1 and a.integration = i.name and a.released_at > $5 and a.request_id = $2
       where i.tenant_id = $1
     ) lately`,
    [
      ...[tx.tenantId, run.requestId, run.measuredFrom, now, new Date(now.getTime() - 1_000)],
      ...[unproved, leftThatMatters(run)],
    ],
  );
  if (row === undefined) throw new Error('counts of one run are one row');
  return row;
}
