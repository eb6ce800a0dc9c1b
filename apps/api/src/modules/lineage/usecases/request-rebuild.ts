import type { Tx } from '@throughline/persistence';
import {
  invalidIf,
  recordAct,
  refuse,
  textProblems,
  type CatalogAct,
  type CatalogFailure,
} from '../../catalog/index.js';
import { type RebuildScope, insertRebuild } from '../pipeline/rebuild/rebuild.repository.js';
import { requestRemapping } from '../pipeline/remapping/remapping.repository.js';
import { hasMoreTransactionsThan } from '../rebuild-list.repository.js';
import { countUnfinished } from '../remapping-list.repository.js';

/** The whole is compared in one go; more than this is made range by range. */
const MOST_TRANSACTIONS = 1_000_000;
/** Ranges that may wait at a time: they are made one after the other. */
const MOST_UNFINISHED = 20;

/** Asks for lineage to be made again: without a scope the whole, beside what is shown; else the signals of the scope. */
export async function requestRebuild(
  tx: Tx,
  act: CatalogAct,
  input: { reason: string; scope: RebuildScope },
): Promise<{ rebuildId: string } | CatalogFailure> {
  const { scope } = input;
  const problems = textProblems('reason', input.reason, { max: 1_000 });
  if (scope.from !== undefined && scope.to !== undefined && scope.from >= scope.to)
    problems.push('receivedTo: must lie behind receivedFrom');
  const invalid = invalidIf(problems, 'The rebuild');
  if (invalid !== undefined) return invalid;
  const isWhole = Object.keys(scope).length === 0;
  const refusal = isWhole ? await refusalOfWhole(tx) : await refusalOfRange(tx);
  if (refusal !== undefined) return refusal;
  const reason = input.reason.trim();
  const wish = { reason, requestedBy: act.viewer.personId, requestedAt: act.now };
  const remappingId = isWhole ? null : await requestRemapping(tx, { ...wish, selection: scope, isReported: true });
  const rebuildId = await insertRebuild(tx, { ...wish, scope, remappingId });
  if (rebuildId === null) return refuse('CONFLICT', 'A rebuild of the whole is under way already');
  await recordAct(tx, act, 'rebuild.requested', { type: 'rebuild', id: rebuildId }, { reason, scope });
  return { rebuildId };
}

async function refusalOfWhole(tx: Tx): Promise<CatalogFailure | undefined> {
  if (!(await hasMoreTransactionsThan(tx, MOST_TRANSACTIONS))) return undefined;
  return refuse('CONFLICT', `There are more than ${MOST_TRANSACTIONS} transactions: rebuild by time range or source`);
}

async function refusalOfRange(tx: Tx): Promise<CatalogFailure | undefined> {
  if ((await countUnfinished(tx)) < MOST_UNFINISHED) return undefined;
  return refuse('CONFLICT', `${MOST_UNFINISHED} acts of mapping again wait already`);
}
