import type { TransactionState } from '@throughline/sla';

/** Where a transaction stands with a milestone. */
export type MilestoneStanding = 'REACHED' | 'WAITING' | 'OVERDUE';

/** From and to, both included; null = open. */
export type Range<T> = { from: T | null; to: T | null };

/** What the list can be narrowed to, checked; null = not narrowed by it. All that is given must hold. */
export type TransactionSelection = {
  states: readonly TransactionState[] | null;
  workflows: readonly string[] | null;
  legalEntities: readonly string[] | null;
  currencies: readonly string[] | null;
  systems: readonly string[] | null;
  milestones: readonly { name: string; standing: MilestoneStanding }[];
  counterparty: string | null;
  /** In whole units of the transaction's own currency, decimal text. */
  amount: Range<string> | null;
  postedOn: Range<string> | null;
  dueOn: Range<string> | null;
  valueOn: Range<string> | null;
  bankAccount: string | null;
  startedAt: Range<Date> | null;
  lastActivityAt: Range<Date> | null;
  text: string | null;
};

/** The selection that leaves nothing out. */
export const EVERYTHING: TransactionSelection = {
  states: null,
  workflows: null,
  legalEntities: null,
  currencies: null,
  systems: null,
  milestones: [],
  counterparty: null,
  amount: null,
  postedOn: null,
  dueOn: null,
  valueOn: null,
  bankAccount: null,
  startedAt: null,
  lastActivityAt: null,
  text: null,
};

/** States that a running transaction is in depending on the clock. */
const RUNNING_STATES: readonly TransactionState[] = ['BLOCKED', 'LATE', 'AT_RISK', 'WAITING', 'RUNNING'];

const STORED: Readonly<Partial<Record<TransactionState, string>>> = { COMPLETED: 'completed', CANCELLED: 'cancelled' };

/** What is stored of the states asked for; null = any. Who waits for a milestone is running. */
export function progressesOf({ states, milestones }: TransactionSelection): readonly string[] | null {
  const ofStates = states && [...new Set(states.map((state) => STORED[state] ?? 'running'))];
  if (milestones.every(({ standing }) => standing === 'REACHED')) return ofStates;
  return ofStates === null || ofStates.includes('running') ? ['running'] : [];
}

/** States that what is stored does not tell apart; null = the progress says all. */
export function derivedStatesOf({ states }: TransactionSelection): readonly TransactionState[] | null {
  if (states === null) return null;
  const derived = RUNNING_STATES.filter((state) => states.includes(state));
  return derived.length === 0 || derived.length === RUNNING_STATES.length ? null : derived;
}

const SEPARATOR = '\u001f';

/** Where the facets of a progress begin and end, in the order of code points. */
export function facetRange(progress: string): { from: string; to: string } {
  return { from: progress + SEPARATOR, to: progress + String.fromCharCode(SEPARATOR.charCodeAt(0) + 1) };
}

/** Whether the selection can leave out whole facets. */
export function isByFacet(selection: TransactionSelection): boolean {
  const { workflows, legalEntities, currencies, amount } = selection;
  return [progressesOf(selection), workflows, legalEntities, currencies, amount].some((part) => part !== null);
}

/**
 * Whether transactions of a facet can match. A facet is what few values a transaction shares with others: progress, workflow,
 * legal entity, currency, digits of the amount, one behind the other as the database keeps them.
 */
export function facetMatches(selection: TransactionSelection, facet: string): boolean {
  const [progress = '', workflow = '', legalEntity = '', currency = '', digits = ''] = facet.split(SEPARATOR);
  const isIn = (wanted: readonly string[] | null, value: string) =>
    wanted === null || (value !== '' && wanted.includes(value));
  return (
    isIn(progressesOf(selection), progress) &&
    isIn(selection.workflows, workflow) &&
    isIn(selection.legalEntities, legalEntity) &&
    isIn(selection.currencies, currency) &&
    (selection.amount === null || (digits !== '' && digitsMatch(selection.amount, Number(digits))))
  );
}

/** Whether an amount with so many digits before the point, whatever its sign, can lie in the range. */
function digitsMatch({ from, to }: Range<string>, digits: number): boolean {
  const isNegative = (text: string) => text.startsWith('-');
  const digitsOf = (text: string) =>
    text
      .replace('-', '')
      .split('.')[0]!
      .replace(/^0+(?=\d)/, '').length;
  // A positive lower bound asks for at least its digits, as a negative upper bound does on the other side of zero.
  if (from !== null && !isNegative(from) && digits < digitsOf(from)) return false;
  if (to !== null && isNegative(to) && digits < digitsOf(to)) return false;
  const widest = [from, to].map((bound) => (bound === null ? Infinity : digitsOf(bound)));
  if (from !== null && to !== null) return digits <= Math.max(...widest);
  // Open to one side: the other sign may be of any size.
  return true;
}

/** Whether the facets of its transactions say all that the selection asks for. */
export function isByFacetAlone(selection: TransactionSelection): boolean {
  const { milestones, systems, counterparty, amount, postedOn, dueOn, valueOn, bankAccount } = selection;
  const { startedAt, lastActivityAt, text } = selection;
  const others = [
    systems,
    counterparty,
    amount,
    postedOn,
    dueOn,
    valueOn,
    bankAccount,
    startedAt,
    lastActivityAt,
    text,
  ];
  return milestones.length === 0 && derivedStatesOf(selection) === null && others.every((part) => part === null);
}
