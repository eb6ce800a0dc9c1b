import type { TransactionSummary } from '../../lineage-summary.js';
import type { StatesAt, StoryState } from '../../story.js';

/** Every story's deal is won then, a Wednesday, at ten in the morning in Berlin. */
export const WON_AT = '2026-07-01T08:00:00Z';

/** Ids of Salesforce, which the stories show by their number. */
export const opportunityIdOf = (number: string) => `006${number.padStart(12, '0')}AAA`;
export const quoteIdOf = (number: string) => `0Q0${number.padStart(12, '0')}CAA`;

type Milestones = TransactionSummary['milestones'];

/**
 * The way from the deal to its billing schedule, around the clock: resolved within 15 minutes of 08:00 = 08:15; active within 15
 * minutes of 08:06 = 08:21; scheduled within an hour of 08:10 = 09:10.
 */
export function soldDeal(number: string, items: readonly number[], more: Milestones = {}): TransactionSummary {
  return {
    progress: 'completed',
    members: [
      ...items.map((position) => `billing-schedule A-S${number}/${position}`),
      `booking BK-${number}`,
      `opportunity ${opportunityIdOf(number)}`,
      `quote ${quoteIdOf(number)}`,
      `subscription A-S${number}`,
    ],
    hubs: [],
    milestones: {
      'deal-won': '2026-07-01T08:00:00.000Z',
      'customer-resolved': ['2026-07-01T08:06:00.000Z', '2026-07-01T08:15:00.000Z'],
      [`subscription-active A-S${number}`]: ['2026-07-01T08:10:00.000Z', '2026-07-01T08:21:00.000Z'],
      [`billing-schedule-created A-S${number}`]: ['2026-07-01T08:40:00.000Z', '2026-07-01T09:10:00.000Z'],
      ...more,
    },
  };
}

/** States of a deal whose sale is complete: that of its first item, and of those that the amendment added. */
export function statesOf(number: string, at: string, first: StoryState, ...added: readonly StoryState[]): StatesAt {
  const items = [first, ...added].map((state, index) => [`subscription-billing A-S${number}/${index + 1}`, state]);
  return { at, of: { [`quote-to-cash ${opportunityIdOf(number)}`]: 'COMPLETED', ...Object.fromEntries(items) } };
}

/** Ends of days, where an item is due: of its billing date, of its due date, of the first business day of close. */
export type DaysEnd = { billing: string; payment: string; close: string };

/**
 * The item that is billed on 1 July, paid within 30 days (31 July), and earned in July: the first business day of August is Monday
 * the 3rd. Each day ends at midnight of the entity's own time zone.
 */
export const DAYS_END = {
  /** Berlin, UTC+2. */
  DE01: {
    billing: '2026-07-01T22:00:00.000Z',
    payment: '2026-07-31T22:00:00.000Z',
    close: '2026-08-03T22:00:00.000Z',
  },
  /** New York, UTC-4. */
  US01: {
    billing: '2026-07-02T04:00:00.000Z',
    payment: '2026-08-01T04:00:00.000Z',
    close: '2026-08-04T04:00:00.000Z',
  },
} as const satisfies Record<string, DaysEnd>;

/**
 * That item from 08:40, when it was scheduled, to noon of 3 August, when it was recognised. Billing posts it at 10:05; accounting posts
 * and defers it within an hour of 10:00 = 11:00; the revenue schedule within four hours of 10:20 = 14:20; in the CRM within half an hour of 10:00 on the 15th = 10:30.
 */
export function earnedItem(
  number: string,
  { ends = DAYS_END.DE01, more = {} }: { ends?: DaysEnd; more?: Milestones } = {},
): TransactionSummary {
  const invoice = `INV${number}-1`;
  return {
    progress: 'completed',
    members: [
      `billing-schedule A-S${number}/1`,
      `invoice ${invoice}`,
      `journal-entry 63${number}01`,
      `journal-entry 64${number}01`,
      `payment P-${number}-1`,
      `revenue-schedule RS-${number}-1`,
    ],
    hubs: [],
    milestones: {
      'item-scheduled': '2026-07-01T08:40:00.000Z',
      'item-billed': ['2026-07-01T10:00:00.000Z', ends.billing],
      [`invoice-issued ${invoice}`]: '2026-07-01T10:05:00.000Z',
      [`invoice-posted ${invoice}`]: ['2026-07-01T10:20:00.000Z', '2026-07-01T11:00:00.000Z'],
      [`revenue-deferred ${invoice}`]: ['2026-07-01T10:30:00.000Z', '2026-07-01T11:00:00.000Z'],
      [`revenue-schedule-created ${invoice}`]: ['2026-07-01T12:00:00.000Z', '2026-07-01T14:20:00.000Z'],
      [`payment-settled ${invoice}`]: ['2026-07-15T10:00:00.000Z', ends.payment],
      [`status-in-crm ${invoice}`]: ['2026-07-15T10:20:00.000Z', '2026-07-15T10:30:00.000Z'],
      [`revenue-recognised RS-${number}-1`]: ['2026-08-03T12:00:00.000Z', ends.close],
      ...more,
    },
  };
}

/** Links of a deal down to its schedule; `amount` is what all of it comes to. */
export function linksOfSale(number: string, amount: string): string[] {
  const [opportunity, quote] = [`opportunity ${opportunityIdOf(number)}`, `quote ${quoteIdOf(number)}`];
  return [
    `customer M-${number} ─placed-by→ ${opportunity}`,
    `customer M-${number} ─placed-by→ ${quote}`,
    `${opportunity} ─offers→ ${quote}`,
    `${quote} ─books ${amount} EUR→ booking BK-${number}`,
    `booking BK-${number} ─fulfils ${amount} EUR→ subscription A-S${number}`,
  ];
}

/** Links of an item that was billed, paid and earned; `paid` is what of it was paid, `period` the one that it is posted in. */
export function linksOfItem(
  number: string,
  position: number,
  amount: string,
  { paid = amount, period = '2026-07' }: { paid?: string; period?: string } = {},
): string[] {
  const [item, invoice] = [`billing-schedule A-S${number}/${position}`, `invoice INV${number}-${position}`];
  const schedule = `revenue-schedule RS-${number}-${position}`;
  return [
    `subscription A-S${number} ─plans ${amount} EUR→ ${item}`,
    `${item} ─bills ${amount} EUR→ ${invoice}`,
    // As Zuora sees it: the same money, by a shorter way.
    `subscription A-S${number} ─bills→ ${invoice}`,
    `customer M-${number} ─placed-by→ ${invoice}`,
    `${invoice} ─posts→ journal-entry 63${number}0${position}`,
    `accounting-period ${period} ─posted-in→ journal-entry 63${number}0${position}`,
    `accounting-period ${period} ─posted-in→ journal-entry 64${number}0${position}`,
    `${invoice} ─recognises→ ${schedule}`,
    `${item} ─recognises→ ${schedule}`,
    `${schedule} ─posts→ journal-entry 64${number}0${position}`,
    `${invoice} ─settles ${paid} EUR→ payment P-${number}-${position}`,
  ];
}

/** The payment is explained by the invoice; that it is on the bank account is another scenario. */
export const notYetAtTheBank = (amount: string) => [`in ${amount} EUR, balanced`, `out 0.00 EUR, open ${amount}`];
