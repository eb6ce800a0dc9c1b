import { compareAmounts, formatMoney } from '../format/money.js';
import { dateTime } from '../format/time.js';
import type { Tone } from '../status/status.js';
import type { Acceptance } from './acceptance-documents.js';

type AcceptanceFacts = Pick<
  Acceptance,
  'makerName' | 'requestedAt' | 'reason' | 'comment' | 'moneyAtRisk' | 'convertedMoney' | 'limit'
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
export function whyAsked({ moneyAtRisk, convertedMoney, limit }: AcceptanceFacts): string {
  if (moneyAtRisk === null) return '';
  if (convertedMoney === null)
    return `${formatMoney(moneyAtRisk)} cannot be compared with the limit of ${formatMoney(limit)}: no rate is known.`;
  // both are in the currency of limits
  return compareAmounts(convertedMoney.amount, limit.amount) > 0
    ? `${formatMoney(moneyAtRisk)} is above the limit of ${formatMoney(limit)}.`
    : `${formatMoney(moneyAtRisk)} is within the limit of ${formatMoney(limit)}, but not with what else was closed with it, or of its counterparty that day.`;
}

const STATES: Readonly<Record<string, { tone: Tone; word: string }>> = {
  pending: { tone: 'waiting', word: 'Awaits approval' },
  direct: { tone: 'unknown', word: 'Closed at once' },
  approved: { tone: 'good', word: 'Approved' },
  rejected: { tone: 'critical', word: 'Rejected' },
  withdrawn: { tone: 'unknown', word: 'Withdrawn' },
  overtaken: { tone: 'unknown', word: 'Overtaken' },
};

export function acceptanceState(state: string): { tone: Tone; word: string } {
  return STATES[state] ?? { tone: 'unknown', word: state };
}
