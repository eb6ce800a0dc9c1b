import { createHash } from 'node:crypto';
import { type Activity, toStorableJson } from '@throughline/canonical';
import type { Workflow } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { recordAudit } from '../../../audit/index.js';
import { type StoredSignals, countSelectedSignals } from '../../../signals/index.js';
import type { ChangeCounts, ChangeReport } from '../../domain/change-report.js';
import { addToDigest, digestOf, hashOfChange } from '../../domain/change-hash.js';
import type { ChangeGuard } from '../changes/change-guard.js';
import { foresee } from '../changes/foresee.js';
import { undone } from '../changes/undone.js';
import { type FactComparison, compareFacts, factChange, firstOfCopies } from '../compare-facts.js';
import { lockMapping, shareMapping } from '../dirty-marks.js';
import type { MappingsInForce, TenantMappings } from '../mappings-in-force.js';
import { interpretStored } from '../statements/interpret-stored.js';
import { BEGINNING, bounded, idsOfSignals, readRange } from './read-range.js';
import type { Remapping, ReportPlace } from './remapping.repository.js';
import {
  ACTIVITY_PART,
  type KeptChange,
  advanceReport,
  beginReport,
  findActivityRows,
  findChanges,
  keepChanges,
  putReport,
} from './report.repository.js';

/** What a report is made with. */
export type ReportParts = {
  mappings: MappingsInForce;
  workflows: readonly Workflow[];
  guard: ChangeGuard;
  clock: () => Date;
  signalsAtOnce?: number;
};

const SIGNALS_AT_ONCE = 500;
/** Changed activities of which it is told what follows; of more it is a sample, and all are counted. */
export const MOST_FORESEEN = 2_000;
/** Of a rebuild, activities that stay what they are of which it is told what follows. */
const MOST_EQUAL = 1_000;
/** Rows of the projection that are kept, besides all the counts. */
const MOST_ROWS_KEPT = 5_000;
const NO_DIGEST = '0'.repeat(64);

export const LINEAGE_ACTOR = { kind: 'system' as const, id: 'lineage', name: 'Throughline' };

/**
 * One step of telling what mapping a range again would change. All signals are mapped and compared with what is stored, step by
 * step; of what differs it is then told what would follow, by doing it and taking it back. Nothing that is shown changes.
 */
export async function doReportStep(tx: Tx, parts: ReportParts, remapping: Remapping): Promise<void> {
  const { remappingId, selection, reportPlace, reportedTo } = remapping;
  if (reportPlace === null || reportedTo === null) return begin(tx, parts, remapping);
  await shareMapping(tx);
  const inForce = await parts.mappings.of(tx);
  // asked after those that map: half a report by these and half by others would tell of nothing
  if ((await parts.mappings.fingerprintOf(tx)) !== reportPlace.mappings) return begin(tx, parts, remapping);
  const { parts: pages, next } = await readRange(tx, bounded(selection, reportedTo), reportPlace.place, {
    limit: parts.signalsAtOnce ?? SIGNALS_AT_ONCE,
    isEverySpan: inForce.hasAttributeNames,
  });
  let progress = reportPlace;
  for (const page of pages) progress = await compare(tx, inForce, { remapping, progress, signals: page });
  if (next !== null) await advanceReport(tx, remappingId, { ...progress, place: next });
  else await conclude(tx, parts, remapping, progress);
}

/**
 * As mapping again itself: whatever mappers began with an earlier version is stored first. What comes later is not in it, unless other
 * mappings count by now: then it was mapped by those of before.
 */
async function begin(tx: Tx, { clock, mappings }: ReportParts, remapping: Remapping): Promise<void> {
  const { remappingId, selection, reportedTo, report } = remapping;
  await lockMapping(tx);
  const inForce = await mappings.fingerprintOf(tx);
  const until = reportedTo !== null && report?.mappings === inForce ? reportedTo : clock();
  await beginReport(tx, remappingId, {
    until,
    total: await countSelectedSignals(tx, bounded(selection, until)),
    place: {
      place: BEGINNING,
      signals: 0,
      activities: { added: 0, changed: 0, removed: 0 },
      kept: 0,
      digest: NO_DIGEST,
      mappings: inForce,
    },
  });
}

async function compare(
  tx: Tx,
  inForce: TenantMappings,
  { remapping, progress, signals }: { remapping: Remapping; progress: ReportPlace; signals: StoredSignals },
): Promise<ReportPlace> {
  const { remappingId, isRebuild } = remapping;
  const told = await undone(tx, () => interpretStored(tx, signals, inForce));
  const activities = firstOfCopies(told.activities);
  const stated = { signalIds: idsOfSignals(signals), activities, copies: signals.spans.map(({ copy }) => copy) };
  const compared = await compareFacts(tx, stated);
  const said = new Map(activities.map((activity) => [activity.activityId as string, activity]));
  const counts = { ...progress.activities };
  let { digest } = progress;
  const differing = compared
    .flatMap((one) => {
      const what = factChange(one);
      return what === null ? [] : [{ id: one.id, what }];
    })
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  for (const { id, what } of differing) {
    counts[what] += 1;
    digest = addToDigest(digest, JSON.stringify([what, id, contentOf(said.get(id))]));
  }
  const kept = differing.slice(0, MOST_FORESEEN - progress.kept);
  const stored = await findActivityRows(
    tx,
    kept.map(({ id }) => id),
  );
  const changes = kept.map(({ id }): KeptChange => {
    const activity = said.get(id);
    const after = activity === undefined ? null : (toStorableJson(activity) as Record<string, unknown>);
    const before = stored.get(id) ?? null;
    return { part: ACTIVITY_PART, label: labelOfActivity(after ?? before ?? {}), row: { before, after } };
  });
  await keepChanges(tx, remappingId, progress.kept, changes);
  return {
    ...progress,
    signals: progress.signals + stated.signalIds.length,
    activities: counts,
    kept: progress.kept + changes.length,
    digest,
    ...(isRebuild && { equal: addEqual(progress.equal, compared) }),
  };
}

function addEqual(known: ReportPlace['equal'], compared: readonly FactComparison[]): NonNullable<ReportPlace['equal']> {
  const { count, first } = known ?? { count: 0, first: [] };
  const ids = compared.flatMap(({ id, isSame }) => (isSame ? [id] : [])).sort();
  return { count: count + ids.length, first: [...first, ...ids.slice(0, MOST_EQUAL - first.length)] };
}

async function conclude(tx: Tx, parts: ReportParts, remapping: Remapping, progress: ReportPlace): Promise<void> {
  const { remappingId, selection, reason, requestedBy, approvedHash, signalsDone } = remapping;
  const { activities, signals, kept, mappings, equal = { count: 0, first: [] } } = progress;
  const changes = await findChanges(tx, remappingId, { part: ACTIVITY_PART, after: null, most: MOST_FORESEEN });
  const { rows, digest, ...foreseen } = await foresee(tx, parts.workflows, {
    goneIds: changes.flatMap(({ row: { before } }) => (before === null ? [] : [String(before['activityId'])])),
    said: changes.flatMap(({ row: { after } }) => (after === null ? [] : [after as Activity])),
    equalIds: equal.first,
  });
  await keepChanges(
    tx,
    remappingId,
    kept,
    rows.slice(0, MOST_ROWS_KEPT).map(({ table, label, row }) => ({ part: table, label, row })),
  );
  const told = { foreseen: kept + equal.first.length, isPartial: isSample(activities, kept, equal) };
  const report: ChangeReport = { ...foreseen, signals, activities, ...told, mappings };
  const basis = { kind: 'remap' as const, scope: selection, mappings };
  const hash = hashOfChange(basis, report, digestOf([progress.digest, digest]));
  const now = parts.clock();
  const isApproved = approvedHash === hash;
  const change = { kind: 'remap' as const, id: remappingId, reason, requestedBy, hash, report };
  const isStale = approvedHash !== null && !isApproved;
  const isReleased = isApproved || (await parts.guard(tx, { ...change, isStale, done: signalsDone }, now)) === 'free';
  await putReport(tx, remappingId, { report, hash, isReleased });
  await recordAudit(tx, {
    at: now,
    actor: LINEAGE_ACTOR,
    action: 'remapping.reported',
    subject: { type: 'remapping', id: remappingId },
    details: { hash, signals, activities, isReleased, isAsApproved: isApproved },
    traceId: undefined,
  });
}

/** Whether there are activities of which it is not told what follows. */
function isSample(
  { added, changed, removed }: ChangeCounts,
  kept: number,
  equal: NonNullable<ReportPlace['equal']>,
): boolean {
  return kept < added + changed + removed || equal.first.length < equal.count;
}

/** What an activity says, whichever version of a mapping made it. */
function contentOf(activity: Activity | undefined): string | null {
  if (activity === undefined) return null;
  const { mapping: _mapping, signal: _signal, ...content } = activity;
  return createHash('sha256')
    .update(JSON.stringify(toStorableJson(content)), 'utf8')
    .digest('hex');
}

/** "invoice.posted · invoice I-1" */
function labelOfActivity(row: Readonly<Record<string, unknown>>): string {
  const [first] = Array.isArray(row['objects'])
    ? (row['objects'] as { type?: string; aliases?: { value?: string }[] }[])
    : [];
  const object = [first?.type, first?.aliases?.[0]?.value].filter((part) => part !== undefined).join(' ');
  return [String(row['type'] ?? ''), object].filter((part) => part !== '').join(' · ');
}
