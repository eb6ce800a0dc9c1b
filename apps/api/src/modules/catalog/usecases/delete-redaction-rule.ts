import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { removeRedactionRule } from '../redaction-rule.repository.js';

/** Takes a redaction rule away; what was redacted stays so. */
export async function deleteRedactionRule(
  tx: Tx,
  act: CatalogAct,
  id: string,
): Promise<{ name: string } | CatalogFailure> {
  const removed = await removeRedactionRule(tx, id);
  if (removed === null) return refuse('NOT_FOUND', 'There is no such redaction rule');
  const { sourceSystem, signalKind, path, action, note } = removed;
  await recordAct(
    tx,
    act,
    'redaction-rule.deleted',
    { type: 'redaction-rule', id },
    {
      before: { sourceSystem, signalKind, path, action, note },
      after: null,
    },
  );
  return { name: path };
}
