import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { happyPaths } from '@throughline/scenarios';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { actsOnRecord } from '../../testing/catalog-audit.js';
import { createRebuildStage } from './pipeline/rebuild/rebuild-stage.js';
import { FREE, PipelineBench } from './pipeline/testing/pipeline-bench.js';

jest.setTimeout(120_000);

const SIGNALS = happyPaths.flatMap((story) => story.signals);

type Rebuild = {
  id: string;
  state: string;
  isWhole: boolean;
  total: number | null;
  done: number;
  acts: string[];
  differences: {
    table: string;
    added: number;
    changed: number;
    removed: number;
    samples: { label: string }[] | null;
  }[];
};
type Answered = { rebuild?: Rebuild; code?: string; message?: string; problems?: string[] };

let api: ApiHarness;
let bench: PipelineBench;
let engineer: Client;
let admin: Client;

beforeAll(async () => {
  api = await startApi();
  for (const role of ['engineer', 'admin'] as const)
    await api.addPerson(api.test.tenantId, `${role}@acme.example`, role);
  engineer = await api.signIn('engineer@acme.example');
  admin = await api.signIn('admin@acme.example');
  bench = new PipelineBench(api.test.database, api.test.tenantId);
  await bench.addEntities();
  await bench.store(SIGNALS);
  await bench.settle();
});
beforeEach(async () => {
  await bench.inTenant((tx) => tx.query('delete from lineage_rebuild where tenant_id = $1', [tx.tenantId]));
  await bench.inTenant((tx) => tx.query('delete from remapping where tenant_id = $1', [tx.tenantId]));
});
afterAll(() => api.close());

const FIELDS = `id state isWhole total done acts requestedBy { email } scope comparedAt
  differences { table added changed removed samples { label before after } }`;
const RESULT = `... on RebuildAccepted { rebuild { ${FIELDS} } } ... on CatalogFailure { code message problems }`;

const request = async (input: Record<string, unknown>, as = engineer) =>
  (
    await as.ask<{ requestRebuild: Answered }>(
      `mutation ($input: RequestRebuildInput!) { requestRebuild(input: $input) { ${RESULT} } }`,
      { input },
    )
  ).requestRebuild;
const act = async (name: string, id: string, as = engineer) =>
  (await as.ask<Record<string, Answered>>(`mutation ($id: ID!) { ${name}(id: $id) { ${RESULT} } }`, { id }))[name]!;
const read = async (id: string, as = engineer) =>
  (await as.ask<{ rebuild: Rebuild }>(`query ($id: ID!) { rebuild(id: $id) { ${FIELDS} } }`, { id })).rebuild;

const runStage = async (mostSteps = Number.POSITIVE_INFINITY) => {
  const stage = createRebuildStage({
    database: bench.database,
    workflows: bench.workflows,
    wrong: [],
    guard: FREE,
    clock: () => new Date(),
    log: createLogger({ service: 'test', level: 'silent' }),
  });
  for (let step = 0; step < mostSteps && (await stage.run(bench.tenantId)); step += 1);
};
const loseLinks = () =>
  bench.inTenant((tx) =>
    tx.query<{ n: string }>('delete from object_link where tenant_id = $1 returning 1 as n', [tx.tenantId]),
  );

describe('a rebuild of the whole', () => {
  it('is asked for, shows its progress and what it would change, and is switched to, on record', async () => {
    const right = await bench.read();
    const lost = await loseLinks();
    const { rebuild } = await request({ reason: ' links are missing ' });
    expect(rebuild).toMatchObject({
      state: 'waiting',
      isWhole: true,
      scope: {},
      total: null,
      acts: ['pause', 'cancel'],
      requestedBy: { email: 'engineer@acme.example' },
    });
    const { id } = rebuild!;
    await runStage(3);
    expect(await read(id)).toMatchObject({ state: 'running', differences: null });
    expect((await read(id)).total).toBeGreaterThan(0);
    expect((await act('switchRebuild', id)).message).toBe('A rebuild that is running cannot be told to switch');
    await runStage();
    const ready = await read(id);
    expect(ready).toMatchObject({ state: 'ready', acts: ['cancel', 'switch'] });
    expect(ready.done).toBe(ready.total);
    const differing = ready.differences.filter(({ added, changed, removed }) => added + changed + removed > 0);
    expect(differing).toMatchObject([{ table: 'object_link', added: lost.length, changed: 0, removed: 0 }]);
    expect(differing[0]!.samples).toHaveLength(10);
    expect(differing[0]!.samples![0]).toEqual({
      label: expect.stringMatching(/^[a-z-]+ .+ → [a-z-]+ .+ · [a-z-]+$/),
      before: null,
      after: expect.objectContaining({ qualifier: expect.any(String) }),
    });
    expect((await act('switchRebuild', id)).rebuild?.state).toBe('switching');
    await runStage();
    expect((await read(id)).state).toBe('done');
    expect(await bench.read()).toEqual(right);
    expect(await actsOnRecord(api, 'rebuild.requested')).toEqual([{ reason: 'links are missing', scope: {} }]);
    expect(await actsOnRecord(api, 'rebuild.switch-asked')).toHaveLength(1);
    expect(await actsOnRecord(api, 'rebuild.switched')).toMatchObject([
      {
        isAsApproved: false,
        differences: expect.arrayContaining([{ table: 'object_link', added: lost.length, changed: 0, removed: 0 }]),
      },
    ]);
  });

  it('stands still while it is paused, and goes on', async () => {
    const { rebuild } = await request({ reason: 'x' });
    const { id } = rebuild!;
    await runStage(2);
    expect((await act('pauseRebuild', id)).rebuild).toMatchObject({ state: 'paused', acts: ['resume', 'cancel'] });
    const paused = await read(id);
    await runStage();
    expect(await read(id)).toEqual(paused);
    expect((await act('resumeRebuild', id)).rebuild?.state).toBe('running');
    await runStage();
    expect((await read(id)).state).toBe('ready');
  });

  it('is thrown away when it is cancelled, and another may follow', async () => {
    const first = (await request({ reason: 'x' })).rebuild!;
    expect((await request({ reason: 'y' })).message).toBe('A rebuild of the whole is under way already');
    await runStage();
    await act('cancelRebuild', first.id);
    await runStage();
    const [beside] = await bench.inTenant((tx) =>
      tx.query('select count(*)::int as n from rebuild.business_object where tenant_id = $1', [tx.tenantId]),
    );
    expect(beside).toEqual({ n: 0 });
    expect((await act('resumeRebuild', first.id)).code).toBe('CONFLICT');
    expect((await request({ reason: 'y' })).rebuild?.state).toBe('waiting');
  });

  it('shows an administrator counts, and no row of the business', async () => {
    const { rebuild } = await request({ reason: 'x' }, admin);
    await runStage();
    const { differences } = await read(rebuild!.id, admin);
    expect(differences.length).toBeGreaterThan(5);
    expect(differences.every(({ samples }) => samples === null)).toBe(true);
  });
});

describe('a rebuild of a range', () => {
  it('maps its signals again, with the progress of that, and has nothing to switch', async () => {
    const before = await bench.read();
    const { rebuild } = await request({ reason: 'x', receivedFrom: '2020-01-01T00:00:00.000Z' });
    expect(rebuild).toMatchObject({ isWhole: false, state: 'reporting', acts: ['cancel'] });
    const { id } = rebuild!;
    for (let steps = 0; (await read(id)).state === 'reporting' && steps < 1_000; steps += 1)
      await bench.remapUntil(5, 1);
    expect(await read(id)).toMatchObject({ state: 'waiting', done: 0, acts: ['pause', 'cancel'] });
    await bench.remapUntil(5, 2);
    await act('pauseRebuild', id);
    const paused = await read(id);
    expect(paused).toMatchObject({ state: 'paused', done: 5 });
    await bench.remapWith(5);
    expect(await read(id)).toEqual(paused);
    expect((await act('switchRebuild', id)).code).toBe('CONFLICT');
    expect((await act('resumeRebuild', id)).rebuild?.state).toBe('running');
    await bench.remapWith(50);
    await bench.settle();
    const done = await read(id);
    expect(done).toMatchObject({ state: 'done', acts: [] });
    // the same mapping says the same
    expect(done.differences.every(({ added, changed, removed }) => added + changed + removed === 0)).toBe(true);
    expect(done.done).toBe(done.total);
    expect(await bench.read()).toEqual(before);
  });

  it('makes lineage anew where signals say what they said, as after a change of the workflows, and tells so before', async () => {
    const right = await bench.read();
    const lost = await loseLinks();
    const { rebuild } = await request({ reason: 'links are missing', receivedFrom: '2020-01-01T00:00:00.000Z' });
    const { id } = rebuild!;
    for (let steps = 0; (await read(id)).state === 'reporting' && steps < 1_000; steps += 1)
      await bench.remapUntil(200, 1);
    const { differences } = await read(id);
    expect(differences.filter(({ added, changed, removed }) => added + changed + removed > 0)).toMatchObject([
      { table: 'object_link', added: lost.length, changed: 0, removed: 0 },
    ]);
    await bench.remapWith(200);
    await bench.settle();
    expect(await bench.read()).toEqual(right);
  });

  it('of a source says that spans are not among it, and that of a time has them', async () => {
    const leftOutOf = async (input: Record<string, string>) => {
      const { rebuild } = await request({ reason: 'x', ...input });
      const { rebuild: found } = await engineer.ask<{ rebuild: { leftOut: string | null } }>(
        'query ($id: ID!) { rebuild(id: $id) { leftOut } }',
        { id: rebuild!.id },
      );
      return found.leftOut;
    };
    expect(await leftOutOf({ sourceSystem: 'erp' })).toContain('Spans belong to no source system');
    expect(await leftOutOf({ receivedFrom: '2020-01-01T00:00:00.000Z' })).toBeNull();
    expect(await leftOutOf({})).toBeNull();
  });

  it('that is cancelled is not gone on with', async () => {
    const { rebuild } = await request({ reason: 'x', receivedFrom: '2020-01-01T00:00:00.000Z' });
    const { id } = rebuild!;
    await bench.remapUntil(5, 2);
    expect((await act('cancelRebuild', id)).rebuild?.state).toBe('cancelled');
    expect(await bench.remapUntil(5, 3)).toBe(0);
  });
});

describe('rebuilds', () => {
  it.each([
    ['a blank reason', { reason: ' ' }, 'reason: must have 1 to 1000 characters'],
    [
      'a time that runs backwards',
      { reason: 'x', receivedFrom: '2026-09-02T00:00:00.000Z', receivedTo: '2026-09-01T00:00:00.000Z' },
      'receivedTo: must lie behind receivedFrom',
    ],
  ])('are refused for %s', async (_name, input, problem) => {
    expect(await request(input)).toMatchObject({ code: 'INVALID', problems: [problem] });
  });

  it('are listed latest first', async () => {
    const one = (await request({ reason: 'one' })).rebuild!;
    const two = (await request({ reason: 'two', sourceSystem: 'erp' })).rebuild!;
    expect(await engineer.ask('{ rebuilds { totalCount edges { node { id scope } } } }')).toEqual({
      rebuilds: {
        totalCount: 2,
        edges: [{ node: { id: two.id, scope: { sourceSystem: 'erp' } } }, { node: { id: one.id, scope: {} } }],
      },
    });
  });
});
