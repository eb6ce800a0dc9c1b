import type { Tx } from '@throughline/persistence';
import {
  invalidIf,
  recordAct,
  refuse,
  textProblems,
  type CatalogAct,
  type CatalogFailure,
} from '../../catalog/index.js';
import type { SignalSelection } from '../../signals/index.js';
import { requestRemapping } from '../pipeline/remapping/remapping.repository.js';
import { countUnfinished } from '../remapping-list.repository.js';

/** Acts that may wait at a time: they are done one after the other. */
const MOST_UNFINISHED = 20;

/** Asks for stored signals to be mapped again; the worker tells what that would change, and does it where no rule holds it. Silently. */
export async function mapAgain(
  tx: Tx,
  act: CatalogAct,
  input: { reason: string; selection: SignalSelection },
): Promise<{ remappingId: string } | CatalogFailure> {
  const { selection } = input;
  const problems = textProblems('reason', input.reason, { max: 1_000 });
  // mapping everything again by an oversight takes hours
  if (Object.keys(selection).length === 0) problems.push('input: name at least one condition');
  if (selection.from !== undefined && selection.to !== undefined && selection.from >= selection.to)
    problems.push('receivedTo: must lie behind receivedFrom');
  if (selection.signalIds?.length === 0) problems.push('signalIds: names no signal');
  const invalid = invalidIf(problems, 'The wish to map again');
  if (invalid !== undefined) return invalid;
  if ((await countUnfinished(tx)) >= MOST_UNFINISHED)
    return refuse('CONFLICT', `${MOST_UNFINISHED} acts of mapping again wait already`);
  const reason = input.reason.trim();
  const remappingId = await requestRemapping(tx, {
    selection,
    reason,
    requestedBy: act.viewer.personId,
    requestedAt: act.now,
    isReported: true,
  });
  await recordAct(tx, act, 'remapping.requested', { type: 'remapping', id: remappingId }, { reason, selection });
  return { remappingId };
}
