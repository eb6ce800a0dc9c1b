import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ObjectType } from '@throughline/canonical';
import { createTestDatabase } from '@throughline/persistence/testing';
import { seededNumbers } from '@throughline/scenarios';
import { storeActivities } from './fact-writer.js';
import { replaceFacts } from './remapping/replace-facts.js';
import { observedDatabase } from './testing/observed-database.js';
import { type PipelineBench, newPipelineBench } from './testing/pipeline-bench.js';
import { type Said, activityOf } from './testing/said-activity.js';

jest.setTimeout(120_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const named = (type: ObjectType, ...names: string[]) => ({ type, names });

/** Everything that two people under three user ids and a technical user do to two orders, two payments and a batch, and who is whom. */
const POOL: readonly Omit<Said, 'at'>[] = [
  ...(['o1', 'o2'] as const).flatMap((order, index): Omit<Said, 'at'>[] => [
    did(`request ${order}`, 'requested-by', named('person', `crm${index + 1}`), named('sales-order', order)),
    did(`attach ${order}`, 'approved-by', named('approval', `a${index + 1}`), named('sales-order', order)),
    did(`grant ${order}`, 'granted-by', named('person', 'erp1'), named('approval', `a${index + 1}`)),
  ]),
  ...(['p1', 'p2'] as const).flatMap((payment, index): Omit<Said, 'at'>[] => [
    did(`change ${payment}`, 'bank-details-changed-by', named('person', 'erp1'), named('bank-account', 'b1')),
    did(`pay ${payment}`, 'paid-to', named('bank-account', 'b1'), named('payment', payment)),
    did(`release ${payment}`, 'released-by', named('person', `crm${index + 1}`), named('payment', payment)),
  ]),
  did('prepare o1', 'prepared-by', named('person', 'svc-orders'), named('sales-order', 'o1')),
  did('approve o1', 'approved-by', named('person', 'svc-orders'), named('sales-order', 'o1')),
  did('batch p1', 'batches', named('payment', 'p1'), named('payment-batch', 'pb')),
  did('release pb', 'released-by', named('person', 'crm1'), named('payment-batch', 'pb')),
  { id: 'one person', objects: [named('person', 'crm1', 'erp1')] },
  { id: 'one approval', objects: [named('approval', 'a1', 'x1')] },
];

function did(id: string, qualifier: string, ...objects: Said['objects']): Omit<Said, 'at'> {
  return { id, objects, link: { qualifier } };
}

const store = (bench: PipelineBench, said: readonly Said[]) =>
  bench.inTenant((tx) => storeActivities(tx, said.map(activityOf)));
const unsay = (bench: PipelineBench, said: Said) =>
  bench.inTenant((tx) =>
    replaceFacts(tx, { signalIds: [activityOf(said).signal.signalId], activities: [], copies: [] }),
  );

describe('findings of duties', () => {
  it('are those of the whole, whatever comes when and is taken back', async () => {
    let found = 0;
    for (let seed = 1; seed <= 8; seed += 1) {
      const next = seededNumbers(seed);
      const pick = (count: number) => Math.floor(next() * count);
      const bench = await newPipelineBench(db);
      const known = new Map<string, Said>();
      const unsaid = [...POOL];
      for (let step = 0; step < 12; step += 1) {
        const taken = Array.from({ length: 1 + pick(3) }, () => unsaid.splice(pick(unsaid.length), 1)).flat();
        const said = taken.map((one): Said => ({
          ...one,
          at: `2026-10-01T${String(8 + pick(10)).padStart(2, '0')}:00:00.000Z`,
        }));
        await store(bench, said);
        for (const one of said) known.set(one.id, one);
        const [gone] = [...known.values()].slice(pick(known.size));
        if (step % 3 === 2 && gone !== undefined) {
          await unsay(bench, gone);
          known.delete(gone.id);
        }
        await bench.settle();
        const { findings } = await bench.read();
        found += findings.length;
        expect({ seed, step, findings }).toEqual({
          seed,
          step,
          findings: bench.inMemoryOf([...known.values()].map(activityOf)).findings,
        });
      }
    }
    // Histories in which nothing is found would show nothing.
    expect(found).toBeGreaterThan(20);
  });

  it('cost facts that say nothing of duties no statement', async () => {
    const bench = await newPipelineBench(db);
    const seen: string[] = [];
    const watched = bench.seenBy(observedDatabase(db.database, (sql) => Promise.resolve(void seen.push(sql))));
    await store(bench, [{ ...did('a', 'fulfils', named('contract', 'c1'), named('sales-order', 'o1')) }]);
    await watched.project.run(bench.tenantId);
    expect(seen.some((sql) => sql.includes('object_link'))).toBe(true);
    expect(seen.filter((sql) => sql.includes('into_subject'))).toEqual([]);
  });
});
