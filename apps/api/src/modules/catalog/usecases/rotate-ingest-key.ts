import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { ingestKeyHash, newIngestKeyText } from '../domain/ingest-key-text.js';
import { addIngestKey, endIngestKey, findIngestKeyById, hasSuccessor } from '../ingest-key.repository.js';
import type { IssuedKey } from './create-ingest-key.js';

const LONGEST_OVERLAP_HOURS = 30 * 24;
const HOUR_MS = 3_600_000;

/** Issues a key in the place of another, which is taken for some hours more: senders change over without loss. */
export async function rotateIngestKey(
  tx: Tx,
  act: CatalogAct,
  input: { id: string; overlapHours: number },
): Promise<IssuedKey | CatalogFailure> {
  const { id, overlapHours } = input;
  const invalid = invalidIf(
    overlapHours < 0 || overlapHours > LONGEST_OVERLAP_HOURS
      ? [`overlapHours: must be from 0 to ${LONGEST_OVERLAP_HOURS}`]
      : [],
    'The overlap',
  );
  if (invalid !== undefined) return invalid;
  const old = await findIngestKeyById(tx, id, true);
  if (old === null) return refuse('NOT_FOUND', 'There is no such key');
  if (old.revokedAt !== null || (old.expiresAt !== null && old.expiresAt <= act.now))
    return refuse('CONFLICT', 'The key has ended; issue a new one');
  if (await hasSuccessor(tx, id)) return refuse('CONFLICT', 'The key was rotated already');
  const overlapEnds = new Date(act.now.getTime() + overlapHours * HOUR_MS);
  const expiresAt = old.expiresAt !== null && old.expiresAt < overlapEnds ? old.expiresAt : overlapEnds;
  const [keyId, key] = [randomUUID(), newIngestKeyText()];
  await addIngestKey(tx, {
    id: keyId,
    hash: ingestKeyHash(key),
    name: old.name,
    sourceSystem: old.sourceSystem,
    itemsPerSecond: old.itemsPerSecond,
    expiresAt: null,
    replacesKeyId: id,
    createdBy: act.viewer.personId,
    createdAt: act.now,
  });
  await endIngestKey(tx, id, { expiresAt });
  await recordAct(
    tx,
    act,
    'ingest-key.rotated',
    { type: 'ingest-key', id },
    {
      before: { expiresAt: old.expiresAt },
      after: { expiresAt },
      newKeyId: keyId,
      overlapHours,
    },
  );
  return { keyId, key };
}
