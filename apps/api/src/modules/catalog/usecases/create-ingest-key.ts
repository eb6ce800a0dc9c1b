import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { textProblems } from '../domain/catalog-text.js';
import { ingestKeyHash, newIngestKeyText } from '../domain/ingest-key-text.js';
import { addIngestKey } from '../ingest-key.repository.js';
import { findSourceSystems } from '../source-system.repository.js';

/** Most items a second that a limit may name. */
const HIGHEST_RATE = 1_000_000;

export type CreateIngestKeyInput = {
  name: string;
  sourceSystem: string | null;
  itemsPerSecond: number | null;
  expiresAt: Date | null;
};

/** A key just issued: the only time that its text is known. */
export type IssuedKey = { keyId: string; key: string };

/** Issues a key. */
export async function createIngestKey(
  tx: Tx,
  act: CatalogAct,
  input: CreateIngestKeyInput,
): Promise<IssuedKey | CatalogFailure> {
  const { sourceSystem, itemsPerSecond, expiresAt } = input;
  const problems = textProblems('name', input.name, { max: 100 });
  if (itemsPerSecond !== null && (itemsPerSecond < 1 || itemsPerSecond > HIGHEST_RATE))
    problems.push(`itemsPerSecond: must be from 1 to ${HIGHEST_RATE}`);
  if (expiresAt !== null && expiresAt <= act.now) problems.push('expiresAt: must lie ahead');
  const invalid = invalidIf(problems, 'The key');
  if (invalid !== undefined) return invalid;
  if (sourceSystem !== null && (await findSourceSystems(tx, [sourceSystem])).length === 0)
    return refuse('NOT_FOUND', 'There is no such source system', ['sourceSystem: is not configured']);
  const [keyId, key, name] = [randomUUID(), newIngestKeyText(), input.name.trim()];
  await addIngestKey(tx, {
    id: keyId,
    hash: ingestKeyHash(key),
    name,
    sourceSystem,
    itemsPerSecond,
    expiresAt,
    replacesKeyId: null,
    createdBy: act.viewer.personId,
    createdAt: act.now,
  });
  await recordAct(
    tx,
    act,
    'ingest-key.created',
    { type: 'ingest-key', id: keyId },
    {
      after: { name, sourceSystem, itemsPerSecond, expiresAt },
    },
  );
  return { keyId, key };
}
