import type { Workflow } from '@throughline/lineage';
import type { Logger } from '@throughline/observability';
import { type Database, type Tx, isTransientDatabaseError } from '@throughline/persistence';
import type { Stage } from '../../../../worker/stage.js';
import { recordAudit } from '../../../audit/index.js';
import { type StoredSignals, countSelectedSignals, markOutcomes } from '../../../signals/index.js';
import type { ChangeGuard } from '../changes/change-guard.js';
import { lockMapping, shareMapping } from '../dirty-marks.js';
import type { MappingsInForce, TenantMappings } from '../mappings-in-force.js';
import { interpretStored, retellOvertaken } from '../statements/interpret-stored.js';
import {
  type Remapping,
  type RemappingStep,
  advanceRemapping,
  findNextRemapping,
  finishRemapping,
  lockRemapping,
  reportAgain,
  startRemapping,
} from './remapping.repository.js';
import { compareAfterwards } from './compare-afterwards.js';
import { LINEAGE_ACTOR, doReportStep } from './make-report.js';
import { BEGINNING, bounded, idsOfSignals, readRange } from './read-range.js';
import { replaceFacts } from './replace-facts.js';

/** What the remap stage works with. */
export type RemapStageParts = {
  database: Database;
  mappings: MappingsInForce;
  workflows: readonly Workflow[];
  guard: ChangeGuard;
  clock: () => Date;
  log: Logger;
  signalsAtOnce?: number;
};

const SIGNALS_AT_ONCE = 500;
const LONGEST_ERROR = 500;

/**
 * Maps stored signals again as people asked: one remapping of a tenant after another, each in bounded transactions that carry
 * its progress with them, so that one that is interrupted goes on where it was. What a report was asked for is compared first, and
 * waits if the guard holds it. Live mapping goes on beside it.
 */
export function createRemapStage(parts: RemapStageParts): Stage {
  const { database, log, clock } = parts;
  return {
    name: 'remap',
    wakesOn: ['throughline_remapping'],
    pollMs: 2_000,
    async run(tenantId) {
      let current: Remapping | null = null;
      try {
        return await database.withTenant(tenantId, async (tx) => {
          current = await findNextRemapping(tx);
          if (current === null) return compareAfterwards(tx, clock());
          if (!(await lockRemapping(tx))) return false;
          // Read again under the lock: another worker may have been a step further.
          current = await findNextRemapping(tx);
          if (current === null) return false;
          await doStep(tx, parts, current);
          return true;
        });
      } catch (error) {
        const failed = current as Remapping | null;
        if (failed === null || isTransientDatabaseError(error)) throw error;
        log.error({ tenantId, remappingId: failed.remappingId, err: error }, 'a remapping failed');
        const reason = error instanceof Error ? error.message : 'for an unknown reason';
        await database.withTenant(tenantId, (tx) =>
          finishRemapping(tx, failed.remappingId, clock(), reason.slice(0, LONGEST_ERROR)),
        );
        return true;
      }
    },
  };
}

async function doStep(tx: Tx, parts: RemapStageParts, remapping: Remapping): Promise<void> {
  if (remapping.state === 'reporting') return doReportStep(tx, parts, remapping);
  if (remapping.state === 'waiting' || remapping.startedAt === null) return start(tx, parts, remapping);
  await shareMapping(tx);
  const inForce = await parts.mappings.of(tx);
  // asked after those that map, so that no others can come between
  if (await isOvertaken(tx, parts, remapping)) return beginAgain(tx, parts, remapping);
  const { parts: pages, next } = await readRange(
    tx,
    bounded(remapping.selection, remapping.startedAt),
    remapping.resumeAfter ?? BEGINNING,
    { limit: parts.signalsAtOnce ?? SIGNALS_AT_ONCE, isEverySpan: inForce.hasAttributeNames },
  );
  const done = NOTHING_DONE();
  for (const page of pages) addStep(done, await mapAgain(tx, inForce, page, remapping.isRebuild));
  const { remappingId } = remapping;
  await advanceRemapping(tx, remappingId, done, next ?? { part: 'spans', after: null });
  if (next === null) await finishRemapping(tx, remappingId, parts.clock(), null);
}

const NOTHING_DONE = (): RemappingStep => ({
  signals: 0,
  unmapped: 0,
  activitiesBefore: 0,
  activitiesAfter: 0,
  changes: { added: 0, changed: 0, removed: 0 },
});

function addStep(sum: RemappingStep, step: RemappingStep): void {
  sum.signals += step.signals;
  sum.unmapped += step.unmapped;
  sum.activitiesBefore += step.activitiesBefore;
  sum.activitiesAfter += step.activitiesAfter;
  for (const what of ['added', 'changed', 'removed'] as const) sum.changes[what] += step.changes[what];
}

/**
 * Waits for the mappers under way: whatever they began with an earlier version of a mapping is stored then, and those that
 * come later see the present one. So no signal escapes between the two.
 */
async function start(tx: Tx, parts: RemapStageParts, remapping: Remapping): Promise<void> {
  const { remappingId, selection } = remapping;
  await lockMapping(tx);
  if (await isOvertaken(tx, parts, remapping)) return beginAgain(tx, parts, remapping);
  const now = parts.clock();
  const total = await countSelectedSignals(tx, bounded(selection, now));
  await startRemapping(tx, remappingId, { now, total, place: BEGINNING });
}

/** Other mappings are in force than those of the report: nobody was told what they do. */
async function isOvertaken(tx: Tx, { mappings }: RemapStageParts, { report }: Remapping): Promise<boolean> {
  return report !== null && report.mappings !== (await mappings.fingerprintOf(tx));
}

/** The whole range is reported anew, also what was mapped again so far: half of it by one mapping is not what was asked for. */
async function beginAgain(tx: Tx, { clock }: RemapStageParts, { remappingId, signalsDone }: Remapping): Promise<void> {
  await reportAgain(tx, remappingId);
  await recordAudit(tx, {
    at: clock(),
    actor: LINEAGE_ACTOR,
    action: 'remapping.overtaken',
    subject: { type: 'remapping', id: remappingId },
    details: { signalsDone },
    traceId: undefined,
  });
}

async function mapAgain(
  tx: Tx,
  inForce: TenantMappings,
  signals: StoredSignals,
  isWhole: boolean,
): Promise<RemappingStep> {
  const told = await interpretStored(tx, signals, inForce);
  const { activities, outcomes, mapped } = told;
  const signalIds = idsOfSignals(signals);
  const copies = signals.spans.map(({ copy }) => copy);
  const { before, after, changes } = await replaceFacts(
    tx,
    { signalIds, activities, copies },
    { isSilent: true, isWhole },
  );
  await retellOvertaken(tx, told, inForce, { isSilent: true });
  await markOutcomes(tx, outcomes, mapped);
  return {
    signals: signalIds.length,
    unmapped: outcomes.filter((one) => one.outcome === 'unmapped').length,
    activitiesBefore: before,
    activitiesAfter: after,
    changes,
  };
}
