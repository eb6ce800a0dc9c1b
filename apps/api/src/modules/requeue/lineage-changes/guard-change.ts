import { randomUUID } from 'node:crypto';
import { convertMoney, ECB_REFERENCE_RATES, NIL_UUID, toMinorUnits, type Money } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { recordAudit } from '../../audit/index.js';
import { loadRates } from '../../catalog/index.js';
import { loadPeriods, REPORTING_CURRENCY } from '../../exceptions/index.js';
import { findPeople } from '../../identity/index.js';
import type { ChangeGuard, ChangeReport, ForeseenChange } from '../../lineage/index.js';
import { neededApproval, reportingSum, rulesFor } from '../approval/domain/four-eyes.js';
import { fourEyesInForce, shippedFourEyes } from '../approval/four-eyes-in-force.js';
import { closedPeriodOf } from '../domain/since-failure.js';
import { afterLineageApprovalStep } from './domain/approval-life.js';
import { subjectOfChange, type InReportingMinor } from './domain/change-subject.js';
import { insertLineageApproval, lockStanding, putOvertaken } from './lineage-approval.repository.js';

const HOUR_MS = 3_600_000;

const SYSTEM = { kind: 'system' as const, id: 'requeue', name: 'Throughline' };

/**
 * Lets a change of lineage be done at once where no rule asks for a second person; else it waits for one, who is shown exactly this
 * report. An approval of something else counts no more.
 */
export const guardChange: ChangeGuard = async (tx, change, now) => {
  const { kind, id, hash, report } = change;
  const { fourEyes } = await fourEyesInForce(tx);
  const closedPeriods = await findClosedPeriods(tx, report);
  const subject = subjectOfChange(kind, report, {
    toMinor: await reportingRates(tx, report, now),
    hasClosedPeriods: closedPeriods.length > 0,
  });
  const needed = neededApproval(rulesFor(fourEyes.rules, shippedFourEyes().rules, kind), subject);
  const overtaken = await overtake(tx, id);
  if (needed === null) return 'free';
  const approvalId = randomUUID();
  await insertLineageApproval(tx, {
    id: approvalId,
    kind,
    subjectId: id,
    ...(await makerOf(tx, change)),
    reason: change.reason,
    hash,
    report: { ...report, closedPeriods },
    askedAgain: askedAgain(change),
    needed,
    reportingMinor: reportingSum(subject.parts).toString(),
    isMoneyUnknown: subject.parts.some(({ isMoneyUnknown }) => isMoneyUnknown),
    createdAt: now,
    dueAt: new Date(now.getTime() + fourEyes.expiresAfterHours * HOUR_MS),
  });
  await recordAudit(tx, {
    at: now,
    actor: SYSTEM,
    action: 'lineage-change.approval-needed',
    subject: { type: 'lineage-approval', id: approvalId },
    details: { kind, subjectId: id, hash, rules: needed.rules, overtaken },
  });
  return 'held';
};

function askedAgain({ isStale, done = 0 }: ForeseenChange): string | null {
  if (!isStale) return null;
  const why =
    'What was approved is no longer what would change: signals of the range, a mapping or lineage changed since.';
  return done === 0 ? why : `${why} Signals that were mapped again before that, and stay so: ${done}.`;
}

async function overtake(tx: Tx, subjectId: string): Promise<string[]> {
  const standing = await lockStanding(tx, subjectId);
  for (const { id, state } of standing) {
    const after = afterLineageApprovalStep(state, 'overtake');
    if (after !== null) await putOvertaken(tx, id, after);
  }
  return standing.map(({ id }) => id);
}

async function makerOf(tx: Tx, { requestedBy }: ForeseenChange): Promise<{ makerId: string; makerName: string }> {
  if (requestedBy === null) return { makerId: NIL_UUID, makerName: SYSTEM.name };
  const [person] = await findPeople(tx, [requestedBy]);
  return { makerId: requestedBy, makerName: person?.displayName ?? 'somebody who left' };
}

async function findClosedPeriods(tx: Tx, { documents }: ChangeReport): Promise<string[]> {
  const places = documents.flatMap(({ legalEntity, period }) =>
    legalEntity === null || period === null ? [] : [{ legalEntity, period }],
  );
  const periods = await loadPeriods(tx, places);
  const closed = documents.flatMap(
    ({ objectType, legalEntity, period }) =>
      closedPeriodOf({ objectType, legalEntity, postingPeriod: period }, periods) ?? [],
  );
  return [...new Set(closed)].sort();
}

/** By the rates of today: what is decided on is decided on now. */
async function reportingRates(tx: Tx, { money }: ChangeReport, now: Date): Promise<InReportingMinor> {
  const day = now.toISOString().slice(0, 10);
  const currencies = new Set([REPORTING_CURRENCY, ...money.map(({ currency }) => currency)]);
  const rateOf = await loadRates(
    tx,
    ECB_REFERENCE_RATES,
    [...currencies].map((currency) => ({ currency, date: day })),
  );
  return (amount: Money) => {
    if (amount.currency === REPORTING_CURRENCY) return toMinorUnits(amount);
    const converted = convertMoney(amount, REPORTING_CURRENCY, ECB_REFERENCE_RATES, day, rateOf);
    return converted.ok ? toMinorUnits(converted.amount) : null;
  };
}
