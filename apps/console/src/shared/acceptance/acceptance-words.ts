import { compareAmounts, formatMoney } from '../format/money.js';
import { dateTime } from '../format/time.js';
import type { Tone } from '../status/status.js';
import type { Acceptance } from './acceptance-documents.js';

type AcceptanceFacts = Pick<
  Acceptance,
  'makerName' | 'requestedAt' | 'reason' | 'comment' | 'moneyAtRisk' | 'convertedMoney' | 'limit' | 'duplicates'
>;

/** "Anna Lindqvist asked on 20 Nov 14:02 CET to close it without correction: too small to pursue. "Agreed with sales." …" */
export function acceptanceSentence(asked: AcceptanceFacts): string {
  const reason = asked.reason.title.charAt(0).toLowerCase() + asked.reason.title.slice(1);
  return (
    `${asked.makerName} asked on ${dateTime(asked.requestedAt)} to close it without correction: ${reason}. ` +
    `“${asked.comment}” ${whyAsked(asked)}`
  );
}

/** Why a second person decides. */
export function whyAsked({ moneyAtRisk, convertedMoney, limit, duplicates }: AcceptanceFacts): string {
  if (moneyAtRisk === null && duplicates === 0) return '';
  const hanging = `its ${duplicates === 1 ? 'duplicate' : `${duplicates} duplicates`}`;
  const own = moneyAtRisk === null ? 'What is at risk' : formatMoney(moneyAtRisk);
  if (convertedMoney === null)
    return duplicates === 0
      ? `${own} cannot be compared with the limit of ${formatMoney(limit)}: no rate is known.`
      : `${own} with ${hanging} cannot be compared with the limit of ${formatMoney(limit)}: not all of it is known.`;
  const money = duplicates === 0 ? own : `${formatMoney(convertedMoney)} with ${hanging}`;
  // both are in the currency of limits
  return compareAmounts(convertedMoney.amount, limit.amount) > 0
    ? `${money} is above the limit of ${formatMoney(limit)}.`
    : `${money} is within the limit of ${formatMoney(limit)}, but not with what else was closed with it, or of its counterparty that day.`;
}

const STATES: Readonly<Record<string, { tone: Tone; word: string }>> = {
  pending: { tone: 'waiting', word: 'Awaits approval' },
  direct: { tone: 'unknown', word: 'Closed at once' },
  approved: { tone: 'good', word: 'Approved' },
  rejected: { tone: 'critical', word: 'Rejected' },
  withdrawn: { tone: 'unknown', word: 'Withdrawn' },
  expired: { tone: 'warning', word: 'Not decided in time' },
  overtaken: { tone: 'unknown', word: 'Overtaken' },
};

export function acceptanceState(state: string): { tone: Tone; word: string } {
  return STATES[state] ?? { tone: 'unknown', word: state };
}
