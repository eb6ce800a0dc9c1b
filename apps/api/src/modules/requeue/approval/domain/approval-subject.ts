import type { RequeueMode } from '@throughline/contracts';
import { REPORTING_CURRENCY, type StoredException } from '../../../exceptions/index.js';
import { fromMinorUnits, toMinorUnits } from '@throughline/canonical';
import { countedOnce, type Held } from '../../domain/counted-once.js';
import { needsTreasury } from '../../domain/hard-rules.js';
import type { ApprovalSubject, RequeueAction, SubjectPart } from './four-eyes.js';

type Item = Pick<
  StoredException,
  'objectId' | 'legalEntity' | 'integration' | 'objectType' | 'reportingMinor' | 'isMoneyUnknown' | 'amount'
> & { movesMoney?: boolean };

/**
 * What rules look at of these exceptions. Several exceptions of one object may say different money: each part keeps its own, and the
 * most of it counts.
 */
export function subjectOf(
  exceptions: readonly Item[],
  action: RequeueAction = 'resend',
  mode: RequeueMode = 'as-is',
): ApprovalSubject {
  const parts = new Map<string, SubjectPart>();
  const times = new Map<string, number>();
  for (const { objectId } of exceptions) times.set(objectId, (times.get(objectId) ?? 0) + 1);
  for (const one of exceptions) {
    const { legalEntity, integration, objectType } = one;
    const objectId = (times.get(one.objectId) ?? 0) > 1 ? one.objectId : null;
    const key = JSON.stringify([legalEntity, integration, objectType, objectId]);
    // added to in place: there may be a hundred thousand of them
    let part = parts.get(key);
    if (part === undefined) {
      const movesMoney = needsTreasury(objectType);
      part = {
        objectId,
        legalEntity,
        integration,
        objectType,
        count: 0,
        reportingMinor: 0n,
        isMoneyUnknown: false,
        movesMoney,
      };
      parts.set(key, part);
    }
    const minor = BigInt(one.reportingMinor ?? '0');
    const most = minor > part.reportingMinor ? minor : part.reportingMinor;
    part.count += 1;
    part.reportingMinor = objectId === null ? part.reportingMinor + minor : most;
    part.isMoneyUnknown ||= hasUnknownMoney(one);
    part.movesMoney ||= one.movesMoney === true;
  }
  return { action, mode, parts: [...parts.values()] };
}

/** Money of these exceptions in minor units of the reporting currency, as it is shown to who approves: each unit once. */
export function reportingOnce(exceptions: readonly (Held & Pick<Item, 'objectId' | 'reportingMinor'>)[]): bigint {
  const objects = new Map<string, Held & { minor: bigint }>();
  for (const { objectId, moneyPartId, moneyWholeId, reportingMinor } of exceptions) {
    const minor = BigInt(reportingMinor ?? '0');
    if (minor <= (objects.get(objectId)?.minor ?? -1n)) continue;
    objects.set(objectId, { objectId, moneyPartId: moneyPartId ?? null, moneyWholeId: moneyWholeId ?? null, minor });
  }
  const held = [...objects.values()].map(({ minor, ...one }) => ({
    ...one,
    money: fromMinorUnits(minor, REPORTING_CURRENCY),
  }));
  return toMinorUnits(countedOnce(held, REPORTING_CURRENCY));
}

/** Money of which nobody can say how much it is in the reporting currency. What moves money has some, told or not. */
export function hasUnknownMoney({
  objectType,
  isMoneyUnknown,
  amount,
  reportingMinor,
}: Pick<StoredException, 'objectType' | 'isMoneyUnknown' | 'amount' | 'reportingMinor'>): boolean {
  return isMoneyUnknown || (amount === null ? needsTreasury(objectType) : reportingMinor === null);
}
