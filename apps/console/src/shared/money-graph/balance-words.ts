import { formatMoney, isZero, joinWords, sumMoney, type Money } from '../format/money.js';
import { cutMiddle, plainWords } from '../format/words.js';
import type { Tone } from '../status/status.js';

export type BalanceSide = {
  side: string;
  flows: Money;
  explained: readonly { kind: string; amount: Money }[];
  residual: Money | null;
  standing: string;
  isBreak: boolean;
};
export type Balance = {
  currency: string;
  amount: Money | null;
  undone: Money;
  sides: readonly BalanceSide[];
  unexplained: Money;
  isBreak: boolean;
};
export type NamedBalance = { object: { type: string; key: string }; balance: Balance };

const STANDINGS: Record<string, { tone: Tone; word: string }> = {
  balanced: { tone: 'good', word: 'Adds up' },
  'within-tolerance': { tone: 'good', word: 'Within tolerance' },
  open: { tone: 'waiting', word: 'Open' },
  unapplied: { tone: 'waiting', word: 'Unapplied' },
  short: { tone: 'critical', word: 'Too little' },
  over: { tone: 'critical', word: 'Too much' },
  unfounded: { tone: 'critical', word: 'More than its source' },
  overdrawn: { tone: 'critical', word: 'Less than its source' },
  differs: { tone: 'critical', word: 'Differs' },
  unknown: { tone: 'unknown', word: 'Amount not known' },
  'no-rate': { tone: 'unknown', word: 'Another currency, no rate' },
};

/** How a side of an object stands, as icon, colour and word. */
export function standingOf(standing: string): { tone: Tone; word: string } {
  return STANDINGS[standing] ?? { tone: 'unknown', word: plainWords(standing) };
}

const SIDES: Record<string, string> = { in: 'Comes in', out: 'Goes out', pair: 'Other side’s document' };

/** Name of a side. */
export function sideWord(side: string): string {
  return SIDES[side] ?? side;
}

const EXPLANATIONS: Record<string, string> = {
  'cash-discount': 'cash discount',
  'withholding-tax': 'tax withheld',
  'fx-gain': 'exchange gain',
  'fx-loss': 'exchange loss',
};

/** "EUR 30.00 cash discount and EUR 5.00 fee"; empty where nothing is explained. */
export function explainedWords(explained: BalanceSide['explained']): string {
  return joinWords(
    explained.map(({ kind, amount }) => `${formatMoney(amount)} ${EXPLANATIONS[kind] ?? plainWords(kind)}`),
  );
}

function openOf(balances: readonly Balance[]): Money[] {
  return sumMoney(
    balances.flatMap(({ sides }) =>
      sides.filter(({ standing }) => standing === 'open').map(({ residual }) => residual),
    ),
  ).filter(({ amount }) => !isZero(amount));
}

/** The answer for one object: a break first, then what is open, else that it adds up. */
export function balanceSentence(balances: readonly Balance[]): string {
  if (balances.length === 0) return 'It has no amount that could be added up.';
  const broken = sumMoney(balances.filter(({ isBreak }) => isBreak).map(({ unexplained }) => unexplained));
  if (broken.length > 0) return `${joinWords(broken.map(formatMoney))} does not add up here.`;
  const sides = balances.flatMap((balance) => balance.sides);
  if (sides.some(({ standing }) => standing === 'unknown' || standing === 'no-rate'))
    return 'It cannot be added up: what a link carries is not known, or is in another currency without a rate.';
  const open = openOf(balances);
  if (open.length > 0) return `${joinWords(open.map(formatMoney))} has not gone on yet.`;
  return 'It adds up: what flows in and out is explained.';
}

/** The answer for a transaction: where the break is, else what is open. */
export function transactionSentence(objects: readonly NamedBalance[]): string {
  const broken = objects.filter(({ balance }) => balance.isBreak);
  const name = ({ object }: NamedBalance) => `${plainWords(object.type)} ${cutMiddle(object.key, 32)}`;
  const [first, ...others] = broken;
  if (first) {
    const sums = joinWords(sumMoney(broken.map(({ balance }) => balance.unexplained)).map(formatMoney));
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return `${sums} does not add up, at ${name(first)}${more}.`;
  }
  const waiting = objects.filter(({ balance }) => openOf([balance]).length > 0);
  if (waiting.length === 0) return 'The money adds up at each document.';
  const last = waiting.at(-1)!;
  const sums = joinWords(openOf([last.balance]).map(formatMoney));
  return `The money adds up; ${sums} is still open at ${name(last)}.`;
}
