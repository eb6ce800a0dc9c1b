import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { endIngestKey, findIngestKeyById } from '../ingest-key.repository.js';

/** Ends a key at once. */
export async function revokeIngestKey(
  tx: Tx,
  act: CatalogAct,
  id: string,
): Promise<{ keyId: string } | CatalogFailure> {
  const key = await findIngestKeyById(tx, id, true);
  if (key === null) return refuse('NOT_FOUND', 'There is no such key');
  if (key.revokedAt !== null) return refuse('CONFLICT', 'The key is revoked already');
  await endIngestKey(tx, id, { revokedAt: act.now });
  await recordAct(
    tx,
    act,
    'ingest-key.revoked',
    { type: 'ingest-key', id },
    {
      before: { revokedAt: null },
      after: { revokedAt: act.now },
      name: key.name,
    },
  );
  return { keyId: id };
}
