import { createHash } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import {
  type CatalogAct,
  type CatalogFailure,
  invalidIf,
  isFailure,
  recordAct,
  refuse,
  textProblems,
} from '../../catalog/index.js';
import { checkFourEyes, shippedFourEyes } from './four-eyes-in-force.js';
import {
  activateVersion,
  addVersion,
  draftOf,
  lockVersions,
  retirableOf,
  retireVersion,
} from './four-eyes-version.repository.js';
import { FOUR_EYES } from './shipped-four-eyes.js';

/** Most versions that a tenant may keep. */
const MOST_VERSIONS = 500;

/** Stores a changed definition as the next version, a draft until another person puts it in force. */
export async function saveFourEyes(
  tx: Tx,
  act: CatalogAct,
  { definition, note }: { definition: string; note: string },
): Promise<{ version: number } | CatalogFailure> {
  const invalid = invalidIf(textProblems('note', note, { max: 1_000 }), 'The version');
  if (invalid !== undefined) return invalid;
  const versions = await lockVersions(tx, FOUR_EYES);
  if (versions.length >= MOST_VERSIONS) return refuse('CONFLICT', `There are at most ${MOST_VERSIONS} versions`);
  const version = Math.max(shippedFourEyes().version, versions[0]?.version ?? 0) + 1;
  const checked = checkFourEyes(definition, version);
  if (!checked.ok) return refuse('INVALID', 'The rules cannot be taken as they are', checked.problems);
  await addVersion(tx, {
    name: FOUR_EYES,
    version,
    definition: checked.definition,
    note: note.trim(),
    createdById: act.viewer.personId,
    createdAt: act.now,
  });
  await record(tx, act, 'saved', {
    before: { version: versions[0]?.version ?? shippedFourEyes().version },
    after: { version, state: 'draft', sha256: createHash('sha256').update(checked.definition).digest('hex') },
    note: note.trim(),
  });
  return { version };
}

/** Puts a draft in force, by another person than its maker. What was asked for before keeps what was asked of it. */
export async function approveFourEyes(
  tx: Tx,
  act: CatalogAct,
  version: number,
): Promise<{ version: number } | CatalogFailure> {
  const versions = await lockVersions(tx, FOUR_EYES);
  const found = draftOf(versions, { version, personId: act.viewer.personId });
  if (isFailure(found)) return found;
  const checked = checkFourEyes(found.draft.definition, version);
  if (!checked.ok) return refuse('INVALID', 'The rules cannot be put in force any more', checked.problems);
  const before = versions.find((row) => row.state === 'active')?.version ?? shippedFourEyes().version;
  await activateVersion(tx, { name: FOUR_EYES, version, approvedById: act.viewer.personId, at: act.now });
  await record(tx, act, 'approved', {
    before: { activeVersion: before },
    after: { activeVersion: version },
    makerId: found.draft.createdById,
  });
  return { version };
}

/**
 * Throws a draft away. Going back to an earlier version needs two people as well, so a version in force is replaced by a new one and
 * never taken out of force by one person.
 */
export async function retireFourEyes(
  tx: Tx,
  act: CatalogAct,
  version: number,
): Promise<{ version: number } | CatalogFailure> {
  const versions = await lockVersions(tx, FOUR_EYES);
  const found = retirableOf(versions, version);
  if (isFailure(found)) return found;
  if (found.row.state === 'active') {
    return refuse('CONFLICT', 'A version in force is replaced by another one, which a second person approves');
  }
  await retireVersion(tx, FOUR_EYES, version);
  await record(tx, act, 'retired', { before: { version, state: found.row.state }, after: { state: 'retired' } });
  return { version };
}

function record(tx: Tx, act: CatalogAct, what: string, details: Record<string, unknown>): Promise<void> {
  return recordAct(tx, act, `four-eyes.${what}`, { type: 'four-eyes', id: FOUR_EYES }, details);
}
