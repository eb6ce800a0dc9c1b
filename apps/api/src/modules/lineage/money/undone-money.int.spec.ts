import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Money, type ObjectType, aliasId } from '@throughline/canonical';
import { balanceMoney, openAmountOf } from '@throughline/lineage';
import { createTestDatabase } from '@throughline/persistence/testing';
import { storeActivities } from '../pipeline/fact-writer.js';
import { type PipelineBench, newPipelineBench } from '../pipeline/testing/pipeline-bench.js';
import { type Spoken, spoken } from '../pipeline/testing/spoken-activity.js';
import { loadMoneyGraph } from './money-graph.repository.js';
import { readReceivables } from './read-receivables.js';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const EUR_1000: Money = { amount: '1000.00', currency: 'EUR' };
const document = (name: string) => ({ name, amount: EUR_1000 });

/** The document, and what settles it: told by the second object to the first. */
const POSTED: Spoken = { id: 'posted', at: '08:00', type: 'invoice.posted', objects: [document('invoice I')] };
const OWED: Spoken = {
  id: 'owed',
  at: '08:00',
  type: 'supplier-invoice.posted',
  objects: [document('supplier-invoice S')],
};
const settles = (said: Pick<Spoken, 'id' | 'at' | 'type' | 'outcome'>, of: string): Spoken => ({
  ...said,
  objects: [document('payment P'), of],
  link: EUR_1000,
  qualifier: 'settles',
});
const about = (id: string, at: string, type: string, name: string, outcome: Spoken['outcome'] = 'success'): Spoken => ({
  id,
  at,
  type,
  outcome,
  objects: [document(name)],
});

const ATTEMPT = settles({ id: 'attempt', at: '09:00', type: 'payment.applied', outcome: 'failure' }, 'invoice I');
const APPLIED = settles({ id: 'applied', at: '10:00', type: 'payment.applied', outcome: 'success' }, 'invoice I');
const SENT = settles({ id: 'sent', at: '09:00', type: 'payment.sent', outcome: 'success' }, 'supplier-invoice S');
const REFUSED = about('refused', '10:00', 'payment.rejected', 'payment P', 'failure');

type Case = { name: string; of: 'invoice I' | 'supplier-invoice S'; said: Spoken[]; open: string };

const CASES: Case[] = [
  { name: 'an application that failed settles nothing', of: 'invoice I', said: [POSTED, ATTEMPT], open: '1000.00' },
  { name: 'applied at the second attempt', of: 'invoice I', said: [POSTED, ATTEMPT, APPLIED], open: '0.00' },
  { name: 'sent to the bank', of: 'supplier-invoice S', said: [OWED, SENT], open: '0.00' },
  { name: 'refused by the bank', of: 'supplier-invoice S', said: [OWED, SENT, REFUSED], open: '1000.00' },
  {
    name: 'sent again after it was refused',
    of: 'supplier-invoice S',
    said: [OWED, SENT, REFUSED, about('again', '11:00', 'payment.sent', 'payment P')],
    open: '0.00',
  },
  {
    name: 'an invoice that was cancelled',
    of: 'invoice I',
    said: [POSTED, about('void', '12:00', 'invoice.cancelled', 'invoice I')],
    open: '0.00',
  },
];

describe.each(CASES)('$name', ({ of, said, open }) => {
  it.each([
    ['as it happened', said],
    ['backwards', said.toReversed()],
  ])(`leaves ${open} open, told %s and in one`, async (_order, told) => {
    for (const batches of [told.map((one) => [one]), [told]]) {
      const bench = await newPipelineBench(db);
      for (const batch of batches) {
        await bench.inTenant((tx) => storeActivities(tx, batch.map(spoken)));
        while (await bench.project.run(bench.tenantId));
      }
      expect(await bench.read()).toEqual(bench.inMemoryOf(said.map(spoken)));
      expect(await openOf(bench, of)).toBe(open);
    }
  });
});

describe('a receivable', () => {
  it('is none where the invoice was cancelled, and one where its payment only failed to be applied', async () => {
    const bench = await newPipelineBench(db);
    const due: Spoken = { ...POSTED, objects: [{ ...document('invoice I'), attributes: { dueDate: '2026-10-20' } }] };
    await bench.inTenant((tx) => storeActivities(tx, [due, ATTEMPT].map(spoken)));
    while (await bench.project.run(bench.tenantId));
    expect(await receivablesOf(bench)).toEqual(['1000.00 EUR']);
    await bench.inTenant((tx) =>
      storeActivities(tx, [spoken(about('void', '12:00', 'invoice.cancelled', 'invoice I'))]),
    );
    while (await bench.project.run(bench.tenantId));
    expect(await receivablesOf(bench)).toEqual([]);
  });
});

async function openOf(bench: PipelineBench, name: string): Promise<string | undefined> {
  const [type, value = ''] = name.split(' ');
  const id = aliasId(type as ObjectType, { system: 'erp', kind: 'number', scope: '', value });
  const { nodes, links } = await bench.inTenant((tx) => loadMoneyGraph(tx, [id]));
  return openAmountOf(balanceMoney(nodes, links, undefined, [id]))?.amount;
}

async function receivablesOf(bench: PipelineBench): Promise<string[]> {
  const selection = { legalEntity: null, currency: null };
  const { lines } = await bench.inTenant((tx) => readReceivables(tx, selection, '2026-10-02'));
  return lines.map(({ open }) => `${open.amount} ${open.currency}`);
}
