import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ObjectType, aliasId } from '@throughline/canonical';
import { attributesAsOf, periodStandings } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { createTestDatabase, explain } from '@throughline/persistence/testing';
import { storeActivities } from './fact-writer.js';
import { type StatementChoice, readAttributeStatements } from './read-attribute-statements.js';
import { observedDatabase } from './testing/observed-database.js';
import { type PipelineBench, newPipelineBench } from './testing/pipeline-bench.js';
import { type Spoken, spoken } from './testing/spoken-activity.js';

jest.setTimeout(120_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let bench: PipelineBench;

const idOf = (type: ObjectType, value: string) => aliasId(type, { system: 'erp', kind: 'number', scope: '', value });
const CUSTOMER = idOf('customer', 'C1');
const PERIOD = idOf('accounting-period', 'P1');

const terms = (id: string, at: string, paymentTerms: string): Spoken => ({
  id,
  at,
  type: 'customer.changed',
  objects: [{ name: 'customer C1', attributes: { paymentTerms } }],
});

/** Documents that name the customer and the period in passing, the latest word of each being theirs. */
const MENTIONS = 6_000;

async function mention(tx: Tx): Promise<void> {
  await tx.query(
    `with said as (
       insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, signal_kind,
                             signal_received_on, signal_id, objects, links)
       select $1, gen_random_uuid(), 'invoice.posted', timestamptz '2026-10-01T12:00Z' + n * interval '1 second', 'success', 'erp', '',
              n::text, 'span', '2026-10-01', gen_random_uuid(),
              jsonb_build_array(
                jsonb_build_object('type', 'customer', 'qualifier', 'related', 'aliases', jsonb_build_array(jsonb_build_object(
                  'system', 'erp', 'kind', 'number', 'scope', '', 'value', 'C1')), 'attributes', jsonb_build_object('seen', n::text)),
                jsonb_build_object('type', 'accounting-period', 'qualifier', 'related', 'aliases', jsonb_build_array(jsonb_build_object(
                  'system', 'erp', 'kind', 'number', 'scope', '', 'value', 'P1')))), '[]'
       from generate_series(1, ${MENTIONS}) as n
       returning activity_id, occurred_at
     )
     insert into alias_statement (tenant_id, activity_id, position, is_subject, activity_type, outcome, occurred_at, alias_id, object_type)
     select $1, activity_id, place, false, 'invoice.posted', 'success', occurred_at, named.id, named.type
     from said cross join (values (0, $2::uuid, 'customer'), (1, $3::uuid, 'accounting-period')) as named(place, id, type)`,
    [tx.tenantId, CUSTOMER, PERIOD],
  );
}

beforeAll(async () => {
  db = await createTestDatabase();
  bench = await newPipelineBench(db);
  const closed: Spoken = {
    id: 'closed',
    at: '10:00',
    type: 'accounting-period.closed',
    objects: ['accounting-period P1'],
  };
  const said = [terms('first', '08:00', 'net 30'), terms('second', '10:00', 'net 45'), closed];
  await bench.inTenant((tx) => storeActivities(tx, said.map(spoken)));
  while (await bench.project.run(bench.tenantId));
  await bench.inTenant(mention);
});
afterAll(() => db.close());

const read = async (objectId: string, choice: StatementChoice) =>
  (await bench.inTenant((tx) => readAttributeStatements(tx, [objectId], choice))).get(objectId) ?? [];

async function valueOf(name: string, choice: StatementChoice): Promise<string | undefined> {
  return attributesAsOf(await read(CUSTOMER, choice), choice).find((one) => one.name === name)?.value;
}

describe(`what is named by ${MENTIONS} documents`, () => {
  it('keeps what was said about itself', async () => {
    expect(await valueOf('paymentTerms', { onlySubject: false })).toBe('net 45');
    expect(await valueOf('paymentTerms', { onlySubject: true })).toBe('net 45');
  });

  it('is told as it was, however much came later', async () => {
    const asOf = '2026-10-01T09:00:00.000Z';
    expect(await valueOf('paymentTerms', { onlySubject: false, asOf })).toBe('net 30');
    expect(await valueOf('paymentTerms', { onlySubject: false, asOf: '2026-10-01T07:00:00.000Z' })).toBeUndefined();
    expect(await valueOf('paymentTerms', { onlySubject: false, knownOn: '2026-10-01' })).toBe('net 45');
    expect(await valueOf('paymentTerms', { onlySubject: false, knownOn: '2026-09-01' })).toBeUndefined();
  });

  it('shows the latest of what is said in passing, and no more than a bounded part of it', async () => {
    expect(await valueOf('seen', { onlySubject: false })).toBe(String(MENTIONS));
    expect((await read(CUSTOMER, { onlySubject: false })).length).toBeLessThan(1_000);
    expect(await read(CUSTOMER, { onlySubject: true })).toHaveLength(2);
  });

  it('knows where a period stands', async () => {
    for (const onlySubject of [true, false])
      expect(periodStandings(await read(PERIOD, { onlySubject }))).toMatchObject([
        { accountType: '', state: 'closed' },
      ]);
  });

  it('is found by an index of its own, reading none of the mentions in vain', async () => {
    const asked: (readonly [string, readonly unknown[]])[] = [];
    const observed = observedDatabase(db.database, (sql, params) => {
      if (sql.includes('alias_statement')) asked.push([sql, params]);
      return Promise.resolve();
    });
    await observed.withTenant(bench.tenantId, (tx) => readAttributeStatements(tx, [PERIOD], { onlySubject: true }));
    const [sql = '', params = []] = asked[0] ?? [];
    const plan = await bench.inTenant((tx) => explain(tx, sql, params));
    expect(plan.indexes).toContain('alias_statement_subject');
    expect(plan.discardedRows).toBeLessThan(10);
  });
});
