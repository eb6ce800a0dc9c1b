import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { lockVersions, retireVersion } from '../mapping.repository.js';
import { shippedMappings } from '../shipped-mappings.js';

/** Takes a version out of force, back to the one that it replaced or to the shipped one; a draft is put away. */
export async function retireMapping(
  tx: Tx,
  act: CatalogAct,
  input: { name: string; version: number },
): Promise<{ name: string } | CatalogFailure> {
  const { name, version } = input;
  const row = (await lockVersions(tx, name)).find((each) => each.version === version);
  if (row === undefined) return refuse('NOT_FOUND', 'There is no such version of this mapping');
  if (row.state === 'retired') return refuse('CONFLICT', `Version ${version} is retired already`);
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
