import type { Database } from '@throughline/persistence';
import type { Stage } from '../../worker/stage.js';
import { CHAIN_START, nextChainHash } from './domain/audit-content.js';
import { findChainEnd, findUnsealed, insertSeals, lockChain } from './seal.repository.js';

/** Records sealed in one transaction. */
const BATCH = 1_000;

/** A record that waited longer is an alarm: the chain is promised within a second. */
const ALARM_AFTER_MS = 10_000;

/**
 * A look begins where the last one ended: what was sealed before stands in the index until it is cleaned, and would be passed anew. From
 * the beginning it looks once in so long, for what was recorded earlier and committed later.
 */
const WHOLE_LOOK_MS = 1_000;

type SealedSoFar = { until: Date; wholeLookAt: number };

/** Told when records wait too long for their seal. */
export type SealAlarm = (facts: { tenantId: string; oldestRecordedAt: string }) => void;

/**
 * Chains committed audit records, per tenant, one sealer at a time. Chaining inside the act would make every act of a tenant
 * wait for the one before; here only what is committed is seen, in the order it was recorded as far as that is known.
 */
export function createAuditSealStage(database: Database, clock: () => Date, alarm: SealAlarm): Stage {
  const places = new Map<string, SealedSoFar>();
  return {
    name: 'audit-seal',
    wakesOn: ['throughline_audit'],
    pollMs: 1_000,
    run: (tenantId) =>
      database.withTenant(tenantId, async (tx) => {
        if (!(await lockChain(tx))) {
          return false;
        }
        const now = clock();
        const place = places.get(tenantId);
        const isWhole = place === undefined || now.getTime() - place.wholeLookAt >= WHOLE_LOOK_MS;
        const waiting = await findUnsealed(tx, isWhole ? null : place.until, BATCH);
        const [oldest] = waiting;
        const last = waiting.at(-1)?.recordedAt;
        if (oldest === undefined || last === undefined) {
          if (place !== undefined && isWhole) place.wholeLookAt = now.getTime();
          return false;
        }
        places.set(tenantId, {
          until: place === undefined || last > place.until ? last : place.until,
          wholeLookAt: isWhole ? now.getTime() : place.wholeLookAt,
        });
        if (now.getTime() - oldest.recordedAt.getTime() > ALARM_AFTER_MS) {
          alarm({ tenantId, oldestRecordedAt: oldest.recordedAt.toISOString() });
        }
        let { sequence, hash } = (await findChainEnd(tx)) ?? { sequence: 0n, hash: CHAIN_START };
        const seals = waiting.map(({ auditId, contentHash }) => {
          sequence += 1n;
          hash = nextChainHash(hash, contentHash);
          return { sequence, auditId, hash };
        });
        await insertSeals(tx, seals, { from: oldest.recordedAt, until: last, sealedAt: now });
        return waiting.length === BATCH;
      }),
  };
}
