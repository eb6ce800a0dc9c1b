import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase, fillTransactions, type TestDatabase } from '@throughline/persistence/testing';
import pg from 'pg';
import { planOf } from '../../testing/plan-of.js';
import { findMade, findNamedAttempts } from './outcome.repository.js';
import { loadEvidence } from './sending.repository.js';

const REQUEST_ID = randomUUID();
const FACTS = ['activity', 'alias_statement', 'object_alias', 'business_object'];
/** What is read besides, at most: a few rows of each item, not those of the tenant. */
const FEW = 500;

type Sent = { attemptId: string; exceptionId: string; objectId: string };

let db: TestDatabase;
let sent: Sent[];

beforeAll(async () => {
  db = await createTestDatabase();
  await fillTransactions(db.ownerUrl, db.tenantId, { transactions: 10_000, now: new Date('2026-06-30T12:00:00Z') });
  const owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  await owner.query(
    `insert into requeue_attempt (tenant_id, attempt_id, request_id, exception_id, object_id, attempt, integration, idempotency_key,
                                  body, traceparent, state, created_at)
     select $1, o.object_id, $2, o.object_id, o.object_id, 1, 'sales', 'msg', '{}',
            '00-' || replace(o.object_id::text, '-', '') || '-00f067aa0ba902b7-01', 'ACKNOWLEDGED', now()
     from business_object o where o.tenant_id = $1`,
    [db.tenantId, REQUEST_ID],
  );
  await owner.query(
    `insert into requeue_claim (tenant_id, exception_id, attempt_id, object_id, integration, claimed_at)
     select tenant_id, exception_id, attempt_id, object_id, integration, now() from requeue_attempt where tenant_id = $1`,
    [db.tenantId],
  );
  // each object was accepted once; the runs that name the request are the last that came
  await owner.query(
    `with accepted as materialized (
       select alias_id, gen_random_uuid() as activity_id, row_number() over (order by alias_id) as n
       from object_alias where tenant_id = $1
     ), stated as (
       insert into alias_statement (tenant_id, activity_id, position, alias_id, is_subject, activity_type, outcome, occurred_at, object_type)
       select $1, activity_id, 0, alias_id, true, 'sales-order.accepted', 'success', now(), 'sales-order' from accepted
     )
     insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, signal_kind,
                           signal_received_on, signal_id, objects, links, names, requeue_id)
     select $1, activity_id, 'sales-order.accepted', now(), 'success', 'sap-s4hana', 'sales', 'run', 'event', current_date,
            gen_random_uuid(), '[]', '[]', uuid_send(alias_id), case when n > 30000 then $2::uuid end
     from accepted order by n`,
    [db.tenantId, REQUEST_ID],
  );
  await failAt(owner);
  await owner.query('vacuum (analyze) activity, alias_statement, exception, requeue_attempt, requeue_claim');
  const { rows } = await owner.query<Sent>(
    `select a.attempt_id as "attemptId", a.exception_id as "exceptionId", a.object_id as "objectId"
     from requeue_attempt a
     join exception e on e.tenant_id = $1 and e.exception_id = a.exception_id
     join object_alias o on o.tenant_id = $1 and o.object_id = a.object_id
     join alias_statement s on s.tenant_id = $1 and s.alias_id = o.alias_id
     join activity v on v.tenant_id = $1 and v.activity_id = s.activity_id and v.requeue_id is not null
     where a.tenant_id = $1 order by a.attempt_id limit 20`,
    [db.tenantId],
  );
  sent = rows;
  await owner.end();
}, 120_000);

afterAll(async () => {
  await db.close();
});

/** The same exception at every object. */
async function failAt(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(column_name) as name from information_schema.columns
     where table_schema = 'public' and table_name = 'exception' and is_generated = 'NEVER'`,
  );
  const names = rows.map(({ name }) => name);
  const values = names.map((name) =>
    ['exception_id', 'object_id', 'first_object_id'].includes(name) ? 'o.object_id' : `e.${name}`,
  );
  await owner.query(
    `insert into exception (${names.join(', ')}) select ${values.join(', ')}
     from (select * from exception where tenant_id = $1 limit 1) e, business_object o where o.tenant_id = $1 on conflict do nothing`,
    [db.tenantId],
  );
}

it.each([
  [
    'what proves attempts',
    (tx) =>
      loadEvidence(
        tx,
        sent.map(({ exceptionId }) => exceptionId),
      ),
  ],
  [
    'attempts that runs name',
    (tx) =>
      findNamedAttempts(
        tx,
        sent.map(({ objectId }) => objectId),
      ),
  ],
  [
    'what attempts made',
    (tx) =>
      findMade(
        tx,
        sent.map(({ attemptId }) => attemptId),
      ),
  ],
] as readonly [string, Parameters<typeof planOf>[2]][])(
  '%s: of all the rows of the tenant only theirs are read, as the app role',
  async (_name, work) => {
    expect(sent).toHaveLength(20);
    const { discardedRows, scannedTables } = await planOf(db, db.tenantId, work);
    expect(scannedTables.filter((table) => FACTS.includes(table))).toEqual([]);
    expect(discardedRows).toBeLessThan(FEW);
  },
);
