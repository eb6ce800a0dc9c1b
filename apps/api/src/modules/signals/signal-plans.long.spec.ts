import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import {
  connected,
  createTestDatabase,
  explain,
  type QueryPlan,
  type TestDatabase,
} from '@throughline/persistence/testing';
import { findIntakeFigures, findSourceTraffic } from './intake.repository.js';
import { findCauses, listCaused } from './signal-flow.repository.js';
import { countSignals, findSignals, listSignals, type SignalListSelection } from './signal-list.repository.js';

const ROWS = 300_000;

const EVERYTHING: SignalListSelection = {
  states: null,
  kinds: null,
  sourceSystems: null,
  types: null,
  from: null,
  to: null,
  fileId: null,
  mapping: null,
  correlationId: null,
};

const CAUSE = { id: '00000000-0000-8000-8000-000000000001', correlationId: 'flow-200', externalId: 'cause-200' };

let db: TestDatabase;
let oneId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  // As the owner, whose statements may take as long as a busy machine needs.
  await connected(db.ownerUrl, async (client) => {
    await client.query(
      `insert into signal (tenant_id, received_on, signal_id, batch_id, kind, source, external_id, scoped_key, type, received_at,
                           attributes, body, source_system, mapping_outcome, file_id, record_no, correlation_id, causation_id)
       select $1, (at at time zone 'utc')::date, gen_random_uuid(), gen_random_uuid(),
              case when n % 50000 = 0 then 'log' when n % 3 = 0 then 'file-record' else 'webhook' end, 's', n::text, n::text,
              case when n % 50000 = 1 then 'rare' else 'type-' || n % 40 end, at, '{}', '\\x7b7d',
              case when n % 50000 = 2 then 'quiet' else 'system-' || n % 20 end,
              case when n % 10000 = 0 then 'unmapped' when n % 10000 = 5 then 'ignored' end,
              case when n % 3 = 0 then md5((n / 30000)::text)::uuid end, n,
              case when n % 100 = 0 then 'flow-' || n % 3000 end, case when n % 200 = 0 then 'cause-' || n end
       from (select n, now() - make_interval(secs => n / 10.0) as at from generate_series(1, ${ROWS}) n) numbered`,
      [db.tenantId],
    );
    const { rows } = await client.query<{ id: string }>(
      `select signal_id as id from signal where tenant_id = $1 order by received_at limit 1`,
      [db.tenantId],
    );
    oneId = rows[0]?.id ?? '';
    await client.query('analyze signal');
  });
}, 600_000);

afterAll(async () => {
  await db.close();
});

/** Plan of the one statement that the work runs, as the app role. */
async function planOf(work: (tx: Tx) => Promise<unknown>): Promise<QueryPlan> {
  let plan: QueryPlan | undefined;
  await db.database.withTenant(db.tenantId, (tx) => {
    const watching: Pick<Tx, 'tenantId' | 'query'> = {
      tenantId: tx.tenantId,
      async query<R>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
        plan ??= await explain(tx, sql, params);
        return [{ rows: 0 }] as R[];
      },
    };
    return work(watching as Tx);
  });
  if (plan === undefined) throw new Error('no statement was run');
  return plan;
}

const list = (selection: Partial<SignalListSelection>, after: string[] | null = null) =>
  planOf((tx) => listSignals(tx, { ...EVERYTHING, ...selection }, 'RECEIVED_DESC', { first: 50, after }));

describe('signals on many rows are read by index', () => {
  it.each<[string, () => Promise<QueryPlan>]>([
    ['the newest', () => list({})],
    ['behind a cursor', () => list({}, ['2026-01-01T00:00:00.000000Z', '00000000-0000-0000-0000-000000000000'])],
    ['unmapped ones', () => list({ states: ['UNMAPPED'] })],
    ['ignored ones', () => list({ states: ['IGNORED'] })],
    ['mapped ones', () => list({ states: ['MAPPED'] })],
    ['ones of a rare kind', () => list({ kinds: ['log'] })],
    ['ones of a quiet source system', () => list({ sourceSystems: ['quiet'] })],
    ['ones of a rare type', () => list({ types: ['rare'] })],
    ['those of a time', () => list({ from: new Date(Date.now() - 60_000), to: new Date() })],
    ['those of a flow', () => list({ correlationId: 'flow-100' })],
    ['those that one caused', () => planOf((tx) => listCaused(tx, CAUSE, { first: 50, after: null }))],
    ['what caused one', () => planOf((tx) => findCauses(tx, [{ ...CAUSE, causationId: 'cause-200' }]))],
    ['by id', () => planOf((tx) => findSignals(tx, [oneId]))],
    ['counted by state', () => planOf((tx) => countSignals(tx, { ...EVERYTHING, states: ['UNMAPPED'] }))],
    ['in figures', () => planOf((tx) => findIntakeFigures(tx, new Date(Date.now() - 3_600_000)))],
    ['of a source system', () => planOf((tx) => findSourceTraffic(tx, ['quiet', 'system-1'], new Date(0)))],
  ])('%s', async (_name, plan) => {
    const { scannedTables, executionMs } = await plan();
    expect(scannedTables.filter((table) => table.startsWith('signal'))).toEqual([]);
    expect(executionMs).toBeLessThan(100);
  });
});
