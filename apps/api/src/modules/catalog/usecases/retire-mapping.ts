import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { isFailure, type CatalogFailure } from '../domain/catalog-failure.js';
import { lockVersions, retirableOf, retireVersion } from '../mapping.repository.js';
import { shippedMappings } from '../shipped-mappings.js';

/** Takes a version out of force, back to the one that it replaced or to the shipped one; a draft is put away. */
export async function retireMapping(
  tx: Tx,
  act: CatalogAct,
  input: { name: string; version: number },
): Promise<{ name: string } | CatalogFailure> {
  const { name, version } = input;
  const found = retirableOf(await lockVersions(tx, name), version);
  if (isFailure(found)) return found;
  const { row } = found;
  const restored = await retireVersion(tx, name, version);
  const inForce = restored ?? shippedMappings().get(name)?.pack.version ?? null;
  await recordAct(
    tx,
    act,
    'mapping.retired',
    { type: 'mapping', id: name },
    {
      before: { version, state: row.state },
      after: { version, state: 'retired', ...(row.state === 'active' && { activeVersion: inForce }) },
    },
  );
  return { name };
}
