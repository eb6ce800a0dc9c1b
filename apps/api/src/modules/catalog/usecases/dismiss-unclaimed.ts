import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { dismissUnclaimed } from '../unclaimed-integration.repository.js';

/** Takes something off the list of what sends without being configured. */
export async function dismissUnclaimedIntegration(
  tx: Tx,
  act: CatalogAct,
  { kind, name }: { kind: string; name: string },
): Promise<{ name: string } | CatalogFailure> {
  if (!(await dismissUnclaimed(tx, kind, name, act.now)))
    return refuse('NOT_FOUND', 'There is no such unclaimed integration', [`${kind} ${name}: is not on the list`]);
  await recordAct(
    tx,
    act,
    'unclaimed-integration.dismissed',
    { type: 'unclaimed-integration', id: name },
    { kind, before: { isListed: true }, after: { isListed: false } },
  );
  return { name };
}
