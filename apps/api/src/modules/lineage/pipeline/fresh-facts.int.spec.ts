import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Activity, type Money } from '@throughline/canonical';
import { createTestDatabase } from '@throughline/persistence/testing';
import { missingMappingMended } from '@throughline/scenarios';
import { storeActivities } from './fact-writer.js';
import { distrustFreshFacts, takeFreshFacts } from './fresh-facts.js';
import { replaceFacts } from './remapping/replace-facts.js';
import { endsOrWaits, newGate } from './testing/gate.js';
import { observedDatabase } from './testing/observed-database.js';
import { type PipelineBench, newPipelineBench } from './testing/pipeline-bench.js';
import { type Spoken, spoken } from './testing/spoken-activity.js';

jest.setTimeout(60_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const newBench = () => newPipelineBench(db);
const euros = (amount: string): Money => ({ amount, currency: 'EUR' });

const store = (bench: PipelineBench, ...said: Spoken[]) =>
  bench.inTenant((tx) => storeActivities(tx, said.map(spoken)));
const project = (bench: PipelineBench) => bench.project.run(bench.tenantId);
const settle = async (bench: PipelineBench) => {
  while (await project(bench));
};

/** Makes the facts of one signal those that are given, as mapping again does. */
function restate(bench: PipelineBench, former: Spoken, ...now: Spoken[]): Promise<unknown> {
  const activities = now.map(spoken);
  return bench.inTenant((tx) =>
    replaceFacts(tx, { signalIds: [spoken(former).signal.signalId], activities, copies: [] }),
  );
}

const waiting = (bench: PipelineBench) =>
  bench.inTenant((tx) =>
    tx.query<{ names: number; isUnsure: boolean }>(
      `select names, is_unsure as "isUnsure" from fresh_facts where tenant_id = $1 order by facts_id`,
      [tx.tenantId],
    ),
  );

/** Whether each event about projected objects was silent. */
async function told(bench: PipelineBench): Promise<boolean[]> {
  const events = await bench.inTenant((tx) =>
    tx.query<{ isSilent: boolean }>(
      `select coalesce((payload->>'isSilent')::boolean, false) as "isSilent" from outbox_delivery
       where tenant_id = $1 and topic = 'lineage.projected' order by delivery_id`,
      [tx.tenantId],
    ),
  );
  return events.map((event) => event.isSilent);
}

async function expectProjectionOf(bench: PipelineBench, ...said: readonly Spoken[]): Promise<void> {
  expect(await bench.read()).toEqual(bench.inMemoryOf(said.map(spoken)));
}

const INVOICE: Spoken = {
  id: 'invoice',
  at: '09:00',
  objects: [{ name: 'invoice I1', amount: euros('10.50') }, 'sales-order S1'],
  link: euros('10.50'),
};
const ORDER: Spoken = { id: 'order', at: '08:00', objects: [{ name: 'sales-order S1', legalEntity: 'DE01' }] };

describe('facts handed on', () => {
  it('are projected as news, once', async () => {
    const bench = await newBench();
    await store(bench, ORDER, INVOICE);
    expect(await waiting(bench)).toEqual([{ names: 3, isUnsure: false }]);
    expect(await project(bench)).toBe(true);
    expect(await waiting(bench)).toEqual([]);
    expect(new Set(await told(bench))).toEqual(new Set([false]));
    await expectProjectionOf(bench, ORDER, INVOICE);
    expect(await project(bench)).toBe(false);
  });

  it('count once when an activity is stored twice', async () => {
    const bench = await newBench();
    await store(bench, INVOICE, INVOICE);
    await store(bench, INVOICE);
    expect(await waiting(bench)).toEqual([{ names: 2, isUnsure: false }]);
    await settle(bench);
    await store(bench, INVOICE);
    expect(await waiting(bench)).toEqual([]);
    await expectProjectionOf(bench, INVOICE);
  });

  it('come back when the projector fails', async () => {
    const bench = await newBench();
    await store(bench, INVOICE);
    const failing = bench.seenBy(
      observedDatabase(db.database, (sql) =>
        sql.includes('insert into object_link') ? Promise.reject(new Error('no more')) : Promise.resolve(),
      ),
    );
    await expect(project(failing)).rejects.toThrow('no more');
    expect(await waiting(bench)).toEqual([{ names: 2, isUnsure: false }]);
    await settle(bench);
    await expectProjectionOf(bench, INVOICE);
  });

  it('are all projected when they are more names than one projection takes', async () => {
    const bench = await newBench();
    // Many statements of few objects: it is the statements that are counted.
    const batches = [0, 1, 2, 3].map((batch) =>
      Array.from({ length: 40 }, (_, index): Spoken => {
        const others = Array.from({ length: 49 }, (_other, number) => `bank-entry E${number}`);
        const subject = { name: `invoice I${batch}`, amount: euros(`${index}.5`) };
        return { id: `${batch}/${index}`, at: `0${batch}:${index + 10}`, objects: [subject, ...others], link: true };
      }),
    );
    for (const batch of batches) await store(bench, ...batch);
    expect((await waiting(bench)).map(({ names }) => names)).toEqual([2_000, 2_000, 2_000, 2_000]);
    await project(bench);
    expect(await waiting(bench)).toHaveLength(1);
    await settle(bench);
    await expectProjectionOf(bench, ...batches.flat());
  });
});

describe('facts that come bit by bit give what all of them at once give', () => {
  const bits: { name: string; said: Spoken[] }[] = [
    {
      name: 'three batches whose objects merge',
      said: [
        {
          id: 'left',
          at: '09:00',
          objects: [{ name: 'invoice A B', amount: euros('1') }, 'sales-order S'],
          link: true,
        },
        {
          id: 'right',
          at: '09:10',
          objects: [{ name: 'invoice C D', amount: euros('2') }, 'sales-order S'],
          link: true,
        },
        { id: 'bridge', at: '09:05', objects: [{ name: 'invoice B D', counterparty: 'Adler' }] },
      ],
    },
    {
      name: 'a field stated out of order',
      said: [
        { id: 'first', at: '09:00', objects: [{ name: 'invoice I', amount: euros('1'), attributes: { plant: '1' } }] },
        { id: 'second', at: '10:00', objects: [{ name: 'invoice I', amount: euros('2'), legalEntity: 'DE01' }] },
        {
          id: 'third',
          at: '11:00',
          objects: ['sales-order S', { name: 'invoice I', amount: euros('3'), attributes: { plant: '3' } }],
        },
      ],
    },
    {
      name: 'amounts of a link out of order',
      said: [
        { id: 'first', at: '09:00', objects: ['invoice I', 'sales-order S'], link: euros('1') },
        { id: 'second', at: '10:00', objects: ['invoice I', 'sales-order S'], link: { amount: '1', currency: 'USD' } },
        { id: 'third', at: '11:00', objects: ['invoice I', 'sales-order S'], link: true },
      ],
    },
    {
      name: 'a link whose ends have other names each time',
      said: [
        { id: 'first', at: '09:00', objects: ['invoice I J', 'sales-order S'], link: euros('1') },
        { id: 'second', at: '10:00', objects: ['invoice J', 'sales-order S T'], link: euros('2') },
        { id: 'third', at: '11:00', objects: ['invoice I', 'sales-order T'], link: euros('3') },
      ],
    },
    {
      name: 'two ends that turn out to be one object',
      said: [
        { id: 'first', at: '09:00', objects: ['invoice I', 'invoice J'], link: euros('1') },
        { id: 'second', at: '10:00', objects: ['invoice I J'] },
        { id: 'third', at: '11:00', objects: ['invoice J', 'sales-order S'], link: true },
      ],
    },
    {
      name: 'names and attributes that every object of the language has',
      said: [
        { id: 'first', at: '09:00', objects: ['sales-order S', { name: 'invoice __proto__', attributes: { a: '1' } }] },
        {
          id: 'second',
          at: '08:00',
          objects: [
            'sales-order S',
            { name: 'invoice __proto__', attributes: JSON.parse('{"constructor":"x","__proto__":"y"}') },
          ],
        },
        { id: 'third', at: '10:00', objects: ['sales-order constructor', 'invoice __proto__'], link: true },
      ],
    },
    {
      name: 'the figure of one amount in several texts',
      said: [
        {
          id: 'first',
          at: '09:00',
          objects: [{ name: 'invoice I', amount: euros('1.5') }, 'sales-order S'],
          link: euros('1.50'),
        },
        {
          id: 'second',
          at: '09:00',
          objects: [{ name: 'invoice I', amount: euros('1.50') }, 'sales-order S'],
          link: euros('1.5'),
        },
        {
          id: 'third',
          at: '09:00',
          objects: [{ name: 'invoice I', amount: euros('1.500') }, 'sales-order S'],
          link: euros('1.500'),
        },
      ],
    },
  ];

  it.each(bits)('$name, in any order', async ({ said }) => {
    for (const order of permutations(said)) {
      const bench = await newBench();
      for (const one of order) {
        await store(bench, one);
        await project(bench);
      }
      await expectProjectionOf(bench, ...said);
    }
  });

  it('first those that are waiting, then a mapped-again one that was waiting behind them', async () => {
    const bench = await newBench();
    await store(bench, ORDER);
    await settle(bench);
    const renamed: Spoken = { ...ORDER, objects: [{ name: 'sales-order S1 S0', amount: euros('7') }] };
    await restate(bench, ORDER, renamed);
    await store(bench, INVOICE);
    await settle(bench);
    await expectProjectionOf(bench, renamed, INVOICE);
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

describe('a fact that is unsaid before it is projected', () => {
  it.each<{ name: string; now: Spoken[] }>([
    { name: 'is not said any more', now: [] },
    { name: 'says less', now: [{ id: 'invoice', at: '09:00', objects: ['invoice I1'] }] },
    { name: 'speaks of another object', now: [{ ...INVOICE, objects: ['invoice I2 I1', 'sales-order S2'] }] },
  ])('leaves no trace when it $name', async ({ now }) => {
    const bench = await newBench();
    await store(bench, ORDER, INVOICE);
    await restate(bench, INVOICE, ...now);
    expect(await waiting(bench)).toEqual([{ names: 3, isUnsure: true }]);
    await project(bench);
    await expectProjectionOf(bench, ORDER, ...now);
    // What is said still is news, however it came to be computed.
    expect(await told(bench)).toContain(false);
    await settle(bench);
    await expectProjectionOf(bench, ORDER, ...now);
  });

  it('leaves no trace when what is mapped again is projected before it', async () => {
    const bench = await newBench();
    await store(bench, ORDER);
    await store(bench, INVOICE);
    // Of a full projection those behind it are left, and what was mapped again has its turn before them.
    await bench.inTenant((tx) =>
      tx.query(
        `update fresh_facts set names = 5000
         where tenant_id = $1 and facts_id = (select min(facts_id) from fresh_facts where tenant_id = $1)`,
        [tx.tenantId],
      ),
    );
    await restate(bench, INVOICE);
    await project(bench);
    expect(await waiting(bench)).toHaveLength(1);
    await settle(bench);
    await expectProjectionOf(bench, ORDER);
  });

  it('leaves no trace in what was projected of it before', async () => {
    const bench = await newBench();
    await store(bench, ORDER, INVOICE);
    await settle(bench);
    const payment: Spoken = { id: 'payment', at: '10:00', objects: ['payment P1', 'invoice I1'], link: euros('3') };
    await store(bench, payment);
    await restate(bench, INVOICE);
    await settle(bench);
    await expectProjectionOf(bench, ORDER, payment);
  });

  it('is projected when it is said again, whatever was unsaid between', async () => {
    const bench = await newBench();
    await store(bench, INVOICE);
    await restate(bench, INVOICE);
    await store(bench, ORDER, INVOICE);
    expect(await waiting(bench)).toEqual([
      { names: 2, isUnsure: true },
      { names: 3, isUnsure: false },
    ]);
    await settle(bench);
    await expectProjectionOf(bench, ORDER, INVOICE);
  });

  it('leaves no trace when the first copy of its signal says otherwise', async () => {
    const copies = (copy: string, name: string): Spoken => ({ ...INVOICE, copy, objects: [name, 'sales-order S1'] });
    const [first, second, third] = [copies('1', 'invoice I1'), copies('2', 'invoice I2'), copies('3', 'invoice I3')];
    const bench = await newBench();
    await store(bench, third);
    await store(bench, second);
    await settle(bench);
    await expectProjectionOf(bench, second);
    await bench.inTenant(async (tx) => {
      await storeActivities(tx, [spoken(ORDER)]);
      await storeActivities(tx, [spoken(third), spoken(first)]);
    });
    await settle(bench);
    await expectProjectionOf(bench, ORDER, first);
    await store(bench, second);
    expect(await waiting(bench)).toEqual([]);
  });

  it('leaves no trace when a rebuild finds no signal of it', async () => {
    const bench = await newBench();
    const { signals } = missingMappingMended;
    await bench.store(signals);
    await bench.map.run(bench.tenantId);
    const receivedOn = new Date().toISOString().slice(0, 10);
    const orphan = spoken({ ...INVOICE, id: 'orphan' });
    const ofToday: Activity = { ...orphan, signal: { ...orphan.signal, receivedOn } };
    await bench.inTenant((tx) => storeActivities(tx, [ofToday]));
    await bench.inTenant((tx) => bench.rebuildWithin(tx));
    expect(new Set((await waiting(bench)).map((row) => row.isUnsure))).toEqual(new Set([true]));
    expect(await bench.read()).toEqual(bench.inMemory(signals));
    await settle(bench);
    expect(await bench.read()).toEqual(bench.inMemory(signals));
    expect(new Set(await told(bench))).toEqual(new Set([false]));
  });
});

describe('mapping again beside the projector', () => {
  /** A projector that stops when it has taken what waits. */
  function stoppedProjector(bench: PipelineBench) {
    const taken = newGate();
    const mayWrite = newGate();
    const run = project(
      bench.seenBy(
        observedDatabase(db.database, async (sql) => {
          if (!sql.includes('insert into object_alias')) return;
          taken.open();
          await mayWrite.passed;
        }),
      ),
    );
    return { taken: taken.passed, mayWrite: mayWrite.open, run };
  }

  it('waits until facts that are being projected are, and unsays them then', async () => {
    const bench = await newBench();
    await store(bench, ORDER, INVOICE);
    const projector = stoppedProjector(bench);
    await projector.taken;
    const remapping = restate(bench, INVOICE);
    expect(await endsOrWaits(bench, remapping)).toBe(true);
    projector.mayWrite();
    await Promise.all([projector.run, remapping]);
    await settle(bench);
    await expectProjectionOf(bench, ORDER);
  });

  it('and the projector reach for what waits in the same order, wherever it lies', async () => {
    const bench = await newBench();
    await bench.inTenant((tx) =>
      tx.query(
        `insert into fresh_facts (tenant_id, facts_id, names, alias_ids, facts) overriding system value
         values ($1, 9002, 1, '{}', '[]'), ($1, 9001, 1, '{}', '[]')`,
        [tx.tenantId],
      ),
    );
    const held = newGate();
    const mayLetGo = newGate();
    const holder = bench.inTenant(async (tx) => {
      await tx.query('select 1 from fresh_facts where tenant_id = $1 and facts_id = 9001 for update', [tx.tenantId]);
      held.open();
      await mayLetGo.passed;
    });
    await held.passed;
    const remapping = bench.inTenant(distrustFreshFacts);
    await endsOrWaits(bench, remapping);
    const taking = bench.inTenant(async (tx) => {
      // As a small table is read that the server knows well: from its beginning to its end.
      for (const way of ['indexscan', 'bitmapscan']) await tx.query(`set local enable_${way} = off`);
      return takeFreshFacts(tx, 5_000);
    });
    expect(await endsOrWaits(bench, taking, 1)).toBe(true);
    mayLetGo.open();
    await Promise.all([holder, remapping, taking]);
    expect(await waiting(bench)).toEqual([]);
  });

  it('leaves no trace of what it unsays while the projector waits to take it', async () => {
    const bench = await newBench();
    await store(bench, ORDER, INVOICE);
    const unsaid = newGate();
    const mayCommit = newGate();
    const remapping = restate(
      bench.seenBy(
        observedDatabase(db.database, async (sql) => {
          if (sql !== 'commit') return;
          unsaid.open();
          await mayCommit.passed;
        }),
      ),
      INVOICE,
    );
    await unsaid.passed;
    const run = project(bench);
    expect(await endsOrWaits(bench, run)).toBe(true);
    mayCommit.open();
    await Promise.all([remapping, run]);
    expect(await waiting(bench)).toEqual([]);
    await expectProjectionOf(bench, ORDER);
    await settle(bench);
    await expectProjectionOf(bench, ORDER);
  });
});
