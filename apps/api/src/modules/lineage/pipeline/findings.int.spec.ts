import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ObjectType } from '@throughline/canonical';
import { createTestDatabase } from '@throughline/persistence/testing';
import { storeActivities } from './fact-writer.js';
import { replaceFacts } from './remapping/replace-facts.js';
import { observedDatabase } from './testing/observed-database.js';
import { type PipelineBench, newPipelineBench } from './testing/pipeline-bench.js';
import { type Said, activityOf } from './testing/said-activity.js';

jest.setTimeout(60_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const customer = (...names: string[]) => ({ type: 'customer' as ObjectType, names });
const order = (...names: string[]) => ({ type: 'sales-order' as ObjectType, names });

const delivery = (...names: string[]) => ({ type: 'delivery' as ObjectType, names });

const person = (...names: string[]) => ({ type: 'person' as ObjectType, names });
const approval = (...names: string[]) => ({ type: 'approval' as ObjectType, names });
const payment = (...names: string[]) => ({ type: 'payment' as ObjectType, names });
const account = (...names: string[]) => ({ type: 'bank-account' as ObjectType, names });
const did = (id: string, qualifier: string, ...objects: Said['objects']): Said => ({
  id,
  objects,
  link: { qualifier },
});

const store = (bench: PipelineBench, ...said: Said[]) =>
  bench.inTenant((tx) => storeActivities(tx, said.map(activityOf)));
/** Makes the facts of one signal those that are given, as mapping again does. */
const restate = (bench: PipelineBench, former: Said, ...now: Said[]) =>
  bench.inTenant((tx) =>
    replaceFacts(tx, { signalIds: [activityOf(former).signal.signalId], activities: now.map(activityOf), copies: [] }),
  );
const kindsIn = async (bench: PipelineBench) => (await bench.read()).findings.map(({ kind }) => kind);

async function settle(bench: PipelineBench, ...said: Said[]): Promise<string[]> {
  await bench.settle();
  const stored = await bench.read();
  expect(stored).toEqual(bench.inMemoryOf(said.map(activityOf)));
  return stored.findings.map(({ kind }) => kind);
}

describe('findings', () => {
  const cases: { name: string; said: Said[]; wrong: Said; kinds: string[] }[] = [
    {
      name: 'a name that contradicts another',
      said: [
        { id: 'a', by: 'sap-s4hana', objects: [customer('crm1', 'erp1')] },
        { id: 'b', by: 'sap-s4hana', objects: [customer('crm2', 'erp2')] },
      ],
      wrong: { id: 'wrong', at: '2026-10-01T10:00:00.000Z', objects: [customer('crm1', 'crm2')] },
      kinds: ['contradictory-alias', 'contradictory-alias'],
    },
    {
      name: 'a second number of one customer',
      said: [{ id: 'a', objects: [customer('crm1', 'erp1')] }],
      wrong: { id: 'wrong', at: '2026-10-01T10:00:00.000Z', objects: [customer('crm1', 'erp2')] },
      kinds: ['contradictory-alias', 'contradictory-alias'],
    },
    {
      name: 'terms changed by a system that does not own them',
      said: [
        { id: 'a', by: 'sap-s4hana', objects: [{ ...customer('crm1', 'erp1'), attributes: { paymentTerms: 'Z030' } }] },
      ],
      wrong: {
        id: 'wrong',
        at: '2026-10-01T10:00:00.000Z',
        objects: [{ ...customer('crm1'), attributes: { paymentTerms: 'Z060' } }],
      },
      kinds: ['master-data-drift', 'ownership-conflict'],
    },
    {
      name: 'a circle of links downstream of a contract',
      said: [
        { id: 'a', objects: [{ type: 'contract', names: ['c1'] }, order('o1')], link: true },
        { id: 'b', objects: [order('o1'), order('o2')], link: true },
      ],
      wrong: { id: 'wrong', at: '2026-10-01T10:00:00.000Z', objects: [order('o2'), order('o1')], link: true },
      kinds: ['link-cycle'],
    },
    {
      name: 'a circle of links that no transaction contains',
      said: [
        { id: 'a', objects: [order('o1'), delivery('d1')], link: true },
        { id: 'b', objects: [delivery('d1'), { type: 'invoice', names: ['i1'] }], link: true },
      ],
      wrong: {
        id: 'wrong',
        at: '2026-10-01T10:00:00.000Z',
        objects: [{ type: 'invoice', names: ['i1'] }, order('o1')],
        link: true,
      },
      kinds: ['link-cycle'],
    },
    {
      name: 'a circle that is closed by a link which leads on',
      said: [
        { id: 'a', objects: [delivery('d1'), order('o1')], link: true },
        { id: 'b', objects: [{ type: 'invoice', names: ['i1'] }, delivery('d1')], link: true },
      ],
      wrong: {
        id: 'wrong',
        at: '2026-10-01T10:00:00.000Z',
        objects: [order('o1'), { type: 'invoice', names: ['i1'] }],
        link: true,
      },
      kinds: ['link-cycle'],
    },
    {
      name: 'a circle through a batch, which leads back to its payment',
      said: [
        { id: 'a', objects: [{ type: 'purchase-order', names: ['p1'] }, payment('y1')], link: true },
        { id: 'b', objects: [payment('y1'), { type: 'payment-batch', names: ['b1'] }], link: true },
      ],
      wrong: {
        id: 'wrong',
        at: '2026-10-01T10:00:00.000Z',
        objects: [{ type: 'payment-batch', names: ['b1'] }, payment('y1')],
        link: true,
      },
      kinds: ['link-cycle'],
    },
    {
      name: 'a circle through what gathers, which no transaction contains',
      said: [{ id: 'a', objects: [order('o1'), { type: 'cash-forecast', names: ['f1'] }], link: true }],
      wrong: {
        id: 'wrong',
        at: '2026-10-01T10:00:00.000Z',
        objects: [{ type: 'cash-forecast', names: ['f1'] }, order('o1')],
        link: true,
      },
      kinds: ['link-cycle'],
    },
    {
      name: 'two ends of a link that turn out to be one object',
      said: [{ id: 'a', objects: [order('o1'), order('o2')], link: true }],
      wrong: { id: 'wrong', at: '2026-10-01T10:00:00.000Z', objects: [order('o1', 'o2')] },
      kinds: ['self-link'],
    },
    {
      name: 'a link between two names of one object',
      said: [{ id: 'a', objects: [order('o1', 'o2')] }],
      wrong: { id: 'wrong', at: '2026-10-01T10:00:00.000Z', objects: [order('o1'), order('o2')], link: true },
      kinds: ['self-link'],
    },
    {
      name: 'an amount that cannot be used',
      said: [{ id: 'a', objects: [order('o1')] }],
      wrong: {
        id: 'wrong',
        at: '2026-10-01T10:00:00.000Z',
        objects: [{ ...order('o1'), attributes: { unusableAmount: '5 XYZ' } }],
      },
      kinds: ['unusable-amount'],
    },
    {
      name: 'an approval of what the same person requested, known by two names',
      said: [
        did('a', 'requested-by', person('crm1'), order('o1')),
        did('b', 'approved-by', approval('a1'), order('o1')),
        did('c', 'granted-by', person('erp1'), approval('a1')),
      ],
      wrong: { id: 'wrong', at: '2026-10-01T10:00:00.000Z', objects: [person('crm1', 'erp1')] },
      kinds: ['segregation-of-duties'],
    },
    {
      name: 'an approval granted by who requested it',
      said: [
        did('a', 'requested-by', person('crm1'), order('o1')),
        did('b', 'approved-by', approval('a1'), order('o1')),
      ],
      wrong: { ...did('wrong', 'granted-by', person('crm1'), approval('a1')), at: '2026-10-01T10:00:00.000Z' },
      kinds: ['segregation-of-duties'],
    },
    {
      name: 'a release of a payment to an account whose details the same person changed',
      said: [
        did('a', 'bank-details-changed-by', person('crm1'), account('b1')),
        { ...did('b', 'released-by', person('crm1'), payment('p1')), at: '2026-10-01T09:30:00.000Z' },
      ],
      wrong: { ...did('wrong', 'paid-to', account('b1'), payment('p1')), at: '2026-10-01T10:00:00.000Z' },
      kinds: ['segregation-of-duties'],
    },
  ];

  it.each(cases)('come with it and go when it is mapped otherwise: $name', async ({ said, wrong, kinds }) => {
    const bench = await newPipelineBench(db);
    await store(bench, ...said);
    expect(await settle(bench, ...said)).toEqual([]);
    await store(bench, wrong);
    expect(await settle(bench, ...said, wrong)).toEqual(kinds);
    await restate(bench, wrong);
    expect(await settle(bench, ...said)).toEqual([]);
  });

  it.each(cases)('are the same when it comes first: $name', async ({ said, wrong, kinds }) => {
    const bench = await newPipelineBench(db);
    await store(bench, wrong);
    await bench.settle();
    for (const one of said.toReversed()) {
      await store(bench, one);
      await bench.project.run(bench.tenantId);
    }
    expect(await settle(bench, ...said, wrong)).toEqual(kinds);
  });

  it('of a circle that no transaction contains stay when its documents are computed whole once more', async () => {
    const bench = await newPipelineBench(db);
    const invoice = { type: 'invoice' as ObjectType, names: ['i1'] };
    const documents = [order('o1'), delivery('d1'), invoice];
    const circle = documents.map((from, index): Said => {
      const to = documents[(index + 1) % documents.length] ?? from;
      return { id: `link ${index}`, objects: [from, to], link: true };
    });
    const alone = documents.map((one, index): Said => ({ id: `alone ${index}`, objects: [one] }));
    await store(bench, ...circle, ...alone);
    expect(await settle(bench, ...circle, ...alone)).toEqual(['link-cycle']);
    for (const one of alone) {
      await restate(bench, one, one);
      expect(await settle(bench, ...circle, ...alone)).toEqual(['link-cycle']);
    }
    const named = documents.map(({ type, names }, index): Said => {
      return { id: `named ${index}`, objects: [{ type, names: [...names, `also ${index}`] }] };
    });
    for (const [index, one] of named.entries()) {
      await store(bench, one);
      const told = [...circle, ...alone, ...named.slice(0, index + 1)];
      expect(await settle(bench, ...told)).toEqual(['link-cycle']);
    }
  });

  it('stay when the same is said again, and when more is found of the same object', async () => {
    const bench = await newPipelineBench(db);
    const said: Said[] = [
      { id: 'a', objects: [customer('crm1', 'erp1')] },
      { id: 'b', at: '2026-10-01T10:00:00.000Z', objects: [customer('crm1', 'erp2')] },
      { id: 'c', objects: [{ ...customer('crm1'), attributes: { unusableAmount: '5' } }] },
    ];
    for (const one of said) {
      await store(bench, one);
      await bench.project.run(bench.tenantId);
    }
    const repeated = { ...said[1]!, id: 'again' };
    await store(bench, repeated);
    expect(await settle(bench, ...said, repeated)).toEqual([
      'contradictory-alias',
      'contradictory-alias',
      'unusable-amount',
    ]);
  });

  it('leave a link at the object of the lowest of the names that contradict one another, however it is computed', async () => {
    for (const [index, names] of [
      ['crm1', 'erp2'],
      ['erp2', 'crm1'],
      ['crm2', 'erp1'],
      ['erp1', 'crm2'],
    ].entries()) {
      const bench = await newPipelineBench(db);
      const said: Said[] = [
        { id: 'a', by: 'sap-s4hana', objects: [customer('crm1', 'erp1')] },
        { id: 'b', by: 'sap-s4hana', objects: [customer('crm2', 'erp2')] },
        did(`link ${index}`, 'placed-by', customer(...names), order('o1')),
        { id: 'again', at: '2026-10-01T10:00:00.000Z', objects: [customer('crm1')] },
      ];
      for (const one of said) {
        await store(bench, one);
        await bench.project.run(bench.tenantId);
      }
      await restate(bench, said[1]!, said[1]!);
      await settle(bench, ...said);
    }
  });

  it('name the key of a contradiction that all numbers together show, whichever became known last', async () => {
    const bench = await newPipelineBench(db);
    const said: Said[] = [
      { id: 'a', objects: [customer('crm1', 'erp1')] },
      { id: 'b', objects: [customer('crm2', 'erp2')] },
      { id: 'c', at: '2026-10-01T10:00:00.000Z', objects: [customer('crm1', 'crm2')] },
      { id: 'd', objects: [customer('crm1', 'books1')] },
      { id: 'e', objects: [customer('crm2', 'books4')] },
    ];
    for (const one of said) {
      await store(bench, one);
      await bench.project.run(bench.tenantId);
    }
    expect(await settle(bench, ...said)).toEqual(['contradictory-alias', 'contradictory-alias']);
    const { findings } = await bench.read();
    expect(findings.map(({ about }) => about)).toEqual(['books / customer-number', 'books / customer-number']);
  });

  it('cost sound facts that are added to what is known no statement', async () => {
    const bench = await newPipelineBench(db);
    const seen: string[] = [];
    const watched = bench.seenBy(
      observedDatabase(db.database, (sql) => {
        seen.push(sql);
        return Promise.resolve();
      }),
    );
    await store(bench, { id: 'a', objects: [customer('crm1', 'erp1')] });
    await store(bench, { id: 'b', at: '2026-10-01T10:00:00.000Z', objects: [customer('crm1', 'erp2')] });
    await bench.settle();
    expect(await kindsIn(bench)).toHaveLength(2);
    await store(bench, { id: 'c', objects: [order('o1'), order('o2')], link: true });
    await watched.project.run(bench.tenantId);
    expect(seen.some((sql) => sql.includes('business_object'))).toBe(true);
    expect(seen.filter((sql) => sql.includes('finding'))).toEqual([]);
  });

  it('are made again by a rebuild', async () => {
    const bench = await newPipelineBench(db);
    await store(bench, { id: 'a', objects: [customer('crm1', 'erp1')] });
    await store(bench, { id: 'b', at: '2026-10-01T10:00:00.000Z', objects: [customer('crm1', 'erp2')] });
    await bench.settle();
    const before = await bench.read();
    // Facts whose signals have left their retention are kept, and projected again.
    await bench.inTenant((tx) => bench.rebuildWithin(tx));
    expect(await bench.read()).toEqual(before);
    expect(before.findings).toHaveLength(2);
  });
});
