import type { Database } from '@throughline/persistence';
import type { Stage } from '../../worker/stage.js';
import { CHAIN_START, nextChainHash } from './domain/audit-content.js';
import { findChainEnd, findUnsealed, insertSeals, lockChain } from './seal.repository.js';

/** Records sealed in one transaction. */
const BATCH = 1_000;

/** A record that waited longer is an alarm: the chain is promised within a second. */
const ALARM_AFTER_MS = 10_000;

/** Told when records wait too long for their seal. */
export type SealAlarm = (facts: { tenantId: string; oldestRecordedAt: string }) => void;

/**
 * Chains committed audit records, per tenant, one sealer at a time. Chaining inside the act would make every act of a tenant
 * wait for the one before; here only what is committed is seen, in the order it was recorded as far as that is known.
 */
export function createAuditSealStage(database: Database, clock: () => Date, alarm: SealAlarm): Stage {
  return {
    name: 'audit-seal',
    wakesOn: ['throughline_audit'],
    pollMs: 1_000,
    run: (tenantId) =>
      database.withTenant(tenantId, async (tx) => {
        if (!(await lockChain(tx))) {
          return false;
        }
        const waiting = await findUnsealed(tx, BATCH);
        const [oldest] = waiting;
        if (oldest === undefined) {
          return false;
        }
        const now = clock();
        if (now.getTime() - oldest.recordedAt.getTime() > ALARM_AFTER_MS) {
          alarm({ tenantId, oldestRecordedAt: oldest.recordedAt.toISOString() });
        }
        let { sequence, hash } = (await findChainEnd(tx)) ?? { sequence: 0n, hash: CHAIN_START };
        const seals = waiting.map(({ auditId, contentHash }) => {
          sequence += 1n;
          hash = nextChainHash(hash, contentHash);
          return { sequence, auditId, hash };
        });
        await insertSeals(tx, seals, { until: waiting.at(-1)?.recordedAt ?? now, sealedAt: now });
        return waiting.length === BATCH;
      }),
  };
}
