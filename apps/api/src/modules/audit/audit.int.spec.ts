import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import { connected } from '@throughline/persistence/testing';
import { startApi, type ApiHarness } from '../../testing/api-harness.js';
import { walkPages, type PageOf } from '../../testing/walk-pages.js';
import { recordAudit, recordAudits, type AuditEntry } from './record-audit.js';
import { createAuditSealStage } from './seal-stage.js';
import { verifyAuditChain } from './verify-chain.js';

const AT = new Date('2026-09-04T10:00:00.123Z');

function entry(action: string, details: Record<string, unknown> = {}): AuditEntry {
  return {
    at: AT,
    actor: { kind: 'system', id: 'test', name: 'Test' },
    action,
    subject: { type: 'thing', id: action },
    details,
  };
}

describe('the audit log', () => {
  let api: ApiHarness;
  const alarms: unknown[] = [];
  let now = new Date();

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'ada@acme.example', 'auditor');
  });
  afterAll(() => api.close());

  const asTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    api.test.database.withTenant(api.test.tenantId, work);
  const seal = () =>
    createAuditSealStage(
      api.test.database,
      () => now,
      (facts) => void alarms.push(facts),
    ).run(api.test.tenantId);

  it('seals committed records into a chain that can be recomputed from what is stored', async () => {
    await asTenant((tx) =>
      recordAudit(tx, entry('thing.made', { z: 1, a: ['é', null, { b: true, a: 'x' }], at: AT, gone: undefined })),
    );
    await asTenant((tx) =>
      recordAudits(
        tx,
        Array.from({ length: 50 }, (_, index) => entry(`thing.done-${index}`)),
      ),
    );
    await asTenant(async (tx) => {
      await recordAudit(tx, entry('never.happened'));
      throw new Error('rolled back');
    }).catch(() => undefined);
    await seal();
    expect(await asTenant(verifyAuditChain)).toEqual({ sealed: 51, firstBroken: null });
    await asTenant((tx) => recordAudit(tx, entry('thing.later')));
    await seal();
    expect(await asTenant(verifyAuditChain)).toEqual({ sealed: 52, firstBroken: null });
    expect(alarms).toEqual([]);
  });

  it('is sealed by one at a time: sealers side by side make one chain', async () => {
    for (let round = 0; round < 5; round += 1) {
      await asTenant((tx) => recordAudits(tx, [entry(`round.a${round}`), entry(`round.b${round}`)]));
      await Promise.all([seal(), seal(), seal()]);
    }
    await seal();
    expect(await asTenant(verifyAuditChain)).toEqual({ sealed: 62, firstBroken: null });
  });

  it('begins where it ended, and looks for what was recorded earlier and committed later once a second', async () => {
    let time = Date.now();
    const stage = createAuditSealStage(
      api.test.database,
      () => new Date(time),
      () => undefined,
    );
    const sealed = async () => {
      await stage.run(api.test.tenantId);
      return (await asTenant(verifyAuditChain)).sealed;
    };
    await asTenant((tx) => recordAudit(tx, entry('thing.first')));
    const before = await sealed();
    await asTenant(async (late) => {
      await recordAudit(late, entry('thing.late'));
      await setTimeout(5);
      await asTenant((tx) => recordAudit(tx, entry('thing.soon')));
      expect(await sealed()).toBe(before + 1);
    });
    expect(await sealed()).toBe(before + 1);
    time += 1_000;
    expect(await sealed()).toBe(before + 2);
    await asTenant((tx) => recordAudit(tx, entry('thing.behind')));
    expect(await sealed()).toBe(before + 3);
  });

  it('raises an alarm for what waits too long', async () => {
    await asTenant((tx) => recordAudit(tx, entry('thing.waits')));
    now = new Date(Date.now() + 10_500);
    await seal();
    expect(alarms).toEqual([{ tenantId: api.test.tenantId, oldestRecordedAt: expect.any(String) }]);
  });

  it('cannot be changed by the app', async () => {
    for (const sql of [
      `update audit_record set action = 'x' where tenant_id = $1`,
      `delete from audit_record where tenant_id = $1`,
      `delete from audit_seal where tenant_id = $1`,
    ]) {
      await expect(asTenant((tx) => tx.query(sql, [tx.tenantId]))).rejects.toThrow(/permission denied/);
    }
  });

  it('is shown to the auditor, newest first, sealed or not', async () => {
    await asTenant((tx) => recordAudit(tx, { ...entry('thing.newest'), at: new Date('2100-01-01T00:00:00Z') }));
    const auditor = await api.signIn('ada@acme.example');
    const { auditLog } = await auditor.ask<{
      auditLog: { edges: { node: Record<string, unknown> }[]; pageInfo: { endCursor: string } };
    }>(
      `{ auditLog(first: 1, filter: { subjectType: "thing" }) { pageInfo { endCursor } edges { node { action isSealed sequence at details } } } }`,
    );
    expect(auditLog.edges).toEqual([
      {
        node: { action: 'thing.newest', isSealed: false, sequence: null, at: '2100-01-01T00:00:00.000Z', details: {} },
      },
    ]);
    const rest = await auditor.ask<{
      auditLog: { totalCount: number; edges: { node: { action: string; isSealed: boolean } }[] };
    }>(
      `query ($after: String) { auditLog(after: $after, filter: { subjectType: "thing", action: "thing.made" }) { totalCount edges { node { action isSealed } } } }`,
      { after: auditLog.pageInfo.endCursor },
    );
    expect(rest.auditLog).toEqual({ totalCount: 1, edges: [{ node: { action: 'thing.made', isSealed: true } }] });
  });

  it('walks all records once, although many share one instant', async () => {
    const auditor = await api.signIn('ada@acme.example');
    type Log = { auditLog: PageOf<{ id: string }> };
    const query = `query ($after: String) {
      auditLog(first: 7, after: $after, filter: { subjectType: "thing" }) { pageInfo { hasNextPage endCursor } edges { node { id } } }
    }`;
    const seen = await walkPages(async (after) => (await auditor.ask<Log>(query, { after })).auditLog);
    const [row] = await asTenant((tx) =>
      tx.query<{ records: number }>(
        `select count(*)::int as records from audit_record where tenant_id = $1 and subject_type = 'thing'`,
        [tx.tenantId],
      ),
    );
    expect([seen.length, new Set(seen.map(({ id }) => id)).size]).toEqual([row?.records, row?.records]);
  });

  it('notices a record that was changed behind its back', async () => {
    await connected(api.test.ownerUrl, (client) =>
      client.query(`update audit_record set details = '{"z": 2}' where action = 'thing.done-3'`),
    );
    const verdict = await asTenant(verifyAuditChain);
    expect(verdict.firstBroken?.reason).toBe('the record was changed');
  });
});
