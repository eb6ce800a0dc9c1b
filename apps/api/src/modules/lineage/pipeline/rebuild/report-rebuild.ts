import type { Tx } from '@throughline/persistence';
import { hashOfChange } from '../../domain/change-hash.js';
import type { ChangeReport } from '../../domain/change-report.js';
import { consequencesOf, documentsOf, namedIn } from '../changes/consequences.js';
import { idsOf, readNames } from '../changes/label-rows.js';
import { readOpenAmounts } from '../changes/open-amounts.js';
import { BESIDE, beside } from './beside.js';
import { compareProjections } from './compare-projections.js';

/** What the switch would change, with what follows for money and exceptions; the projection is held still by the caller. */
export async function reportRebuild(tx: Tx): Promise<{ changes: ChangeReport; hash: string }> {
  const { tables, rows, isPartial, digest } = await compareProjections(tx);
  const documents = documentsOf(rows);
  const before = await readOpenAmounts(tx, documents);
  const after = await beside(tx, () => readOpenAmounts(tx, documents));
  const named = namedIn(rows).flatMap((row) => idsOf(row.after ?? row.before ?? {}));
  const names = await readNames(tx, [...new Set(named)], ['public', BESIDE]);
  const changes: ChangeReport = {
    ...consequencesOf(rows, { before, after }, names),
    signals: null,
    activities: null,
    foreseen: null,
    tables,
    isPartial,
  };
  return { changes, hash: hashOfChange({ kind: 'rebuild', scope: {}, mappings: '' }, changes, digest) };
}
