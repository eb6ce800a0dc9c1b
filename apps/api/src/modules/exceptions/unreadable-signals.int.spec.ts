import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { randomUUID } from 'node:crypto';
import { requestRemapping } from '../lineage/index.js';
import { createExceptionsConsumer } from './index.js';
import { type PipelineBench, newPipelineBench } from '../lineage/pipeline/testing/pipeline-bench.js';
import { type RawSignal, storeRawSignals } from '../lineage/pipeline/testing/store-raw-signals.js';
import { shopPack } from '../lineage/pipeline/testing/test-pack.js';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let bench: PipelineBench;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  bench = await newPipelineBench(db);
});
afterAll(() => db.close());

const AT = '2026-10-01T09:00:00.000Z';
const shopSignal = (id: string, type: string, more: object = {}): RawSignal => ({
  externalId: id,
  sourceSystem: 'web-shop',
  sourceKind: 'shop',
  type,
  occurredAt: AT,
  body: { id, type, at: AT, ...more },
});
const invoice = (id: string) => shopSignal(id, 'invoice', { number: `I-${id}`, total: 10.5 });

const store = (signals: RawSignal[]) => bench.inTenant((tx) => storeRawSignals(tx, signals));
const rows = <T>(sql: string) => bench.inTenant((tx) => tx.query<T>(sql, [tx.tenantId]));
const activate = (definition: string, version = 1) =>
  bench.inTenant(async (tx) => {
    await tx.query(`update mapping_version set state = 'retired' where tenant_id = $1 and name = 'shop'`, [
      tx.tenantId,
    ]);
    await tx.query(
      `insert into mapping_version (tenant_id, name, version, definition, state, created_by, created_at)
       values ($1, 'shop', $2, $3, 'active', $4, now())`,
      [tx.tenantId, version, definition, randomUUID()],
    );
  });
const outcomes = () =>
  rows<{ id: string; outcome: string | null; note: { code?: string; mapping?: object } | null }>(
    `select external_id as id, mapping_outcome as outcome, mapping_note as note from signal where tenant_id = $1 order by 1`,
  );
const problems = () =>
  rows<{ type: string; hop: string; taxonomy: string; discriminators: object; message: string }>(
    `select b.type, p.hop, p.taxonomy, p.discriminators, p.message from problem p
     join business_object b on b.tenant_id = $1 and b.object_id = p.object_id where p.tenant_id = $1 order by p.message`,
  );
const exceptions = () =>
  rows<{ title: string; state: string; amount: string | null }>(
    `select title, state, amount from exception where tenant_id = $1 order by title`,
  );
const remap = (selection: Parameters<typeof requestRemapping>[1]['selection']) =>
  bench.inTenant((tx) =>
    requestRemapping(tx, { selection, reason: 'the mapping was mended', requestedBy: null, requestedAt: new Date() }),
  );
const remapping = () =>
  rows<{ state: string; total: string; done: string; unmapped: string; before: string; after: string }>(
    `select state, signals_total as total, signals_done as done, signals_unmapped as unmapped,
            activities_before as before, activities_after as after from remapping where tenant_id = $1 order by requested_at`,
  );

describe('a signal that cannot be mapped', () => {
  it('is kept, says why, and is a problem of the signal at its sender', async () => {
    await store([invoice('1'), shopSignal('2', 'ping')]);
    await bench.settle();
    expect(await outcomes()).toMatchObject([
      { id: '1', outcome: 'unmapped', note: { code: 'no-mapping' } },
      { id: '2', outcome: 'unmapped' },
    ]);
    expect(await problems()).toMatchObject([
      {
        type: 'signal',
        hop: 'web-shop',
        taxonomy: 'data-quality.unmapped-signal',
        discriminators: { code: 'no-mapping' },
      },
      { type: 'signal' },
    ]);
    await bench.tell(createExceptionsConsumer({ clock: () => new Date() }));
    expect(await exceptions()).toMatchObject([
      { state: 'OPEN', amount: null, title: expect.stringMatching(/^No mapping takes it — signal /) },
      { state: 'OPEN' },
    ]);
    const { transactions, links } = await bench.read();
    expect({ transactions, links }).toEqual({ transactions: [], links: [] });
  });

  it('names rule and place when a rule makes something invalid, and what breaks a contract its place in the payload', async () => {
    await activate(shopPack('missing.number'));
    await bench.inTenant((tx) =>
      tx.query(
        `insert into event_contract (tenant_id, event_type, version, schema, compatibility, created_at)
         values ($1, 'ping', 1, $2, 'none', now())`,
        [
          tx.tenantId,
          JSON.stringify({ type: 'object', properties: { load: { type: 'integer' } }, required: ['load'] }),
        ],
      ),
    );
    await store([invoice('1'), shopSignal('2', 'ping', { load: 'high' }), shopSignal('3', 'ping', { load: 1 })]);
    await bench.settle();
    expect(await outcomes()).toMatchObject([
      { id: '1', outcome: 'unmapped', note: { code: 'invalid-output', mapping: { name: 'shop', rule: 'invoice' } } },
      { id: '2', outcome: 'unmapped', note: { code: 'contract-violation', place: '/load' } },
      { id: '3', outcome: 'ignored', note: { mapping: { name: 'shop', version: 1, rule: 'ping' } } },
    ]);
    expect((await problems()).map((one) => one.taxonomy).sort()).toEqual([
      'data-quality.contract-violation',
      'data-quality.unmapped-signal',
    ]);
  });

  it('is mapped by the shipped packs when the own version is broken, which says so', async () => {
    await activate('name: shop\nrules: [');
    await store([invoice('1')]);
    await bench.settle();
    expect(await outcomes()).toMatchObject([{ outcome: 'unmapped', note: { code: 'no-mapping' } }]);
    expect(await rows(`select fault is not null as "isFaulty" from mapping_version where tenant_id = $1`)).toEqual([
      { isFaulty: true },
    ]);
  });
});

describe('mapping again', () => {
  it('makes a mended mapping count, ends the exceptions and tells nobody', async () => {
    await store(['1', '2', '3', '4', '5'].map(invoice));
    await bench.settle();
    await bench.tell(createExceptionsConsumer({ clock: () => new Date() }));
    await rows('delete from outbox_delivery where tenant_id = $1');
    await activate(shopPack('number'));
    await remap({ onlyUnmapped: true });
    await bench.remapWith(2);
    await bench.settle();
    const events = await rows<{ isSilent: boolean | null }>(
      `select (payload->>'isSilent')::boolean as "isSilent" from outbox_delivery where tenant_id = $1`,
    );
    expect(new Set(events.map((event) => event.isSilent))).toEqual(new Set([true]));
    await bench.tell(createExceptionsConsumer({ clock: () => new Date() }));
    expect(await remapping()).toEqual([
      { state: 'done', total: '5', done: '5', unmapped: '0', before: '5', after: '5' },
    ]);
    expect(new Set((await exceptions()).map((one) => one.state))).toEqual(new Set(['RESOLVED']));
    expect((await bench.read()).objects.map(({ type, key }) => [type, key])).toEqual(
      expect.arrayContaining([
        ['invoice', 'I-1'],
        ['invoice', 'I-5'],
      ]),
    );
    expect(await outcomes()).toMatchObject(Array.from({ length: 5 }, () => ({ outcome: null, note: null })));
    expect(await problems()).toEqual([]);
    expect(await rows(`select 1 from outbox_delivery where tenant_id = $1 and topic = 'exceptions.opened'`)).toEqual(
      [],
    );
  });

  it('opens exceptions without telling of them when the mapping got worse', async () => {
    await activate(shopPack('number'));
    await store([invoice('1')]);
    await bench.settle();
    await bench.tell(createExceptionsConsumer({ clock: () => new Date() }));
    await activate(shopPack('nowhere'), 2);
    await remap({ mapping: { name: 'shop' } });
    await bench.remapWith(10);
    await bench.settle();
    await bench.tell(createExceptionsConsumer({ clock: () => new Date() }));
    expect(await exceptions()).toMatchObject([{ state: 'OPEN' }]);
    expect(await rows(`select 1 from outbox_delivery where tenant_id = $1 and topic = 'exceptions.opened'`)).toEqual(
      [],
    );
  });

  it('by a mapping that says the same changes no fact and projects nothing, but notes the version', async () => {
    await activate(shopPack('number'));
    await store([invoice('1'), invoice('2')]);
    await bench.settle();
    await activate(shopPack('number'), 2);
    const facts = () => rows('select xmin, activity_id, position from alias_statement where tenant_id = $1 order by 2');
    const before = await facts();
    await remap({ sourceSystem: 'web-shop' });
    await bench.remapWith(10);
    expect(await facts()).toEqual(before);
    expect(await rows('select 1 from dirty_alias where tenant_id = $1')).toEqual([]);
    expect(await rows('select distinct mapping_version as version from activity where tenant_id = $1')).toEqual([
      { version: 2 },
    ]);
  });

  it.each([
    ['signal ids', (ids: string[]) => ({ signalIds: [ids[0]!] }), 1],
    ['a time range', () => ({ from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }), 0],
    ['a source system', () => ({ sourceSystem: 'other' }), 0],
    ['one version of a mapping', () => ({ mapping: { name: 'shop', version: 1 } }), 3],
    ['another version', () => ({ mapping: { name: 'shop', version: 7 } }), 0],
  ])('takes %s', async (_name, selection, count) => {
    await activate(shopPack('number'));
    const ids = await store([invoice('1'), invoice('2'), shopSignal('3', 'ping')]);
    await bench.settle();
    await remap(selection(ids));
    await bench.remapWith(10);
    expect(await remapping()).toMatchObject([{ state: 'done', done: String(count), total: String(count) }]);
  });

  it('goes on where it was interrupted, one after another, and leaves what waits to the live mapping', async () => {
    await activate(shopPack('number'));
    await store(['1', '2', '3', '4', '5'].map(invoice));
    await bench.settle();
    await store([invoice('6')]);
    await remap({});
    await remap({ onlyUnmapped: true });
    const steps = await bench.remapUntil(2, 3);
    expect(steps).toBe(3);
    expect(await remapping()).toMatchObject([
      { state: 'running', done: '4' },
      { state: 'waiting', done: '0' },
    ]);
    await bench.remapWith(2);
    expect(await remapping()).toMatchObject([
      { state: 'done', done: '5', before: '5', after: '5' },
      { state: 'done', done: '0' },
    ]);
    await bench.settle();
    expect((await bench.read()).objects).toHaveLength(6);
  });

  it('is the same lineage as a rebuild finds', async () => {
    await store([invoice('1'), shopSignal('2', 'ping'), shopSignal('3', 'strange')]);
    await bench.settle();
    await activate(shopPack('number'));
    await remap({});
    await bench.remapWith(1);
    await bench.settle();
    const mappedAgain = await bench.read();
    await bench.inTenant((tx) => bench.rebuildWithin(tx));
    expect(await bench.read()).toEqual(mappedAgain);
  });
});
