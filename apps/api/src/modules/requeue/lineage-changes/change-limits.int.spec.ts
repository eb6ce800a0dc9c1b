import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { randomBytes, randomUUID } from 'node:crypto';
import { permissionsOf, type Role, type Viewer } from '../../identity/index.js';
import type { ChangeReport } from '../../lineage/index.js';
import { type PipelineBench, newPipelineBench } from '../../lineage/pipeline/testing/pipeline-bench.js';
import { approveChange, rejectChange, type ChangeDecision } from './decide-change.js';
import { guardChange } from './guard-change.js';
import { findGiven, findLatestOfSubjects, type LineageApprovalRow } from './lineage-approval.repository.js';

jest.setTimeout(240_000);

const DAY_MS = 86_400_000;

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let bench: PipelineBench;
let now: Date;
let maker: Viewer;
let approver: Viewer;

beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  now = new Date('2026-10-01T09:00:00.000Z');
  bench = await newPipelineBench(db);
  maker = await person('Erik', 'engineer');
  approver = await person('Anna', 'approver');
});
afterAll(() => db.close());

async function person(displayName: string, ...roles: Role[]): Promise<Viewer> {
  const [personId, email] = [randomUUID(), `${displayName.toLowerCase()}@test.example`];
  await bench.inTenant((tx) =>
    tx.query(
      `insert into person (tenant_id, person_id, email, display_name, password_hash, roles) values ($1, $2, $3, $4, 'x', $5)`,
      [tx.tenantId, personId, email, displayName, roles],
    ),
  );
  return { tenantId: bench.tenantId, personId, displayName, email, roles, permissions: permissionsOf(roles) };
}

/** An act of mapping again that moves this much money and waits for somebody. */
async function asked(amount: string, { by = maker, currency = 'EUR' } = {}): Promise<LineageApprovalRow> {
  const [id, hash] = [randomUUID(), randomBytes(32).toString('hex')];
  const money = {
    ...{ objectType: 'invoice', legalEntity: 'DE01', currency, documents: 1, before: '0.00', after: amount },
    ...{ openBefore: null, openAfter: null, moved: amount },
  };
  const report: ChangeReport = {
    ...{ signals: 1, activities: { added: 0, changed: 1, removed: 0 }, foreseen: 1, tables: [], isPartial: false },
    ...{ money: [money], exceptions: { opens: 0, closes: 0, changes: 0, first: [] }, documents: [] },
  };
  const change = {
    kind: 'remap' as const,
    id,
    hash,
    report,
    requestedBy: by.personId,
    reason: 'mended',
    isStale: false,
  };
  return bench.inTenant(async (tx) => {
    await tx.query(
      `insert into remapping (tenant_id, remapping_id, selection, reason, requested_by, requested_at, state, report_hash)
       values ($1, $2, '{}', 'mended', $3, $4, 'pending', $5)`,
      [tx.tenantId, id, by.personId, now, hash],
    );
    expect(await guardChange(tx, change, now)).toBe('held');
    return (await findLatestOfSubjects(tx, [id]))[0]!;
  });
}

const input = (viewer: Viewer, { id }: LineageApprovalRow) => ({ viewer, approvalId: id, now, traceId: undefined });
const approve = (viewer: Viewer, row: LineageApprovalRow): Promise<ChangeDecision> =>
  bench.inTenant((tx) => approveChange(tx, { ...input(viewer, row), hash: row.hash, comment: '' }));

describe('approving a change of lineage', () => {
  it.each([
    ['within the limit of the person', '1000000.00', 'EUR', 'approver', undefined],
    ['above it', '1000000.01', 'EUR', 'approver', 'above your limit for changes of lineage'],
    ['of money that nobody can tell', '1.00', 'XTS', 'approver', 'Nobody can tell how much money it is'],
    ['by somebody without limit', '1000000.01', 'EUR', 'controller', undefined],
    ['of money that nobody can tell, by somebody without limit', '1.00', 'XTS', 'controller', undefined],
  ] as const)('%s', async (_case, amount, currency, role, told) => {
    const row = await asked(amount, { currency });
    const outcome = await approve(await person('Carl', role), row);
    expect(outcome).toMatchObject(
      told === undefined ? { kind: 'decided' } : { code: 'ABOVE_LIMIT', message: expect.stringContaining(told) },
    );
  });

  it('adds up what the same person approved of the same maker on the same day', async () => {
    expect(await approve(approver, await asked('600000.00'))).toMatchObject({ kind: 'decided' });
    const second = await asked('600000.00');
    expect(await approve(approver, second)).toMatchObject({ code: 'ABOVE_LIMIT' });
    const another = await person('Otto', 'engineer');
    expect(await approve(approver, await asked('600000.00', { by: another }))).toMatchObject({ kind: 'decided' });
    now = new Date(now.getTime() + DAY_MS);
    expect(await approve(approver, second)).toMatchObject({ kind: 'decided' });
  });

  it('of two at once within one limit lets one through', async () => {
    const rows = [await asked('600000.00'), await asked('600000.00')];
    const outcomes = await Promise.all(rows.map((row) => approve(approver, row)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['decided', 'failure']);
  });

  it('counts nothing of what was sent back meanwhile', async () => {
    // two have to approve it, so that it waits on
    const first = await asked('600000.00');
    await bench.inTenant((tx) =>
      tx.query(`update lineage_approval set needed = needed || '{"approvals": 2}' where tenant_id = $1`, [tx.tenantId]),
    );
    await approve(approver, first);
    const second = await asked('600000.00');
    expect(await approve(approver, second)).toMatchObject({ code: 'ABOVE_LIMIT' });
    const other = await person('Carl', 'controller');
    await bench.inTenant((tx) => rejectChange(tx, { ...input(other, first), reason: 'ask sales' }));
    expect(await approve(approver, second)).toMatchObject({ kind: 'decided' });
  });

  it('counts within the limit of somebody who is away, by whoever stands in, and says so', async () => {
    const away = await person('Carl', 'controller');
    await bench.inTenant((tx) =>
      tx.query(
        `insert into person_absence (tenant_id, absence_id, person_id, from_at, until_at, deputy_id, note, stated_at, stated_by, stated_by_name)
         values ($1, gen_random_uuid(), $2, $4::timestamptz - interval '1 day', $4::timestamptz + interval '1 day', $3, '', $4, $2, 'Carl')`,
        [tx.tenantId, away.personId, approver.personId, now],
      ),
    );
    const row = await asked('1000000.01');
    expect(await approve(approver, row)).toMatchObject({ kind: 'decided' });
    const [given] = await bench.inTenant((tx) => findGiven(tx, [row.id]));
    expect(given).toMatchObject([{ personName: 'Anna', forPersonName: 'Carl' }]);
    // Anna's own is as it was
    expect(await approve(approver, await asked('1000000.00'))).toMatchObject({ kind: 'decided' });
    const [own] = await bench.inTenant((tx) =>
      tx.query<{ count: number }>(
        'select count(*)::int as count from lineage_approval_given where tenant_id = $1 and for_person_id is null',
        [tx.tenantId],
      ),
    );
    expect(own).toEqual({ count: 1 });
  });
});
