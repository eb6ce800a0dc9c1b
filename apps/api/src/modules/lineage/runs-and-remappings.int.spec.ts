import { aliasId, hashedUuid } from '@throughline/canonical';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTenant } from '@throughline/persistence/testing';
import type { Tx } from '@throughline/persistence';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { actsOnRecord } from '../../testing/catalog-audit.js';
import { walkPages, type PageOf } from '../../testing/walk-pages.js';

const OTHER_TENANT = '33333333-3333-4333-8333-333333333333';
const minute = (count: number) => new Date(Date.UTC(2026, 8, 30, 8, count));

type Run = { key: string; state: string; hasConflict: boolean };

/** A run as facts and projection have it: what was said of it, in the order in which it came. */
async function insertRun(
  tx: Tx,
  runId: string,
  last: number,
  said: readonly (readonly [type: string, minute: number, message?: string])[],
  attributes: Record<string, string> = {},
  /** how the activities name the run, where it is not what they happened to */
  role: string | null = null,
): Promise<void> {
  const id = aliasId('run', { system: 'etl', kind: 'run-id', scope: '', value: runId });
  await tx.query(
    `insert into business_object (tenant_id, object_id, type, key, attributes, is_placeholder, first_occurred_at, last_occurred_at)
     values ($1, $2, 'run', $3, $4, false, $5, $5)`,
    [tx.tenantId, id, runId, JSON.stringify(attributes), minute(last)],
  );
  await tx.query(
    `insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value) values ($1, $2, $2, 'etl', 'run-id', '', $3)`,
    [tx.tenantId, id, runId],
  );
  for (const [type, at, message] of said) {
    const activityId = hashedUuid([runId, type, String(at)]);
    await tx.query(
      `insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, signal_kind,
                             signal_received_on, signal_id, problem, objects, links)
       values ($1, $2, $3, $4::timestamptz, $5, 'etl', 'nightly', $6, 'openlineage', ($4::timestamptz)::date, gen_random_uuid(), $7, $8, '[]')`,
      [tx.tenantId, activityId, type, minute(at), message === undefined ? 'success' : 'failure', runId,
        message === undefined ? null : JSON.stringify({ taxonomy: 'platform.time-out', discriminators: {}, message }),
        JSON.stringify(role === null ? [] : [{ type: 'run', qualifier: role }])],
    ); // prettier-ignore
    await tx.query(
      `insert into alias_statement (tenant_id, activity_id, position, alias_id, is_subject, activity_type, outcome, occurred_at, object_type)
       values ($1, $2, 0, $3, $6, $4, $7, $5, 'run')`,
      [tx.tenantId, activityId, id, type, minute(at), role === null, message === undefined ? 'success' : 'failure'],
    );
  }
}

describe('runs', () => {
  let api: ApiHarness;
  let analyst: Client;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'analyst@acme.example', 'analyst');
    analyst = await api.signIn('analyst@acme.example');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      await insertRun(tx, 'going', 9, [['run.started', 9], ['run.progressed', 10]], { job: 'airflow/load' }); // prettier-ignore
      await insertRun(tx, 'late-start', 8, [['run.completed', 8], ['run.started', 7]]); // prettier-ignore
      await insertRun(tx, 'failed', 7, [['run.started', 5], ['run.failed', 7, 'timed out at DE89370400440532013000']], {
        parentRun: 'going', nominalStart: '2026-09-30T08:00:00Z', nominalEnd: 'soon',
      }); // prettier-ignore
      await insertRun(tx, 'torn', 6, [['run.completed', 6], ['run.failed', 6, 'no'], ['run.started', 5]]); // prettier-ignore
      await insertRun(tx, 'aborted', 5, [['run.aborted', 5, 'stopped']]);
      await insertRun(tx, 'mended', 4, [['run.failed', 3, 'no'], ['run.recovered', 4]]); // prettier-ignore
      await insertRun(tx, 'silent', 3, [['run.reported', 3]]);
      await insertRun(tx, 'answered-error', 2, [['tax-determination.failed', 2, 'Invalid date range']]);
      await insertRun(tx, 'load-of-nothing', 1, [['actuals-batch.load-failed', 1, 'no row']], {}, 'run');
      await insertRun(tx, 'parent', 0, [['run.failed', 0, 'a child failed']], {}, 'parent');
      await insertRun(tx, 'a-step-failed', -1, [['run.step-failed', -1, 'retried']]);
    });
  });
  afterAll(() => api.close());

  const states = async (filter = ''): Promise<[string, string][]> => {
    const { runs } = await analyst.ask<{ runs: { totalCount: number; edges: { node: Run }[] } }>(
      `{ runs(filter: { ${filter} }) { totalCount edges { node { key state } } } }`,
    );
    expect(runs.totalCount).toBe(runs.edges.length);
    return runs.edges.map(({ node }) => [node.key, node.state]);
  };

  it('have a state that does not depend on the order in which they were told', async () => {
    expect(await states()).toEqual([
      ['going', 'RUNNING'],
      ['late-start', 'COMPLETED'],
      ['failed', 'FAILED'],
      ['torn', 'FAILED'],
      ['aborted', 'ABORTED'],
      ['mended', 'COMPLETED'],
      ['silent', 'OTHER'],
      ['answered-error', 'FAILED'],
      ['load-of-nothing', 'FAILED'],
      ['parent', 'OTHER'],
      ['a-step-failed', 'OTHER'],
    ]);
    expect(await states('states: [COMPLETED]')).toEqual([['late-start', 'COMPLETED'], ['mended', 'COMPLETED']]); // prettier-ignore
    expect((await states('states: [FAILED, ABORTED]')).map(([key]) => key)).toEqual([
      'failed',
      'torn',
      'aborted',
      'answered-error',
      'load-of-nothing',
    ]);
    expect((await states('states: [RUNNING, OTHER]')).map(([key]) => key)).toEqual([
      'going',
      'silent',
      'parent',
      'a-step-failed',
    ]);
    expect(await states('states: []')).toEqual([]);
  });

  it('tell what they are and why they failed', async () => {
    const { runs } = await analyst.ask<{ runs: { edges: { node: Record<string, unknown> }[] } }>(
      `{ runs { edges { node { key job system startedAt endedAt nominalStartAt nominalEndAt message parent hasConflict activities } } } }`,
    );
    const byKey = new Map(runs.edges.map(({ node }) => [node.key, node]));
    expect(byKey.get('failed')).toEqual({
      key: 'failed',
      job: 'nightly',
      system: 'etl',
      startedAt: minute(5).toISOString(),
      endedAt: minute(7).toISOString(),
      nominalStartAt: '2026-09-30T08:00:00.000Z',
      nominalEndAt: null,
      message: 'timed out at DE••••3000',
      parent: 'going',
      hasConflict: false,
      activities: 2,
    });
    expect(byKey.get('going')).toMatchObject({ job: 'airflow/load', endedAt: null, message: null });
    expect(byKey.get('answered-error')).toMatchObject({
      message: 'Invalid date range',
      endedAt: minute(2).toISOString(),
    });
    expect([byKey.get('torn')?.hasConflict, byKey.get('mended')?.hasConflict]).toEqual([true, false]);
  });

  it('come page by page, those of the own tenant', async () => {
    const walked = await walkPages<Run>(
      async (after) =>
        (
          await analyst.ask<{ runs: PageOf<Run> }>(
            `query ($after: String) { runs(first: 3, after: $after) { edges { node { key } } pageInfo { hasNextPage endCursor } } }`,
            { after },
          )
        ).runs,
    );
    expect(walked).toHaveLength(11);
    await createTenant(api.test.ownerUrl, OTHER_TENANT);
    await api.addPerson(OTHER_TENANT, 'analyst@other.example', 'analyst');
    const other = await api.signIn('analyst@other.example');
    expect(await other.ask('{ runs { totalCount } }')).toEqual({ runs: { totalCount: 0 } });
  });
});

describe('mapping again', () => {
  let api: ApiHarness;
  let engineer: Client;

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'engineer@acme.example', 'engineer');
    engineer = await api.signIn('engineer@acme.example');
  });
  afterAll(() => api.close());

  const again = async (input: Record<string, unknown>) =>
    (
      await engineer.ask<{ mapAgain: { remapping: { id: string }; code: string; problems: string[] } }>(
        `mutation ($input: MapAgainInput!) { mapAgain(input: $input) { ... on RemappingRequested { remapping { id reason state selection
           leftOut requestedBy { email } signalsTotal signalsDone signalsUnmapped activitiesBefore activitiesAfter error } }
           ... on CatalogFailure { code message problems } } }`,
        { input },
      )
    ).mapAgain;

  it('is asked for, on record, and shows its progress', async () => {
    const { remapping } = await again({
      reason: ' mended ',
      mapping: 'stripe',
      mappingVersion: 2,
      receivedFrom: '2026-09-01T00:00:00.000Z',
      onlyUnmapped: true,
    });
    expect(remapping).toEqual({
      id: expect.any(String),
      reason: 'mended',
      state: 'reporting',
      selection: { from: '2026-09-01T00:00:00.000Z', mapping: { name: 'stripe', version: 2 }, onlyUnmapped: true },
      leftOut: null,
      requestedBy: { email: 'engineer@acme.example' },
      signalsTotal: null,
      signalsDone: 0,
      signalsUnmapped: 0,
      activitiesBefore: 0,
      activitiesAfter: 0,
      error: null,
    });
    expect(await actsOnRecord(api, 'remapping.requested')).toEqual([
      { reason: 'mended', selection: (remapping as unknown as { selection: unknown }).selection },
    ]);
    expect(await engineer.ask('{ remappings { totalCount edges { node { id } } } }')).toEqual({
      remappings: { totalCount: 1, edges: [{ node: { id: remapping.id } }] },
    });
  });

  it('of kinds, types and a source says that spans are not among them', async () => {
    const { remapping } = await again({ reason: 'x', sourceSystem: 'kyriba', kinds: ['WEBHOOK', 'LOG'], types: ['a'] });
    expect(remapping).toMatchObject({
      selection: { sourceSystem: 'kyriba', kinds: ['webhook', 'log'], types: ['a'] },
      leftOut: expect.stringMatching(/^Spans belong to no source system/),
    });
  });

  it.each([
    ['everything', { reason: 'x' }, 'input: name at least one condition'],
    ['a blank reason', { reason: ' ', sourceSystem: 'a' }, 'reason: must have 1 to 1000 characters'],
    ['no signals', { reason: 'x', signalIds: [] }, 'signalIds: names no signal'],
    [
      'a time that runs backwards',
      { reason: 'x', receivedFrom: '2026-09-02T00:00:00.000Z', receivedTo: '2026-09-01T00:00:00.000Z' },
      'receivedTo: must lie behind receivedFrom',
    ],
  ])('is refused for %s', async (_name, input, problem) => {
    expect(await again(input)).toMatchObject({ code: 'INVALID', problems: [problem] });
  });

  it('waits for at most twenty others', async () => {
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(
        `insert into remapping (tenant_id, remapping_id, selection, reason, state, requested_at)
         select $1, gen_random_uuid(), '{}', 'x', 'waiting', now() from generate_series(1, 18)`,
        [tx.tenantId],
      ),
    );
    expect(await again({ reason: 'x', sourceSystem: 'a' })).toMatchObject({ code: 'CONFLICT' });
  });
});
