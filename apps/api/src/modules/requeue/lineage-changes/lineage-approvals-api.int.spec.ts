import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { randomUUID } from 'node:crypto';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { createRemapStage } from '../../lineage/index.js';
import { PipelineBench } from '../../lineage/pipeline/testing/pipeline-bench.js';
import { storeRawSignals } from '../../lineage/pipeline/testing/store-raw-signals.js';
import { shopPack } from '../../lineage/pipeline/testing/test-pack.js';
import { guardChange } from './guard-change.js';

jest.setTimeout(240_000);

const AT = '2026-10-01T09:00:00.000Z';
const IDS = ['1', '2', '3'];

let api: ApiHarness;
let bench: PipelineBench;
let people: Record<'engineer' | 'approver' | 'auditor', Client>;

beforeAll(async () => {
  api = await startApi();
  const { database, tenantId } = api.test;
  const signIn = async (role: 'engineer' | 'approver' | 'auditor') => {
    await api.addPerson(tenantId, `${role}@test.example`, role);
    return api.signIn(`${role}@test.example`);
  };
  people = { engineer: await signIn('engineer'), approver: await signIn('approver'), auditor: await signIn('auditor') };
  bench = new PipelineBench(database, tenantId);
  const shop = { sourceSystem: 'web-shop', sourceKind: 'shop', type: 'invoice', occurredAt: AT };
  await activate(1, shopPack('number'));
  await bench.inTenant((tx) =>
    storeRawSignals(
      tx,
      IDS.map((id) => ({
        ...shop,
        externalId: id,
        body: { id, type: 'invoice', at: AT, number: `I-${id}`, total: 10.5 },
      })),
    ),
  );
  await bench.settle();
  await activate(2, shopPack('number').replace('$string(total)', '$string(total * 2)'));
});
beforeEach(() => bench.inTenant((tx) => tx.query(`update remapping set state = 'cancelled' where tenant_id = $1`, [tx.tenantId]))); // prettier-ignore
afterAll(() => api.close());

async function activate(version: number, definition: string): Promise<void> {
  await bench.inTenant(async (tx) => {
    await tx.query(`update mapping_version set state = 'retired' where tenant_id = $1`, [tx.tenantId]);
    await tx.query(
      `insert into mapping_version (tenant_id, name, version, definition, state, created_by, created_at)
       values ($1, 'shop', $2, $3, 'active', $4, now())`,
      [tx.tenantId, version, definition, randomUUID()],
    );
  });
}

const runRemap = async (mostSteps = Number.POSITIVE_INFINITY) => {
  const { database, mappings, workflows, tenantId } = bench;
  const log = createLogger({ service: 'test', level: 'silent' });
  const clock = () => new Date();
  const stage = createRemapStage({ database, mappings, workflows, guard: guardChange, clock, log, signalsAtOnce: 2 });
  for (let step = 0; step < mostSteps && (await stage.run(tenantId)); step += 1);
};

type Asked = { id: string; state: string };
const mapAgain = async () =>
  (
    await people.engineer.ask<{ mapAgain: { remapping: Asked } }>(
      `mutation { mapAgain(input: { reason: "mended", sourceSystem: "web-shop" })
         { ... on RemappingRequested { remapping { id state } } ... on CatalogFailure { message } } }`,
    )
  ).mapAgain.remapping;
const cancel = async (id: string) =>
  (
    await people.engineer.ask<{ cancelRemapping: { remapping?: Asked; code?: string } }>(
      `mutation ($id: ID!) { cancelRemapping(id: $id)
         { ... on RemappingRequested { remapping { id state } } ... on CatalogFailure { code } } }`,
      { id },
    )
  ).cancelRemapping;

const REPORT = `report { signals isSample activities { added changed removed } closedPeriods
  money { objectType documents before { amount } after { amount } moved { amount } } exceptions { opens closes changes }
  differences { table changed } }`;

describe('a change of lineage', () => {
  it('is listed with its report, looked at row by row, and approved by its hash', async () => {
    const { id } = await mapAgain();
    await runRemap();
    type Listed = { id: string; hash: string; state: string; canDecide: boolean };
    const { lineageApprovals, lineageApprovalCounts } = await people.approver.ask<{
      lineageApprovals: { totalCount: number; edges: { node: Listed }[] };
      lineageApprovalCounts: object;
    }>(
      `{ lineageApprovals { totalCount edges { node { id hash state kind subjectId canDecide canWithdraw makerName
           reportingMoney { amount currency } needed { rules { name } } approvers { person { email } canApprove } ${REPORT}
           change { state total } } } }
         lineageApprovalCounts { waiting forMe review } }`,
    );
    expect(lineageApprovalCounts).toEqual({ waiting: 1, forMe: 1, review: 0 });
    const [{ node }] = lineageApprovals.edges as [{ node: Listed }];
    expect(node).toMatchObject({
      state: 'PENDING_APPROVAL',
      kind: 'remap',
      subjectId: id,
      canDecide: true,
      canWithdraw: false,
      reportingMoney: { amount: '31.50', currency: 'EUR' },
      needed: { rules: [{ name: 'changed-money' }] },
      approvers: [{ person: { email: 'approver@test.example' }, canApprove: true }],
      report: {
        signals: 3,
        isSample: false,
        activities: { added: 0, changed: 3, removed: 0 },
        money: [{ objectType: 'invoice', documents: 3, before: { amount: '31.50' }, after: { amount: '63.00' } }],
      },
      change: { state: 'pending', total: 3 },
    });
    const rows = await people.auditor.ask<{
      remappingChanges: { totalCount: number; pageInfo: { endCursor: string } };
    }>(
      `query ($id: ID!) { remappingChanges(remappingId: $id, part: "business_object", first: 2)
         { totalCount edges { node { part label before after } } pageInfo { endCursor } } }`,
      { id },
    );
    expect(rows.remappingChanges).toMatchObject({
      totalCount: 3,
      edges: [1, 2].map(() => ({
        node: { part: 'business_object', before: { amount: '10.50' }, after: { amount: '21.00' } },
      })),
    });
    const { endCursor } = rows.remappingChanges.pageInfo;
    const rest = await people.auditor.ask<{ remappingChanges: { edges: object[] } }>(
      `query ($id: ID!, $after: String) { remappingChanges(remappingId: $id, part: "business_object", after: $after) { edges { node { id } } } }`,
      { id, after: endCursor },
    );
    expect(rest.remappingChanges.edges).toHaveLength(1);
    const decide = async (hash: string) =>
      (
        await people.approver.ask<{ approveLineageChange: object }>(
          `mutation ($id: ID!, $hash: String!) { approveLineageChange(approvalId: $id, hash: $hash)
             { ... on LineageDecided { approval { state decidedByName approvers { canApprove } } } ... on ActFailure { code } } }`,
          { id: node.id, hash },
        )
      ).approveLineageChange;
    expect(await decide('0'.repeat(64))).toEqual({ code: 'SELECTION_CHANGED' });
    expect(await decide(node.hash)).toMatchObject({ approval: { state: 'APPROVED', approvers: [] } });
    await runRemap();
    await bench.settle();
    await runRemap();
    const { remappings } = await people.engineer.ask<{ remappings: { edges: { node: object }[] } }>(
      `{ remappings(first: 1) { edges { node { state approval { state } afterwards { activities { changed } asForeseen otherwise
           money { after { amount } } } } } } }`,
    );
    expect(remappings.edges[0]!.node).toMatchObject({
      state: 'done',
      approval: { state: 'APPROVED' },
      afterwards: { activities: { changed: 3 }, otherwise: 0, money: [{ after: { amount: '63.00' } }] },
    });
  });

  it('is cancelled while it is compared, and nothing of it goes on', async () => {
    const { id, state } = await mapAgain();
    expect(state).toBe('reporting');
    await runRemap(2);
    expect((await cancel(id)).remapping?.state).toBe('cancelled');
    expect((await cancel(id)).code).toBe('CONFLICT');
    await runRemap();
    const { remappings } = await people.engineer.ask<{ remappings: { edges: { node: Asked }[] } }>(
      '{ remappings(first: 1) { edges { node { id state } } } }',
    );
    expect(remappings.edges[0]!.node).toEqual({ id, state: 'cancelled' });
  });
});
