import type { TransactionFilter } from '../../gql/graphql.js';
import { formatAmount } from '../../shared/format/money.js';
import { plainWords } from '../../shared/format/words.js';
import { parseTransactionsSearch, type MilestoneStandingName, type TransactionsSearch } from '../../shared/url.js';

const HOURS_OF_DAY = 24;

function range<T>(from: T | undefined, to: T | undefined): { from?: T; to?: T } | undefined {
  if (from === undefined && to === undefined) return undefined;
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** What the list asks the API for. */
export function filterOf(search: TransactionsSearch): TransactionFilter {
  const { milestone, standing } = search;
  const filter: Record<string, unknown> = {
    states: search.state.length > 0 ? [...search.state] : undefined,
    legalEntities: search.entity.length > 0 ? [...search.entity] : undefined,
    workflows: search.workflow === undefined ? undefined : [search.workflow],
    regions: search.region.length > 0 ? [...search.region] : undefined,
    currencies: search.currency === undefined ? undefined : [search.currency],
    systems: search.system === undefined ? undefined : [search.system],
    counterparty: search.party,
    amount: range(search.min, search.max),
    milestones: milestone === undefined ? undefined : [{ name: milestone, standing }],
    postingPeriod: search.period,
    dueOn: range(search.dueFrom, search.dueTo),
    valueOn: range(search.valueFrom, search.valueTo),
    bankAccount: search.account,
    minAgeHours: search.age === undefined ? undefined : Number(search.age) * HOURS_OF_DAY,
    lastActivityAt: range(search.from, search.to),
    text: search.text,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** A filter that is set, in words, and the search without it. */
export type FilterChip = { id: string; name: string; without: TransactionsSearch };

const STANDINGS: Record<MilestoneStandingName, string> = {
  REACHED: 'reached',
  WAITING: 'waits for',
  OVERDUE: 'overdue:',
};

export function standingWords(standing: MilestoneStandingName): string {
  return { REACHED: 'Reached', WAITING: 'Waits for it', OVERDUE: 'Overdue' }[standing];
}

function between(
  name: string,
  from: string | undefined,
  to: string | undefined,
  show: (value: string) => string,
): string {
  if (from !== undefined && to !== undefined) return `${name} ${show(from)} to ${show(to)}`;
  return from !== undefined ? `${name} from ${show(from)}` : `${name} up to ${show(to ?? '')}`;
}

const asIs = (value: string) => value;
const dayOf = (value: string) => value.slice(0, 10);

/** Every filter behind "More filters" that is set, in the order of its fields. */
export function chipsOf(search: TransactionsSearch): FilterChip[] {
  const chip = (id: string, name: string, off: Partial<TransactionsSearch>): FilterChip => ({
    id,
    name,
    without: { ...search, ...off },
  });
  const { workflow, region, currency, system, party, min, max, milestone, standing, period, account, age } = search;
  const has = (...values: unknown[]) => values.some((value) => value !== undefined);
  return [
    ...(workflow === undefined ? [] : [chip('workflow', plainWords(workflow), { workflow: undefined })]),
    ...region.map((one) => chip(`region ${one}`, one, { region: region.filter((other) => other !== one) })),
    ...(currency === undefined ? [] : [chip('currency', currency, { currency: undefined })]),
    ...(system === undefined ? [] : [chip('system', `through ${system}`, { system: undefined })]),
    ...(party === undefined ? [] : [chip('party', `with “${party}”`, { party: undefined })]),
    ...(has(min, max)
      ? [chip('amount', between('amount', min, max, formatAmount), { min: undefined, max: undefined })]
      : []),
    ...(milestone === undefined
      ? []
      : [
          chip('milestone', `${STANDINGS[standing]} ${plainWords(milestone)}`, {
            milestone: undefined,
            standing: 'WAITING',
          }),
        ]),
    ...(period === undefined ? [] : [chip('period', `posted in ${period}`, { period: undefined })]),
    ...(has(search.dueFrom, search.dueTo)
      ? [chip('due', between('due', search.dueFrom, search.dueTo, asIs), { dueFrom: undefined, dueTo: undefined })]
      : []),
    ...(has(search.valueFrom, search.valueTo)
      ? [
          chip('value', between('value date', search.valueFrom, search.valueTo, asIs), {
            valueFrom: undefined,
            valueTo: undefined,
          }),
        ]
      : []),
    ...(account === undefined
      ? []
      : [chip('account', `account ${account.slice(0, 4)}…${account.slice(-4)}`, { account: undefined })]),
    ...(age === undefined ? [] : [chip('age', `started ${age} days ago or earlier`, { age: undefined })]),
    ...(has(search.from, search.to)
      ? [chip('activity', between('last activity', search.from, search.to, dayOf), { from: undefined, to: undefined })]
      : []),
  ];
}

export function isNarrowed(search: TransactionsSearch): boolean {
  return Object.keys(filterOf(search)).length > 0;
}

/** Everything again, in the same order. */
export function widened(search: TransactionsSearch): TransactionsSearch {
  return { ...parseTransactionsSearch({}), order: search.order };
}
