import type { Tx } from '@throughline/persistence';
import type { Operation } from '../../graphql/operation.js';
import { recordAudit } from '../audit/index.js';
import type { Viewer } from '../identity/index.js';

/** Who acts and when. */
export type CatalogAct = { viewer: Viewer; now: Date; traceId: string | undefined };

/** The act of this operation's viewer. */
export function actOf(operation: Operation): CatalogAct {
  return { viewer: operation.viewer, now: operation.now(), traceId: operation.traceId };
}

/** Puts the act on record in its own transaction; details hold what was and what is, never a secret. */
export async function recordAct(
  tx: Tx,
  { viewer, now, traceId }: CatalogAct,
  action: string,
  subject: { type: string; id: string },
  details: Record<string, unknown>,
): Promise<void> {
  const actor = { kind: 'person' as const, id: viewer.personId, name: viewer.displayName };
  await recordAudit(tx, { at: now, actor, action, subject, details, traceId });
}
