import type { Tx } from '@throughline/persistence';
import type { Viewer } from '../../identity/index.js';
import { findPayloadVersions } from '../corrections/correction.repository.js';
import { diffPayloads, type PayloadChange } from '../corrections/domain/json-changes.js';
import { readJson } from '../corrections/domain/json-tree.js';
import { hiddenChanges, visibleChanges } from '../corrections/visible-changes.js';
import type { ItemRow } from './approval-item.repository.js';

/**
 * In what the corrected payloads of frozen items differ from what their sources sent, over all corrections in between, by exception.
 * Everybody who decides sees which places; the values are for who may see payloads.
 */
export async function readFrozenChanges(
  tx: Tx,
  items: readonly Pick<ItemRow, 'exceptionId' | 'mode' | 'payloadVersion'>[],
  viewer: Viewer,
): Promise<Map<string, PayloadChange[]>> {
  const corrected = items.filter(({ mode }) => mode === 'corrected');
  if (corrected.length === 0) return new Map();
  const stored = await findPayloadVersions(
    tx,
    corrected.map(({ exceptionId }) => exceptionId),
  );
  return new Map(
    corrected.flatMap(({ exceptionId, payloadVersion }, index): [string, PayloadChange[]][] => {
      const upTo = (stored[index] ?? []).filter(({ number }) => number <= (payloadVersion ?? 0));
      const [source, sent] = [upTo.findLast(({ origin }) => origin === 'source'), upTo.at(-1)];
      if (source === undefined || sent === undefined) return [];
      const trees = [readJson(source.payloadJson), readJson(sent.payloadJson)] as const;
      const changes = diffPayloads(...trees);
      const isSeen = viewer.permissions.has('payload.read');
      return [[exceptionId, isSeen ? visibleChanges(changes, trees, viewer) : hiddenChanges(changes)]];
    }),
  );
}
