import { createHash } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { findLastActor } from '../audit/index.js';
import { refuse, type CatalogFailure } from '../catalog/index.js';

/** Stands for settings as somebody saw them: as long as they say the same it is the same. */
export function revisionOf(settings: unknown): string {
  return createHash('sha256').update(JSON.stringify(settings), 'utf8').digest('hex');
}

/** Settings that are locked, as they are now. */
export type LockedSettings = { subject: { type: string; id: string }; words: string; revision: string };

/** Refuses to write over what somebody changed since it was seen, and says who; null = it is as it was, or nobody says what was seen. */
export async function refuseChanged(
  tx: Tx,
  { subject, words, revision }: LockedSettings,
  seen: string | null,
): Promise<CatalogFailure | null> {
  if (seen === null || seen === revision) return null;
  const who = (await findLastActor(tx, subject)) ?? 'Somebody';
  return refuse('STALE_VERSION', `${who} changed ${words} meanwhile: nothing was saved.`);
}
