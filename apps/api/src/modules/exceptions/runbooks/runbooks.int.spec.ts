import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, countOf, HOP, storyObject, TAXONOMY, tell } from '../../../testing/story-facts.js';
import { createExceptionsConsumer } from '../exceptions.events.js';

const ORDER = storyObject('sales-order', 'O-1');
const OTHER = storyObject('sales-order', 'O-2');
const BODY = '# No company code\n\n<script>alert(1)</script>\n\n- [ ] Ask **master data**\n- [ ] Send again';

let api: ApiHarness;
let analyst: Client;
let exceptionId: string;
let groupId: string;

beforeAll(async () => {
  let asked = 0;
  api = await startApi({ clock: () => new Date(at(30).getTime() + (asked += 1)) });
  const { database, tenantId } = api.test;
  await api.addPerson(tenantId, 'analyst@test.example', 'analyst');
  analyst = await api.signIn('analyst@test.example');
  await tell(database, tenantId, async (facts) => {
    await facts.object(ORDER);
    await facts.problem(ORDER);
    await facts.object(OTHER);
    await facts.problem(OTHER, { sellingUnit: 'US01' });
  });
  const payload = { objectIds: [ORDER.objectId, OTHER.objectId], transactionIds: [] };
  await database.withTenant(tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => at(10) }).handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload,
    }),
  );
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality)
       values ($1, $2, 'Contract to order', 'salesforce', 'sap-s4hana', 'Integration team', 'high')`,
      [tenantId, HOP],
    ),
  );
  const { exceptions } = await analyst.ask<{
    exceptions: { edges: { node: { id: string; group: { id: string }; businessObject: { key: string } } }[] };
  }>('{ exceptions { edges { node { id group { id } businessObject { key } } } } }');
  const { node } = exceptions.edges.find(({ node: one }) => one.businessObject.key === ORDER.key)!;
  exceptionId = node.id;
  groupId = node.group.id;
});

afterAll(() => api.close());

type Result = { __typename: string; code?: string; runbook?: { id: string; version: number }; current?: object | null };

async function act(mutation: string, variables: Record<string, unknown> = {}): Promise<Result> {
  const declared = Object.keys(variables).map((name) => `$${name}: String!`);
  const { result } = await analyst.ask<{ result: Result }>(
    `mutation ${declared.length === 0 ? '' : `(${declared.join(', ')})`} { result: ${mutation} { __typename
       ... on RunbookChanged { runbook { id version title body writtenByName versions { version } } }
       ... on RunbookFailure { code message current { version title } } } }`,
    variables,
  );
  return result;
}

const write = (scope: string, key: string, title = 'What to do') =>
  act(`writeRunbook(scope: ${scope}, scopeKey: "${key}", words: { title: "${title}", body: $body })`, { body: BODY });

type Fitting = {
  runbook: { id: string; title: string; scope: string };
  steps: { key: string; text: string; doneByName: string | null }[];
};

async function fitting(id = exceptionId): Promise<Fitting[]> {
  const { exception } = await analyst.ask<{ exception: { runbooks: Fitting[] } }>(
    `{ exception(id: "${id}") { runbooks { runbook { id title scope } steps { key text doneByName } } } }`,
  );
  return exception.runbooks;
}

describe('runbooks', () => {
  it('are found by the problem, the narrowest first, and kept in all their versions', async () => {
    expect(await fitting()).toEqual([]);
    await write('CATEGORY', 'mapping-and-master-data', 'Master data in general');
    await write('INTEGRATION', HOP, 'The contract flow');
    await write('PROBLEM', TAXONOMY, 'No company code');
    const written = await write('GROUP', groupId, 'Bremen');
    expect(written).toMatchObject({ __typename: 'RunbookChanged', runbook: { version: 1, body: BODY } });
    expect((await fitting()).map(({ runbook }) => [runbook.scope, runbook.title])).toEqual([
      ['GROUP', 'Bremen'],
      ['PROBLEM', 'No company code'],
      ['INTEGRATION', 'The contract flow'],
      ['CATEGORY', 'Master data in general'],
    ]);
    const rewritten = await act(
      `rewriteRunbook(id: "${written.runbook!.id}", version: 1, words: { title: "Bremen yard", body: "- [ ] Call them" })`,
    );
    expect(rewritten).toMatchObject({ runbook: { version: 2, versions: [{ version: 2 }, { version: 1 }] } });
    expect(
      await act(`rewriteRunbook(id: "${written.runbook!.id}", version: 1, words: { title: "x", body: "x" })`),
    ).toMatchObject({
      code: 'STALE_VERSION',
      current: { version: 2, title: 'Bremen yard' },
    });
    const { runbooks } = await analyst.ask<{ runbooks: { totalCount: number; edges: { node: { title: string } }[] } }>(
      '{ runbooks(first: 2) { totalCount edges { node { title } } } }',
    );
    expect(runbooks).toMatchObject({ totalCount: 4, edges: [{ node: { title: 'Bremen yard' } }, { node: {} }] });
  });

  it('are ticked step by step for one exception, which its timeline tells', async () => {
    const [, problem] = await fitting();
    const [first, second] = problem!.steps;
    expect(problem!.steps.map(({ text }) => text)).toEqual(['Ask **master data**', 'Send again']);
    const tick = (key: string, isDone: boolean) =>
      act(
        `tickRunbookStep(exceptionId: "${exceptionId}", runbookId: "${problem!.runbook.id}", stepKey: "${key}", isDone: ${isDone})`,
      );
    await tick(first!.key, true);
    await tick(first!.key, true);
    await tick(second!.key, true);
    await tick(second!.key, false);
    expect((await fitting())[1]!.steps.map(({ doneByName }) => doneByName)).toEqual([expect.any(String), null]);
    const { exception } = await analyst.ask<{ exception: { events: { kind: string }[] } }>(
      `{ exception(id: "${exceptionId}") { events { kind details } } }`,
    );
    expect(
      exception.events
        .map(({ kind }) => kind)
        .filter((kind) => kind.startsWith('step-'))
        .sort(),
    ).toEqual(['step-done', 'step-done', 'step-undone']);
  });

  it('refuse what cannot be', async () => {
    expect(await write('PROBLEM', TAXONOMY)).toMatchObject({ code: 'PLACE_TAKEN' });
    expect(await write('INTEGRATION', 'none')).toMatchObject({ code: 'UNKNOWN_PLACE' });
    expect(await write('QUEUE', 'nonsense')).toMatchObject({ code: 'UNKNOWN_PLACE' });
    expect(await write('PROBLEM', 'nonsense')).toMatchObject({ code: 'UNKNOWN_PLACE' });
    expect(await write('CATEGORY', 'nonsense')).toMatchObject({ code: 'UNKNOWN_PLACE' });
    expect(await write('GROUP', '00000000-0000-4000-8000-000000000001')).toMatchObject({ code: 'UNKNOWN_PLACE' });
    const [group, problem] = await fitting();
    const gone = `tickRunbookStep(exceptionId: "${exceptionId}", runbookId: "${problem!.runbook.id}", stepKey: "${group!.steps[0]!.key}", isDone: true)`;
    expect(await act(gone)).toMatchObject({ code: 'UNKNOWN_STEP' });
    const { exceptions } = await analyst.ask<{ exceptions: { edges: { node: { id: string } }[] } }>(
      '{ exceptions { edges { node { id } } } }',
    );
    const stranger = exceptions.edges.map(({ node }) => node.id).find((id) => id !== exceptionId)!;
    const ofAnother = `tickRunbookStep(exceptionId: "${stranger}", runbookId: "${group!.runbook.id}", stepKey: "${group!.steps[0]!.key}", isDone: true)`;
    expect(await act(ofAnother)).toMatchObject({ code: 'NOT_ITS_RUNBOOK' });
    const large = await analyst.send(
      `mutation ($body: String!) { writeRunbook(scope: CATEGORY, scopeKey: "platform", words: { title: "x", body: $body }) { __typename } }`,
      { body: 'x'.repeat(150_000) },
    );
    expect(large.errors?.[0]?.message).toBe('words.body must have 1 to 100000 characters');
  });

  it('make room for another one when they are archived, and are kept', async () => {
    const [group] = await fitting();
    expect(await act(`archiveRunbook(id: "${group!.runbook.id}", version: 1)`)).toMatchObject({
      code: 'STALE_VERSION',
      message: 'Test analyst wrote version 2 meanwhile.',
    });
    await act(`archiveRunbook(id: "${group!.runbook.id}", version: 2)`);
    expect((await fitting()).map(({ runbook }) => runbook.scope)).toEqual(['PROBLEM', 'INTEGRATION', 'CATEGORY']);
    expect(
      await act(`rewriteRunbook(id: "${group!.runbook.id}", version: 2, words: { title: "x", body: "x" })`),
    ).toMatchObject({
      code: 'ARCHIVED',
    });
    expect(await write('GROUP', groupId, 'Bremen again')).toMatchObject({ __typename: 'RunbookChanged' });
    expect(await countOf(api.test.database, api.test.tenantId, 'runbook_version')).toBe(6);
  });
});
