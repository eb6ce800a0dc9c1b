import { OTEL_FINANCE_MAPPING, spanSignalId } from '@throughline/ingest';
import type { Logger } from '@throughline/observability';
import { type Database, type Tx, isTransientDatabaseError } from '@throughline/persistence';
import type { Stage } from '../../../../worker/stage.js';
import {
  type SignalSelection,
  type SpanPosition,
  type StoredSignals,
  countSelectedSignals,
  markOutcomes,
  readSelectedSignals,
  readSpanPage,
} from '../../../signals/index.js';
import { lockMapping, shareMapping } from '../dirty-marks.js';
import type { MappingsInForce } from '../mappings-in-force.js';
import { interpretStored, retellOvertaken } from '../statements/interpret-stored.js';
import {
  type Remapping,
  type RemappingStep,
  advanceRemapping,
  findNextRemapping,
  finishRemapping,
  lockRemapping,
  startRemapping,
} from './remapping.repository.js';
import { replaceFacts } from './replace-facts.js';

/** What the remap stage works with. */
export type RemapStageParts = {
  database: Database;
  mappings: MappingsInForce;
  clock: () => Date;
  log: Logger;
  signalsAtOnce?: number;
};

const SIGNALS_AT_ONCE = 500;
const LONGEST_ERROR = 500;

/**
 * Maps stored signals again as people asked: one remapping of a tenant after another, each in bounded transactions that carry
 * its progress with them, so that one that is interrupted goes on where it was. Live mapping goes on beside it.
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
          if (current === null || !(await lockRemapping(tx))) return false;
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
  if (remapping.state === 'waiting' || remapping.startedAt === null) return start(tx, parts, remapping);
  await shareMapping(tx);
  const place = remapping.resumeAfter ?? { part: 'signals', after: null };
  const limit = parts.signalsAtOnce ?? SIGNALS_AT_ONCE;
  const selection = bounded(remapping.selection, remapping.startedAt);
  if (place.part === 'signals') {
    const { signals, next } = await readSelectedSignals(tx, selection, place.after, limit);
    const step = await mapAgain(tx, parts, { spans: [], signals });
    await advanceRemapping(
      tx,
      remapping.remappingId,
      step,
      next === null ? { part: 'spans', after: null } : { part: 'signals', after: next },
    );
    return;
  }
  await mapSpansAgain(tx, parts, remapping.remappingId, selection, place.after, limit);
}

/** Spans have neither source system nor file, and none of them is ever unmapped. */
function namesSpans({ sourceSystem, signalIds, fileId, onlyUnmapped, mapping }: SignalSelection): boolean {
  const isNarrowed = sourceSystem !== undefined || signalIds !== undefined || fileId !== undefined;
  return !isNarrowed && onlyUnmapped !== true && (mapping === undefined || mapping.name === OTEL_FINANCE_MAPPING.name);
}

async function mapSpansAgain(
  tx: Tx,
  parts: RemapStageParts,
  remappingId: string,
  selection: SignalSelection,
  after: SpanPosition | null,
  limit: number,
): Promise<void> {
  const { hasAttributeNames } = await parts.mappings.of(tx);
  const { spans, next } = namesSpans(selection)
    ? await readSpanPage(tx, after, {
        isEverySpan: hasAttributeNames,
        ...(selection.from !== undefined && { from: new Date(selection.from) }),
        ...(selection.to !== undefined && { until: new Date(selection.to) }),
      })
    : { spans: [], next: null };
  const done: RemappingStep = { signals: 0, unmapped: 0, activitiesBefore: 0, activitiesAfter: 0 };
  for (let at = 0; at < spans.length; at += limit) {
    const step = await mapAgain(tx, parts, { spans: spans.slice(at, at + limit), signals: [] });
    done.signals += step.signals;
    done.activitiesBefore += step.activitiesBefore;
    done.activitiesAfter += step.activitiesAfter;
  }
  await advanceRemapping(tx, remappingId, done, { part: 'spans', after: next });
  if (next === null) await finishRemapping(tx, remappingId, parts.clock(), null);
}

/**
 * Waits for the mappers under way: whatever they began with an earlier version of a mapping is stored then, and those that
 * come later see the present one. So no signal escapes between the two.
 */
async function start(tx: Tx, { clock }: RemapStageParts, { remappingId, selection }: Remapping): Promise<void> {
  await lockMapping(tx);
  const now = clock();
  const total = await countSelectedSignals(tx, bounded(selection, now));
  await startRemapping(tx, remappingId, { now, total, place: { part: 'signals', after: null } });
}

/** What came after the start is mapped by the mapping in force anyway. */
function bounded(selection: SignalSelection, startedAt: Date): SignalSelection {
  const start = startedAt.toISOString();
  return { ...selection, to: selection.to !== undefined && selection.to < start ? selection.to : start };
}

async function mapAgain(tx: Tx, { mappings }: RemapStageParts, signals: StoredSignals): Promise<RemappingStep> {
  const inForce = await mappings.of(tx);
  const told = await interpretStored(tx, signals, inForce);
  const { activities, outcomes, mapped } = told;
  const signalIds = [
    ...signals.signals.map(({ reference }) => reference.signalId),
    ...signals.spans.map(({ span }) => spanSignalId(span)),
  ];
  const copies = signals.spans.map(({ copy }) => copy);
  const { before, after } = await replaceFacts(tx, { signalIds, activities, copies });
  await retellOvertaken(tx, told, inForce, { isSilent: true });
  await markOutcomes(tx, outcomes, mapped);
  return {
    signals: signalIds.length,
    unmapped: outcomes.filter((one) => one.outcome === 'unmapped').length,
    activitiesBefore: before,
    activitiesAfter: after,
  };
}
