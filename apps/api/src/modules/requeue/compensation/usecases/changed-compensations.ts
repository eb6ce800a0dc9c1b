import type { Tx } from '@throughline/persistence';
import type { StoredException } from '../../../exceptions/index.js';
import type { ApprovalRow } from '../../approval/approval.repository.js';
import { findWaitingCompensations } from '../compensation.repository.js';
import { changedCompensation } from '../domain/changed-compensation.js';
import { planCompensation } from '../domain/compensation-plan.js';
import { readCases } from './read-cases.js';

/** Its target is looked at when it is sent. */
const ANY_TARGET = { missing: [] };

/** What of a request that waits is otherwise than it was asked for, in words: it may have waited for days. */
export async function changedCompensations(
  tx: Tx,
  { id, action }: Pick<ApprovalRow, 'id' | 'action'>,
  exceptions: readonly StoredException[],
  now: Date,
): Promise<string[]> {
  if (action === 'requeue') return [];
  const waiting = new Map((await findWaitingCompensations(tx, id)).map((row) => [row.exceptionId, row]));
  const documents = new Map([...waiting].map(([exceptionId, { documentId }]) => [exceptionId, documentId]));
  const asked = exceptions.filter(({ exceptionId }) => waiting.has(exceptionId));
  const cases = await readCases(tx, asked, { action, documents }, now);
  const items = planCompensation(
    // it holds its claim and waits: that is no reason against it
    cases.map((one) => ({
      ...one,
      claim: null,
      target: ANY_TARGET,
      exception: { ...one.exception, state: 'OPEN' as const },
    })),
  );
  return cases.flatMap(({ exception: { exceptionId }, measured }, index) => {
    const [frozen, item] = [waiting.get(exceptionId), items[index]];
    if (frozen === undefined || item === undefined) return [];
    const { amount, currency } = measured;
    return changedCompensation(frozen, { ...item, amount, currency }) ?? [];
  });
}
