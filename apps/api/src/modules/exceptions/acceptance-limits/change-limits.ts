import type { Tx } from '@throughline/persistence';
import {
  invalidIf,
  isFailure,
  listLegalEntities,
  recordAct,
  refuse,
  textProblems,
  type CatalogAct,
  type CatalogFailure,
} from '../../catalog/index.js';
import { readLimit } from '../domain/acceptance.js';
import { activateVersion, addVersion, draftOf, lockVersions, retirableOf, retireVersion } from './limit.repository.js';

/** Most versions of one limit that are kept. */
const MOST_VERSIONS = 500;

type Changed = { legalEntity: string } | CatalogFailure;

/** States a limit of a legal entity; null = the general one again. A draft until another person puts it in force. */
export async function saveLimit(
  tx: Tx,
  act: CatalogAct,
  input: { legalEntity: string; amount: string | null; note: string },
): Promise<Changed> {
  const { legalEntity, amount } = input;
  const read = readLimit(amount);
  const invalid = invalidIf(
    [...('problems' in read ? read.problems : []), ...textProblems('note', input.note, { max: 1_000 })],
    'The limit',
  );
  if (invalid !== undefined || 'problems' in read) return invalid ?? refuse('INVALID', 'The limit cannot be taken');
  if (!(await listLegalEntities(tx)).some(({ code }) => code === legalEntity)) {
    return refuse('NOT_FOUND', 'There is no such legal entity', ['legalEntity: is not configured']);
  }
  const versions = await lockVersions(tx, legalEntity);
  if (versions.length >= MOST_VERSIONS) return refuse('CONFLICT', `A limit has at most ${MOST_VERSIONS} versions`);
  const version = (versions[0]?.version ?? 0) + 1;
  const { definition } = read;
  const note = input.note.trim();
  await addVersion(tx, {
    name: legalEntity,
    version,
    definition,
    note,
    createdById: act.viewer.personId,
    createdAt: act.now,
  });
  await record(tx, act, 'saved', legalEntity, {
    before: { version: versions[0]?.version ?? null },
    after: { version, state: 'draft', limit: definition },
    note,
  });
  return { legalEntity };
}

/** Puts a draft in force, by another person than its maker: what is closed from then on is held to it. */
export async function approveLimit(
  tx: Tx,
  act: CatalogAct,
  { legalEntity, version }: { legalEntity: string; version: number },
): Promise<Changed> {
  const versions = await lockVersions(tx, legalEntity);
  const found = draftOf(versions, { version, personId: act.viewer.personId });
  if (isFailure(found)) return found;
  const active = versions.find(({ state }) => state === 'active');
  await activateVersion(tx, { name: legalEntity, version, approvedById: act.viewer.personId, at: act.now });
  await record(tx, act, 'approved', legalEntity, {
    before: { activeVersion: active?.version ?? null, limit: active?.definition ?? 'general' },
    after: { activeVersion: version, limit: found.draft.definition },
    makerId: found.draft.createdById,
  });
  return { legalEntity };
}

/** Throws a draft away. What is in force changes by another version alone, so that two people always agree to it. */
export async function discardLimit(
  tx: Tx,
  act: CatalogAct,
  { legalEntity, version }: { legalEntity: string; version: number },
): Promise<Changed> {
  const found = retirableOf(await lockVersions(tx, legalEntity), version);
  if (isFailure(found)) return found;
  if (found.row.state !== 'draft') return refuse('CONFLICT', `Version ${String(version)} is in force, no draft`);
  await retireVersion(tx, legalEntity, version);
  await record(tx, act, 'discarded', legalEntity, { before: { version, state: 'draft' }, after: { state: 'retired' } });
  return { legalEntity };
}

function record(tx: Tx, act: CatalogAct, what: string, id: string, details: Record<string, unknown>): Promise<void> {
  return recordAct(tx, act, `acceptance-limit.${what}`, { type: 'acceptance-limit', id }, details);
}
