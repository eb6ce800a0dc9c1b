import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { createTestDatabase } from '@throughline/persistence/testing';
import { randomUUID } from 'node:crypto';
import { permissionsOf, type Role, type Viewer } from '../../identity/index.js';
import { createRebuildStage, createRemapStage, findRebuild, findRemapping } from '../../lineage/index.js';
import { type PipelineBench, newPipelineBench } from '../../lineage/pipeline/testing/pipeline-bench.js';
import { storeRawSignals } from '../../lineage/pipeline/testing/store-raw-signals.js';
import { shopPack } from '../../lineage/pipeline/testing/test-pack.js';
import { mapAgain } from '../../lineage/usecases/map-again.js';
import { requestRebuild } from '../../lineage/usecases/request-rebuild.js';
import { steerRebuild } from '../../lineage/usecases/steer-rebuild.js';
import {
  approveChange,
  breakGlassForChange,
  rejectChange,
  reviewChange,
  withdrawChange,
  type ChangeDecision,
} from './decide-change.js';
import { createLineageApprovalExpiryStage } from './expire-approvals.js';
import { guardChange } from './guard-change.js';
import { findLatestOfSubjects, findMappingAuthors, type LineageApprovalRow } from './lineage-approval.repository.js';

jest.setTimeout(240_000);

const SILENT = createLogger({ service: 'test', level: 'silent' });
const HOUR_MS = 3_600_000;

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let bench: PipelineBench;
let now: Date;
let [maker, checker, other]: Viewer[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  bench = await newPipelineBench(db);
  maker = await person('Erik', 'engineer');
  checker = await person('Anna', 'approver');
  other = await person('Carl', 'controller');
  await inTenant(1, PACK);
  await bench.inTenant((tx) => storeRawSignals(tx, ['1', '2', '3'].map(invoice)));
  await bench.settle();
  // signals that come later are not mapped again
  now = new Date();
});
afterAll(() => db.close());

const AT = '2026-10-01T09:00:00.000Z';
const invoice = (id: string) => ({
  externalId: id,
  sourceSystem: 'web-shop',
  sourceKind: 'shop',
  type: 'invoice',
  occurredAt: AT,
  body: { id, type: 'invoice', at: AT, number: `I-${id}`, total: 10.5 },
});

const PACK = shopPack('number');
/** Says twice the money. */
const DOUBLED = PACK.replace('$string(total)', '$string(total * 2)');
/** Says the same in another way. */
const REWORDED = PACK.replace('$string(total)', '$string(total + 0)');

const inTenant = (version: number, definition: string) =>
  bench.inTenant(async (tx) => {
    await tx.query(`update mapping_version set state = 'retired' where tenant_id = $1`, [tx.tenantId]);
    await tx.query(
      `insert into mapping_version (tenant_id, name, version, definition, state, created_by, created_at)
       values ($1, 'shop', $2, $3, 'active', $4, now())`,
      [tx.tenantId, version, definition, randomUUID()],
    );
  });

async function person(displayName: string, ...roles: Role[]): Promise<Viewer> {
  const personId = randomUUID();
  const { tenantId } = bench;
  const email = `${displayName.toLowerCase()}@test.example`;
  await bench.inTenant((tx) =>
    tx.query(
      `insert into person (tenant_id, person_id, email, display_name, password_hash, roles) values ($1, $2, $3, $4, 'x', $5)`,
      [tx.tenantId, personId, email, displayName, roles],
    ),
  );
  return { tenantId, personId, displayName, email, roles, permissions: permissionsOf(roles) };
}

const askAgain = async () => {
  const outcome = await bench.inTenant((tx) =>
    mapAgain(tx, actOf(maker!), { reason: 'mended', selection: { sourceSystem: 'web-shop' } }),
  );
  if ('code' in outcome) throw new Error(outcome.message);
  await runRemap();
  return outcome.remappingId;
};
const actOf = (viewer: Viewer) => ({ viewer, now, traceId: undefined });
const runRemap = async (mostSteps = Number.POSITIVE_INFINITY) => {
  const { database, mappings, workflows, tenantId } = bench;
  const parts = { database, mappings, workflows, guard: guardChange, clock: () => now, log: SILENT, signalsAtOnce: 2 };
  const stage = createRemapStage(parts);
  for (let step = 0; step < mostSteps && (await stage.run(tenantId)); step += 1);
};
const runRebuild = async () => {
  const { database, workflows, tenantId } = bench;
  const stage = createRebuildStage({
    database,
    workflows,
    wrong: [],
    guard: guardChange,
    clock: () => now,
    log: SILENT,
  });
  while (await stage.run(tenantId));
};
const remapping = async (id: string) => (await bench.inTenant((tx) => findRemapping(tx, id)))!;
const approval = async (subjectId: string): Promise<LineageApprovalRow> => {
  const [row] = await bench.inTenant((tx) => findLatestOfSubjects(tx, [subjectId]));
  return row!;
};
const input = (viewer: Viewer, { id }: LineageApprovalRow) => ({ viewer, approvalId: id, now, traceId: undefined });
const approve = (viewer: Viewer, row: LineageApprovalRow, hash = row.hash): Promise<ChangeDecision> =>
  bench.inTenant((tx) => approveChange(tx, { ...input(viewer, row), hash, comment: '' }));
const acts = async () => {
  const rows = await bench.inTenant((tx) =>
    tx.query<{ action: string }>(
      `select action from audit_record where tenant_id = $1 and (action like 'lineage-change.%' or action like 'remapping.%'
       or action like 'rebuild.%') order by at, audit_id`,
      [tx.tenantId],
    ),
  );
  return rows.map(({ action }) => action).sort();
};
const amounts = async () => {
  const rows = await bench.inTenant((tx) =>
    tx.query<{ amount: string }>(
      `select amount::text as amount from business_object where tenant_id = $1 and type = 'invoice' order by key`,
      [tx.tenantId],
    ),
  );
  return rows.map(({ amount }) => amount);
};

describe('mapping again', () => {
  it('that changes money is told first, changes nothing, and waits for a second person', async () => {
    const shown = await bench.read();
    await inTenant(2, DOUBLED);
    const id = await askAgain();
    const { state, error, report } = await remapping(id);
    expect({ state, error }).toEqual({ state: 'pending', error: null });
    expect(report).toMatchObject({
      signals: 3,
      activities: { added: 0, changed: 3, removed: 0 },
      foreseen: 3,
      money: [
        {
          objectType: 'invoice',
          legalEntity: null,
          currency: 'EUR',
          documents: 3,
          before: '31.50',
          after: '63.00',
          moved: '31.50',
        },
      ],
      exceptions: { opens: 0, closes: 0, changes: 0 },
    });
    expect(report?.tables.find(({ table }) => table === 'business_object')).toMatchObject({
      added: 0,
      changed: 3,
      removed: 0,
      samples: expect.arrayContaining([
        { label: 'invoice I-1', before: { amount: '10.50' }, after: { amount: '21.00' } },
      ]),
    });
    expect(await bench.read()).toEqual(shown);
    expect(await approval(id)).toMatchObject({
      state: 'PENDING_APPROVAL',
      kind: 'remap',
      makerName: 'Erik',
      reportingMinor: '3150',
      needed: { approvals: 1, isHard: false, rules: [{ name: 'changed-money' }] },
    });
  });

  it('is done when somebody else approves exactly that, and compared with what was foreseen', async () => {
    await inTenant(2, DOUBLED);
    const id = await askAgain();
    const row = await approval(id);
    expect(await approve(maker!, row)).toMatchObject({ code: 'APPROVER_REMOVED' });
    expect(await approve(checker!, row, 'f'.repeat(64))).toMatchObject({ code: 'SELECTION_CHANGED' });
    expect(await approve(checker!, row)).toMatchObject({ kind: 'decided' });
    expect(await approve(other!, row)).toMatchObject({ code: 'NOT_PENDING' });
    await runRemap();
    expect((await remapping(id)).state).toBe('done');
    await bench.settle();
    expect(await amounts()).toEqual(['21.00', '21.00', '21.00']);
    await runRemap();
    const { happened } = await remapping(id);
    expect(happened).toMatchObject({
      activities: { added: 0, changed: 3, removed: 0 },
      money: [{ objectType: 'invoice', documents: 3, before: '31.50', after: '63.00' }],
      asForeseen: expect.any(Number),
      otherwise: 0,
    });
    expect(await acts()).toEqual([
      'lineage-change.approval-needed',
      'lineage-change.approved',
      'remapping.compared',
      'remapping.reported',
      'remapping.reported',
      'remapping.requested',
    ]);
  });

  it('is never approved by its maker, also one who has the right', async () => {
    maker = await person('Both', 'engineer', 'approver');
    await inTenant(2, DOUBLED);
    const id = await askAgain();
    expect(await approve(maker, await approval(id))).toMatchObject({ code: 'MAKER_MAY_NOT_DECIDE' });
  });

  it('that would change something else by now is asked for anew', async () => {
    await inTenant(2, DOUBLED);
    const id = await askAgain();
    const first = await approval(id);
    await approve(checker!, first);
    await inTenant(3, PACK.replace('$string(total)', '$string(total * 3)'));
    await runRemap();
    expect((await remapping(id)).state).toBe('pending');
    expect(await amounts()).toEqual(['10.50', '10.50', '10.50']);
    const second = await approval(id);
    expect(second.askedAgain).toContain('no longer what would change');
    expect(second.hash).not.toBe(first.hash);
    expect(second.report.money).toMatchObject([{ after: '94.50' }]);
    expect(await approve(checker!, first)).toMatchObject({
      code: 'NOT_PENDING',
      message: expect.stringContaining('overtaken'),
    });
    await approve(checker!, second);
    await runRemap();
    await bench.settle();
    expect(await amounts()).toEqual(['31.50', '31.50', '31.50']);
  });

  it.each([
    ['before it starts', 5, ['10.50', '10.50', '10.50'], 3, 'changed since.'],
    ['in the middle of it', 7, ['10.50', '21.00', '21.00'], 3, 'stay so: 2.'],
  ])('by another mapping that is put in force %s is asked for anew', async (_when, steps, so, changed, told) => {
    await inTenant(2, DOUBLED);
    const id = await askAgain();
    const first = await approval(id);
    await approve(checker!, first);
    await runRemap(steps);
    await bench.settle();
    expect((await amounts()).sort()).toEqual(so);
    await inTenant(3, PACK.replace('$string(total)', '$string(total * 3)'));
    await runRemap();
    expect((await remapping(id)).state).toBe('pending');
    await bench.settle();
    expect((await amounts()).sort()).toEqual(so);
    const second = await approval(id);
    expect(second).toMatchObject({ state: 'PENDING_APPROVAL', askedAgain: expect.stringContaining(told) });
    expect(second.report).toMatchObject({ signals: 3, activities: { changed }, money: [{ after: '94.50' }] });
    expect(await approve(checker!, first)).toMatchObject({ code: 'NOT_PENDING' });
    await approve(checker!, second);
    await runRemap();
    await bench.settle();
    expect(await amounts()).toEqual(['31.50', '31.50', '31.50']);
    expect(await remapping(id)).toMatchObject({ state: 'done', signalsDone: '3', signalsTotal: '3' });
  });

  it('is not reported half by one mapping and half by another', async () => {
    await inTenant(2, REWORDED);
    const outcome = await bench.inTenant((tx) =>
      mapAgain(tx, actOf(maker!), { reason: 'mended', selection: { sourceSystem: 'web-shop' } }),
    );
    if ('code' in outcome) throw new Error(outcome.message);
    await runRemap(2);
    await inTenant(3, DOUBLED);
    await runRemap();
    expect(await remapping(outcome.remappingId)).toMatchObject({
      state: 'pending',
      report: { signals: 3, activities: { changed: 3 } },
    });
  });

  it('counts whoever put the mapping in force among those who worked on it', async () => {
    await inTenant(2, DOUBLED);
    await bench.inTenant((tx) =>
      tx.query(`update mapping_version set approved_by = $2 where tenant_id = $1 and version = 2`, [
        tx.tenantId,
        checker!.personId,
      ]),
    );
    expect((await bench.inTenant(findMappingAuthors)).has(checker!.personId)).toBe(true);
  });

  it('that changes nothing needs nobody', async () => {
    await inTenant(2, REWORDED);
    const id = await askAgain();
    expect(await remapping(id)).toMatchObject({ state: 'done', report: { activities: { changed: 0 }, money: [] } });
    expect(await approval(id)).toBeNull();
  });

  it('that is not approved changes nothing, and its maker is told why', async () => {
    await inTenant(2, DOUBLED);
    const id = await askAgain();
    const row = await approval(id);
    const outcome = await bench.inTenant((tx) => rejectChange(tx, { ...input(checker!, row), reason: 'ask sales' }));
    expect(outcome.kind).toBe('decided');
    await runRemap();
    expect(await remapping(id)).toMatchObject({ state: 'cancelled', error: 'Not approved by Anna: ask sales' });
    expect(await approval(id)).toMatchObject({ state: 'REJECTED', decidedByName: 'Anna', decisionReason: 'ask sales' });
    expect(await amounts()).toEqual(['10.50', '10.50', '10.50']);
  });

  it('is withdrawn by its maker alone', async () => {
    await inTenant(2, DOUBLED);
    const id = await askAgain();
    const row = await approval(id);
    expect(await bench.inTenant((tx) => withdrawChange(tx, input(checker!, row)))).toMatchObject({ code: 'NOT_MAKER' });
    await bench.inTenant((tx) => withdrawChange(tx, input(maker!, row)));
    expect((await remapping(id)).state).toBe('cancelled');
    expect((await approval(id)).state).toBe('WITHDRAWN');
  });

  it('expires when nobody decides', async () => {
    await inTenant(2, DOUBLED);
    const id = await askAgain();
    const expire = () => createLineageApprovalExpiryStage(db.database, () => now).run(bench.tenantId);
    await expire();
    expect((await approval(id)).state).toBe('PENDING_APPROVAL');
    now = new Date(now.getTime() + 72 * HOUR_MS);
    expect(await approve(checker!, await approval(id))).toMatchObject({ code: 'NOT_PENDING' });
    await expire();
    expect((await approval(id)).state).toBe('EXPIRED');
    expect((await remapping(id)).state).toBe('cancelled');
  });

  it('is done in an emergency, which somebody else reviews', async () => {
    await inTenant(2, DOUBLED);
    const id = await askAgain();
    const row = await approval(id);
    const { hash } = row;
    const broken = await bench.inTenant((tx) =>
      breakGlassForChange(tx, { ...input(checker!, row), hash, reason: 'month end, nobody is here' }),
    );
    expect(broken.kind).toBe('decided');
    await runRemap();
    expect((await remapping(id)).state).toBe('done');
    const review = (viewer: Viewer) =>
      bench.inTenant((tx) => reviewChange(tx, { ...input(viewer, row), comment: 'seen' }));
    expect(await review(checker!)).toMatchObject({ code: 'MAKER_MAY_NOT_DECIDE' });
    expect((await review(other!)).kind).toBe('decided');
    expect(await approval(id)).toMatchObject({ isBreakGlass: true, reviewedByName: 'Carl' });
  });
});

describe('the switch to a rebuild', () => {
  const spoil = (amount: string) =>
    bench.inTenant((tx) =>
      tx.query(`update business_object set amount = $2 where tenant_id = $1 and type = 'invoice' and key = 'I-1'`, [
        tx.tenantId,
        amount,
      ]),
    );
  const rebuild = async (id: string) => (await bench.inTenant((tx) => findRebuild(tx, id)))!;
  const ready = async () => {
    const outcome = await bench.inTenant((tx) => requestRebuild(tx, actOf(maker!), { reason: 'x', scope: {} }));
    if ('code' in outcome) throw new Error(outcome.message);
    await runRebuild();
    return outcome.rebuildId;
  };
  const askToSwitch = async (id: string) => {
    await bench.inTenant((tx) => steerRebuild(tx, actOf(maker!), { rebuildId: id, act: 'switch' }));
    await runRebuild();
  };

  it('waits for somebody who sees its money, and is done as it was approved', async () => {
    await spoil('1.00');
    const id = await ready();
    expect((await rebuild(id)).changes).toMatchObject({
      money: [{ objectType: 'invoice', documents: 1, before: '1.00', after: '10.50', moved: '9.50' }],
    });
    await askToSwitch(id);
    expect((await rebuild(id)).state).toBe('pending');
    expect((await amounts())[0]).toBe('1.00');
    const row = await approval(id);
    expect(row.needed.rules.map(({ name }) => name)).toEqual(['changed-money', 'rebuild']);
    await approve(checker!, row);
    await runRebuild();
    const done = await rebuild(id);
    expect(done).toMatchObject({ state: 'done', happened: { money: [{ before: '1.00', after: '10.50' }] } });
    expect((await amounts())[0]).toBe('10.50');
  });

  it('is asked for anew when something else would change by now', async () => {
    await spoil('1.00');
    const id = await ready();
    await askToSwitch(id);
    await approve(checker!, await approval(id));
    await spoil('2.00');
    await runRebuild();
    expect((await rebuild(id)).state).toBe('pending');
    expect((await amounts())[0]).toBe('2.00');
    expect((await approval(id)).askedAgain).toContain('no longer what would change');
  });

  it('that is not approved leaves the rebuild ready, for another time', async () => {
    await spoil('1.00');
    const id = await ready();
    await askToSwitch(id);
    const row = await approval(id);
    await bench.inTenant((tx) => rejectChange(tx, { ...input(other!, row), reason: 'after the close' }));
    expect((await rebuild(id)).state).toBe('ready');
    now = new Date(now.getTime() + HOUR_MS);
    await askToSwitch(id);
    expect((await approval(id)).state).toBe('PENDING_APPROVAL');
    await bench.inTenant((tx) => steerRebuild(tx, actOf(maker!), { rebuildId: id, act: 'cancel' }));
    await createLineageApprovalExpiryStage(db.database, () => now).run(bench.tenantId);
    expect((await approval(id)).state).toBe('WITHDRAWN');
  });

  it('that changes nothing needs nobody', async () => {
    const id = await ready();
    await askToSwitch(id);
    expect((await rebuild(id)).state).toBe('done');
    expect(await approval(id)).toBeNull();
  });
});
