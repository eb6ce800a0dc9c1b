import { formatAmount, fromMinorUnits } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { PersonRow } from '../identity/index.js';
import { EXCEPTION_STATES, isOpen } from './domain/life-cycle.js';
import { REPORTING_CURRENCY } from './domain/priority.js';
import type { MoneyTotal } from './inbox.repository.js';
import { COUNTED, countedOnceSql } from './inbox/counted-once.js';
import { FACETS_SQL, partSql } from './inbox/facet-sql.js';
import { IS_OPEN } from './inbox/open-sql.js';
import { QUEUES_SQL } from './inbox/open-queues.js';

/** States in which an exception waits in a queue. */
export const OPEN_STATES = EXCEPTION_STATES.filter(isOpen);

/** What waits in a queue now. */
export type QueueCounts = {
  open: number;
  unassigned: number;
  /** In the first band. */
  urgent: number;
  oldestOpenedAt: Date | null;
  nextDueAt: Date | null;
};

const NOTHING: QueueCounts = { open: 0, unassigned: 0, urgent: 0, oldestOpenedAt: null, nextDueAt: null };

/** Counts per queue, in the order of the names. Fits Operation.loader. */
export async function countQueues(tx: Tx, queues: readonly string[], now: Date): Promise<QueueCounts[]> {
  const rows = await tx.query<QueueCounts & { queue: string }>(QUEUES_SQL, [tx.tenantId, queues, now]);
  const byName = new Map(rows.map(({ queue, ...counts }) => [queue, counts]));
  return queues.map((name) => byName.get(name) ?? NOTHING);
}

/** Money at risk per queue in the reporting currency, each unit of money once, inflow and outflow apart. */
export async function totalQueues(tx: Tx, queues: readonly string[]): Promise<MoneyTotal[]> {
  const found = (condition: string) =>
    `select ${COUNTED}, f.queue, e.direction, e.reporting_minor as amount, false as is_unknown
     from exception e join facet f on f.facet_key = e.facet_key
     where e.tenant_id = $1 and ${IS_OPEN} and f.queue = any($2::text[]) and e.reporting_minor is not null and ${condition}`;
  const rows = await tx.query<{ queue: string; inflow: string; outflow: string; count: number }>(
    `with facet as materialized (select facet_key, ${partSql('QUEUE')} as queue from (${FACETS_SQL}) f)
     select queue, coalesce(sum(amount) filter (where direction = 'inflow'), 0)::text as inflow,
            coalesce(sum(amount) filter (where direction = 'outflow'), 0)::text as outflow, sum(exceptions)::int as count
     from (${countedOnceSql(found, ['queue', 'direction'])}) once
     group by queue`,
    [tx.tenantId, queues],
  );
  const byName = new Map(rows.map((row) => [row.queue, row]));
  return queues.map((name) => {
    const { inflow, outflow, count } = byName.get(name) ?? { inflow: '0', outflow: '0', count: 0 };
    return { currency: REPORTING_CURRENCY, inflow: amountOf(inflow), outflow: amountOf(outflow), count };
  });
}

function amountOf(minor: string): string {
  return formatAmount(fromMinorUnits(BigInt(minor), REPORTING_CURRENCY).amount, REPORTING_CURRENCY);
}

/** The active people of each queue, by name. Fits Operation.loader. */
export async function findQueueMembers(tx: Tx, queues: readonly string[]): Promise<PersonRow[][]> {
  const rows = await tx.query<PersonRow & { queue: string }>(
    `select m.queue, p.person_id as id, p.display_name as "displayName", p.email, p.roles
     from queue_member m join person p on p.tenant_id = $1 and p.person_id = m.person_id and p.is_active
     where m.tenant_id = $1 and m.queue = any($2::text[])
     order by p.display_name, p.person_id`,
    [tx.tenantId, queues],
  );
  return queues.map((name) => rows.filter(({ queue }) => queue === name).map(({ queue: _queue, ...person }) => person));
}

/** Makes these people the members of a queue that is locked; answers who were before. */
export async function replaceQueueMembers(tx: Tx, queue: string, personIds: readonly string[]): Promise<string[]> {
  const before = await tx.query<{ id: string }>(
    `delete from queue_member where tenant_id = $1 and queue = $2 returning person_id as id`,
    [tx.tenantId, queue],
  );
  await tx.query(
    `insert into queue_member (tenant_id, queue, person_id) select $1, $2, id from unnest($3::uuid[]) as p(id)`,
    [tx.tenantId, queue, personIds],
  );
  return before.map(({ id }) => id).sort();
}
