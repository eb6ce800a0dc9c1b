import type { FinanceEventObject, Money } from '@throughline/canonical';
import { calendarNamed, localDateOf, nthBusinessDayOfMonth } from '@throughline/sla';
import type { TimedSignal } from '../../journey.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { STORY_ENTITIES } from '../../story.js';
import { DAY, HOUR } from '../../time-units.js';

export { DAY, HOUR, MINUTE, SECOND } from '../../time-units.js';

/** A subscription that is sold; all its business numbers are made of `number`. */
export type Deal = {
  number: string;
  customer: string;
  legalEntity: string;
  currency: string;
  /** When it was won (epoch milliseconds). */
  wonAt: number;
  /** What is billed, month by month. */
  items: readonly BillingItem[];
};

/** One item of the billing schedule. */
export type BillingItem = {
  position: number;
  amount: string;
  billingDate: string;
  dueDate: string;
  /** Year and month in which it is earned. */
  postingPeriod: string;
};

/** The legal entities that sell, with their currencies; a deal belongs to the one that its number says. */
const SELLERS: readonly { legalEntity: string; currency: string }[] = [
  { legalEntity: 'DE01', currency: 'EUR' },
  { legalEntity: 'US01', currency: 'USD' },
  { legalEntity: 'SG01', currency: 'SGD' },
  { legalEntity: 'BR01', currency: 'BRL' },
];

const NET_DAYS = 30;
const FIRST_BILLED_AFTER = 2 * HOUR;

/** A deal won at `wonAt`: the first amount is billed two hours later, the next on the first days of the months after it. */
export function dealOf(number: string, customer: string, wonAt: number, amounts: readonly string[]): Deal {
  const seller = SELLERS[Number(number.slice(-2)) % SELLERS.length] ?? SELLERS[0]!;
  const { timeZone } = entityOf(seller.legalEntity);
  const first = Date.parse(localDateOf(iso(wonAt + FIRST_BILLED_AFTER), timeZone));
  const month = new Date(first);
  const items = amounts.map((amount, index) =>
    itemOf(index + 1, amount, index === 0 ? first : Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + index, 1)),
  );
  return { number, customer, ...seller, wonAt, items };
}

/** An item that is billed on the day of an instant, paid within thirty days and earned in the month. */
export function itemOf(position: number, amount: string, billedAt: number): BillingItem {
  const billingDate = dayOf(billedAt);
  const dueDate = dayOf(billedAt + NET_DAYS * DAY);
  return { position, amount, billingDate, dueDate, postingPeriod: billingDate.slice(0, 7) };
}

/** An instant as signals say it. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** The day of an instant in UTC. */
export function dayOf(at: number): string {
  return iso(at).slice(0, 10);
}

/** Signals that are sent as soon as what they tell of happened. */
export function sentAt(at: number, ...signals: readonly ScenarioSignal[]): TimedSignal[] {
  return signals.map((signal) => ({ at, signal }));
}

/** When the billing run takes an item: the first two hours after the deal, the others at ten in the morning UTC. */
export function billedAtOf(deal: Deal, item: BillingItem): number {
  return item.position === 1 ? deal.wonAt + FIRST_BILLED_AFTER : Date.parse(`${item.billingDate}T10:00:00Z`);
}

/** Noon UTC, which is the same day in every seller's zone, of the first business day after the item's month. */
export function recognisedAtOf(deal: Deal, item: BillingItem): number {
  const [year = 0, month = 0] = item.postingPeriod.split('-').map(Number);
  const close = new Date(Date.UTC(year, month, 1));
  const { calendar } = entityOf(deal.legalEntity);
  const day = nthBusinessDayOfMonth(calendarNamed(calendar), close.getUTCFullYear(), close.getUTCMonth() + 1, 1);
  return Date.parse(`${day}T12:00:00Z`);
}

function entityOf(legalEntity: string): (typeof STORY_ENTITIES)[number] {
  const entity = STORY_ENTITIES.find(({ code }) => code === legalEntity);
  if (entity === undefined) throw new RangeError(`${legalEntity} is no legal entity of the stories`);
  return entity;
}

/** Names under which people know what a deal is made of. */
export const keyOf = {
  // The last three of an id tell the capital letters among the first fifteen: none, none, and the second of the first five.
  opportunity: ({ number }: Deal) => `006${number.padStart(12, '0')}AAA`,
  account: ({ number }: Deal) => `001${number.padStart(12, '0')}AAA`,
  quote: ({ number }: Deal) => `0Q0${number.padStart(12, '0')}CAA`,
  booking: ({ number }: Deal) => `BK-${number}`,
  master: ({ number }: Deal) => `M-${number}`,
  billingAccount: ({ number }: Deal) => `A-${number}`,
  erpCustomer: ({ number }: Deal) => `5${number.padStart(8, '0')}`,
  subscription: ({ number }: Deal) => `A-S${number}`,
  item: ({ number }: Deal, { position }: BillingItem) => `A-S${number}/${position}`,
  invoice: ({ number }: Deal, { position }: BillingItem) => `INV${number}-${position}`,
  erpInvoice: (deal: Deal, item: BillingItem) => `61${erpDigits(deal, item)}`,
  payment: ({ number }: Deal, { position }: BillingItem) => `P-${number}-${position}`,
  erpPayment: (deal: Deal, item: BillingItem) => `62${erpDigits(deal, item)}`,
  deferral: (deal: Deal, item: BillingItem) => `63${erpDigits(deal, item)}`,
  recognition: (deal: Deal, item: BillingItem) => `64${erpDigits(deal, item)}`,
  revenueSchedule: ({ number }: Deal, { position }: BillingItem) => `RS-${number}-${position}`,
  creditMemo: ({ number }: Deal, { position }: BillingItem) => `CM${number}-${position}`,
};

function erpDigits({ number }: Deal, { position }: BillingItem): string {
  return `${number}${String(position).padStart(2, '0')}`;
}

/** An amount of a deal, in its currency. */
export function moneyOf({ currency }: Deal, amount: string): Money {
  return { amount, currency };
}

/** What all items come to: whole cents are added, so no binary fraction takes part. */
export function totalOf(deal: Deal): Money {
  const cents = deal.items.reduce((sum, { amount }) => sum + BigInt(amount.replace('.', '')), 0n).toString();
  return moneyOf(deal, `${cents.slice(0, -2)}.${cents.slice(-2)}`);
}

type Facts = Pick<FinanceEventObject, 'amount' | 'attributes' | 'qualifier'>;

/** The objects of a deal as events name them, each by the key that its system gave it. */
export const objectOf = {
  opportunity: (deal: Deal) => named(deal, 'opportunity', 'salesforce', 'opportunity-id', keyOf.opportunity(deal)),
  quote: (deal: Deal) => named(deal, 'quote', 'salesforce', 'quote-id', keyOf.quote(deal)),
  booking: (deal: Deal) =>
    named(deal, 'booking', 'salesforce', 'booking-number', keyOf.booking(deal), { amount: totalOf(deal) }),
  subscription: (deal: Deal, facts: Facts = {}) =>
    named(deal, 'subscription', 'zuora', 'subscription-number', keyOf.subscription(deal), facts),
  item: (deal: Deal, item: BillingItem, facts: Facts = {}) =>
    named(deal, 'billing-schedule', 'zuora', 'schedule-item', keyOf.item(deal, item), facts),
  invoice: (deal: Deal, item: BillingItem) =>
    named(deal, 'invoice', 'zuora', 'invoice-number', keyOf.invoice(deal, item)),
  payment: (deal: Deal, item: BillingItem) =>
    named(deal, 'payment', 'zuora', 'payment-number', keyOf.payment(deal, item)),
  revenueSchedule: (deal: Deal, item: BillingItem, facts: Facts = {}) =>
    named(deal, 'revenue-schedule', 'netsuite', 'revenue-schedule', keyOf.revenueSchedule(deal, item), facts),
  journalEntry: (deal: Deal, value: string) => named(deal, 'journal-entry', 'netsuite', 'journal-entry-id', value),
};

function named(
  { legalEntity, customer }: Deal,
  type: FinanceEventObject['type'],
  system: string,
  kind: string,
  value: string,
  facts: Facts = {},
): FinanceEventObject {
  const direction = facts.amount === undefined ? {} : { direction: 'inflow' as const };
  return { type, keys: [{ system, kind, value }], legalEntity, counterparty: customer, ...direction, ...facts };
}
