import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Money, type ObjectType, aliasId } from '@throughline/canonical';
import { balanceMoney, openAmountOf } from '@throughline/lineage';
import { createTestDatabase } from '@throughline/persistence/testing';
import { deleteActivities, markDirty, storeActivities } from '../pipeline/fact-writer.js';
import { type PipelineBench, newPipelineBench } from '../pipeline/testing/pipeline-bench.js';
import { type Spoken, spoken } from '../pipeline/testing/spoken-activity.js';
import { loadMoneyGraph } from './money-graph.repository.js';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const EUR_1000: Money = { amount: '1000.00', currency: 'EUR' };

const about = (type: string, at: string, name: string, outcome: Spoken['outcome'] = 'success'): Spoken => ({
  id: `${type} ${at} ${name}`,
  at,
  type,
  outcome,
  objects: [{ name, amount: EUR_1000, direction: 'outflow' }],
});
const follows = (type: string, at: string, [name, of]: [string, string], qualifier: string): Spoken => ({
  ...about(type, at, name),
  objects: [{ name, amount: EUR_1000, direction: 'outflow' }, of],
  link: EUR_1000,
  qualifier,
});

/** One supplier invoice, paid by a payment of a block of a file. */
const SENT: Spoken[] = [
  about('purchase-order.approved', '07:00', 'purchase-order O'),
  follows('supplier-invoice.posted', '07:30', ['supplier-invoice S', 'purchase-order O'], 'bills'),
  follows('payment.sent', '08:00', ['payment P', 'supplier-invoice S'], 'settles'),
  follows('payment-batch.composed', '08:00', ['payment-batch B', 'payment P'], 'batches'),
  follows('payment-batch.composed', '08:01', ['payment-batch F', 'payment-batch B'], 'gathers'),
  about('payment-batch.sent', '08:30', 'payment-batch B'),
];

type Case = { name: string; then: Spoken[]; progress: 'running' | 'completed'; open: string };

const CASES: Case[] = [
  { name: 'sent', then: [], progress: 'completed', open: '0.00' },
  {
    name: 'accepted',
    then: [about('payment-batch.accepted', '09:00', 'payment-batch F')],
    progress: 'completed',
    open: '0.00',
  },
  {
    name: 'rejected with its file',
    then: [about('payment-batch.rejected', '09:00', 'payment-batch F', 'failure')],
    progress: 'running',
    open: '1000.00',
  },
  {
    name: 'rejected with its block',
    then: [about('payment-batch.rejected', '09:00', 'payment-batch B', 'failure')],
    progress: 'running',
    open: '1000.00',
  },
  {
    name: 'in a batch that was cancelled',
    then: [about('payment-batch.cancelled', '09:00', 'payment-batch B')],
    progress: 'running',
    open: '1000.00',
  },
  {
    name: 'rejected with its file, and sent again in another',
    then: [
      about('payment-batch.rejected', '09:00', 'payment-batch F', 'failure'),
      follows('payment-batch.composed', '10:00', ['payment-batch N', 'payment P'], 'batches'),
      about('payment.sent', '10:00', 'payment P'),
    ],
    progress: 'completed',
    open: '0.00',
  },
  {
    name: 'executed in spite of all',
    then: [
      about('payment-batch.rejected', '09:00', 'payment-batch F', 'failure'),
      about('payment.executed', '10:00', 'payment P'),
    ],
    progress: 'completed',
    open: '0.00',
  },
  {
    name: 'executed before its file was rejected',
    then: [
      about('payment.executed', '08:45', 'payment P'),
      about('payment-batch.rejected', '09:00', 'payment-batch F', 'failure'),
    ],
    progress: 'completed',
    open: '0.00',
  },
  {
    name: 'rejected with its file, of which an attempt to send it in another failed',
    then: [
      about('payment-batch.rejected', '09:00', 'payment-batch F', 'failure'),
      {
        ...follows('payment-batch.composed', '10:00', ['payment-batch N', 'payment P'], 'batches'),
        outcome: 'failure',
      },
    ],
    progress: 'running',
    open: '1000.00',
  },
];

describe.each(CASES)('a payment $name', ({ then, progress, open }) => {
  const said = [...SENT, ...then];
  it.each([
    ['as it happened', said],
    ['backwards', said.toReversed()],
  ])('is as it was worked out, told %s and in one', async (_order, told) => {
    for (const batches of [told.map((one) => [one]), [told]]) {
      const bench = await newPipelineBench(db);
      for (const batch of batches) {
        await bench.inTenant((tx) => storeActivities(tx, batch.map(spoken)));
        while (await bench.project.run(bench.tenantId));
      }
      const projection = await bench.read();
      expect(projection).toEqual(bench.inMemoryOf(said.map(spoken)));
      expect(progressOf(projection)).toBe(progress);
      expect(await openOf(bench, 'supplier-invoice', 'S')).toBe(open);
    }
  });
});

describe('a payment whose batch was rejected', () => {
  it('stands again once nobody says so any more', async () => {
    const refusal = spoken(about('payment-batch.rejected', '09:00', 'payment-batch F', 'failure'));
    const bench = await newPipelineBench(db);
    await bench.inTenant((tx) => storeActivities(tx, [...SENT.map(spoken), refusal]));
    while (await bench.project.run(bench.tenantId));
    expect(progressOf(await bench.read())).toBe('running');
    await bench.inTenant(async (tx) =>
      markDirty(tx, await deleteActivities(tx, [refusal.activityId]), { isSilent: false }),
    );
    while (await bench.project.run(bench.tenantId));
    const projection = await bench.read();
    expect(projection).toEqual(bench.inMemoryOf(SENT.map(spoken)));
    expect(progressOf(projection)).toBe('completed');
  });
});

function progressOf({ transactions }: Awaited<ReturnType<PipelineBench['read']>>): string | undefined {
  return transactions.find(({ workflow }) => workflow === 'procure-to-pay')?.progress;
}

async function openOf(bench: PipelineBench, type: ObjectType, value: string): Promise<string | undefined> {
  const id = aliasId(type, { system: 'erp', kind: 'number', scope: '', value });
  const { nodes, links } = await bench.inTenant((tx) => loadMoneyGraph(tx, [id]));
  return openAmountOf(balanceMoney(nodes, links, undefined, [id]))?.amount;
}
