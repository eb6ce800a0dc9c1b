import type { StoredException } from '../../../exceptions/index.js';
import type { ApprovalSubject, RequeueAction, SubjectPart } from './four-eyes.js';

type Item = Pick<
  StoredException,
  'objectId' | 'legalEntity' | 'integration' | 'objectType' | 'reportingMinor' | 'isMoneyUnknown' | 'amount'
> & { movesMoney?: boolean };

/** What rules look at of these exceptions: an object counts its money once, whatever is wrong with it. */
export function subjectOf(exceptions: readonly Item[], action: RequeueAction = 'resend'): ApprovalSubject {
  const parts = new Map<string, SubjectPart>();
  const counted = new Set<string>();
  for (const one of exceptions) {
    const { objectId, legalEntity, integration, objectType } = one;
    const key = JSON.stringify([legalEntity, integration, objectType]);
    const part = parts.get(key) ?? {
      legalEntity,
      integration,
      objectType,
      count: 0,
      reportingMinor: 0n,
      isMoneyUnknown: false,
      movesMoney: false,
    };
    const isFirst = !counted.has(objectId);
    counted.add(objectId);
    parts.set(key, {
      ...part,
      count: part.count + 1,
      reportingMinor: part.reportingMinor + (isFirst ? BigInt(one.reportingMinor ?? '0') : 0n),
      isMoneyUnknown: part.isMoneyUnknown || hasUnknownMoney(one),
      movesMoney: part.movesMoney === true || one.movesMoney === true,
    });
  }
  return { action, parts: [...parts.values()] };
}

/** Money of which nobody can say how much it is in the reporting currency. */
export function hasUnknownMoney({
  isMoneyUnknown,
  amount,
  reportingMinor,
}: Pick<StoredException, 'isMoneyUnknown' | 'amount' | 'reportingMinor'>): boolean {
  return isMoneyUnknown || (amount !== null && reportingMinor === null);
}
