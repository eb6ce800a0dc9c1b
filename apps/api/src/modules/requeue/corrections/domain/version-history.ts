import { isSame, readJson } from './json-tree.js';

/** Where a version of a payload comes from: the source sent it, or a person made it of an earlier one. */
export type VersionOrigin = 'source' | 'correction';

/** A version as the history needs it. */
export type VersionMark = { number: number; origin: VersionOrigin; payloadJson: string };

/** What failed last, as the source tells it. */
export type FailedPayload = { payloadJson: string; payloadVersion: number | null };

/** The versions of one exception, as they stand. */
export type VersionHistory = {
  /** What failed. */
  failed: number;
  /** What a correction is based on. */
  latest: number;
  /** What failed is not among the stored versions yet, and becomes the one of this number. */
  isNew: boolean;
};

/**
 * Places what failed among the versions that are kept, lowest first. Numbers go up by one; the first is the one that the source states. What a source
 * sends again after a correction, in other words than any version, is a version of its own, and the latest.
 */
export function placeFailed(stored: readonly VersionMark[], failed: FailedPayload): VersionHistory {
  const latest = Math.max(0, ...stored.map(({ number }) => number));
  const payload = readJson(failed.payloadJson);
  // what the source sent before it changed its mind is the latest again when it comes back: what was corrected since is of something else
  const current = stored.slice(
    Math.max(
      0,
      stored.findLastIndex(({ origin }) => origin === 'source'),
    ),
  );
  // what was corrected comes back from the integration in another order of members
  const same = current.findLast(({ payloadJson }) => isSame(readJson(payloadJson), payload));
  if (same !== undefined) return { failed: same.number, latest, isNew: false };
  const number = Math.max(latest + 1, failed.payloadVersion ?? 1);
  return { failed: number, latest: number, isNew: true };
}
