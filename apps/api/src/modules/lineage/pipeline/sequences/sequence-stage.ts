import type { Logger } from '@throughline/observability';
import type { Database, Tx } from '@throughline/persistence';
import type { Stage } from '../../../../worker/stage.js';
import { shareMapping } from '../dirty-marks.js';
import { deleteActivities, markDirty, storeActivities } from '../fact-writer.js';
import { gapActivity, gapActivityId } from './gap-activity.js';
import {
  MOST_GAPS_PER_SOURCE,
  extendSequences,
  readFilledGaps,
  replaceGaps,
  takeDueGaps,
  takeTouchedSources,
} from './sequence.repository.js';
import { splitGap } from './split-gap.js';

/** What the sequence stage works with. */
export type SequenceStageParts = { database: Database; clock: () => Date; log: Logger; graceMs?: number };

/** How old a gap must be before it is told: events of one source overtake each other on their way. */
const GRACE_MS = 5 * 60_000;
const SOURCES_AT_ONCE = 50;
const GAPS_AT_ONCE = 500;

/** Finds numbers missing from the sequences of event sources; each gap is a failure of its source until it is filled. */
export function createSequenceStage({ database, clock, log, graceMs = GRACE_MS }: SequenceStageParts): Stage {
  return {
    name: 'sequence',
    wakesOn: [],
    pollMs: 5_000,
    async run(tenantId) {
      return database.withTenant(tenantId, async (tx) => {
        await shareMapping(tx);
        const now = clock();
        const sources = await takeTouchedSources(tx, SOURCES_AT_ONCE);
        if (sources.length > 0) await follow(tx, sources, now);
        const told = await tellGaps(tx, new Date(now.getTime() - graceMs), now);
        return sources.length === SOURCES_AT_ONCE || told === GAPS_AT_ONCE;
      });
    },
  };

  async function follow(tx: Tx, sources: readonly string[], now: Date): Promise<void> {
    await closeGaps(tx, sources);
    const crowded = await extendSequences(tx, sources, now);
    if (crowded.length > 0) {
      log.warn(
        { tenantId: tx.tenantId, sources: crowded.length, most: MOST_GAPS_PER_SOURCE },
        'sequences have more gaps than are kept; their numbers do not seem to go up by ones',
      );
    }
  }
}

async function closeGaps(tx: Tx, sources: readonly string[]): Promise<void> {
  const filled = await readFilledGaps(tx, sources);
  const left = filled.flatMap(({ gap, present }) =>
    splitGap({ from: BigInt(gap.fromNo), to: BigInt(gap.toNo) }, present.map(BigInt)).map(({ from, to }) => ({
      ...gap,
      fromNo: String(from),
      toNo: String(to),
    })),
  );
  const gone = filled.map(({ gap }) => gap);
  await replaceGaps(tx, gone, left);
  const told = gone.filter((gap) => gap.reportedAt !== null);
  await markDirty(tx, await deleteActivities(tx, told.map(gapActivityId)), { isSilent: false });
}

async function tellGaps(tx: Tx, seenBefore: Date, now: Date): Promise<number> {
  const gaps = await takeDueGaps(tx, seenBefore, now, GAPS_AT_ONCE);
  await storeActivities(tx, gaps.map(gapActivity));
  return gaps.length;
}
