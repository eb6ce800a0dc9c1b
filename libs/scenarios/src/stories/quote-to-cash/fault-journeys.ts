import type { Journey } from '../../journey.js';
import { runNamed } from '../../wire-forms.js';
import { refusedByAccounting } from './accounting-failure.js';
import {
  itemBilled,
  postedInBilling,
  postedInReceivables,
  revenueDeferred,
  revenueRecognised,
  revenueScheduleCreated,
} from './billing-signals.js';
import {
  type BillingItem,
  DAY,
  type Deal,
  HOUR,
  MINUTE,
  SECOND,
  billedAtOf,
  dealOf,
  recognisedAtOf,
  sentAt,
} from './deal.js';
import { accountedFor, billedAndPosted, inTime, paidInTime, recognisedInTime, wholeItem } from './deal-journeys.js';
import { paid, statusInCrm } from './payment-signals.js';
import { scheduleCreated, sold, soldAndProvisioned } from './sale-signals.js';

/** A subscription of one month of 1200.00, which is enough for what goes wrong with one item. */
export function oneMonth(number: string, startsAt: number): { deal: Deal; item: BillingItem } {
  const deal = dealOf(number, 'Orbit Freight SE', startsAt, ['1200.00']);
  return { deal, item: deal.items[0]! };
}

/** The subscription is active, and nothing ever comes of it: no schedule, no error. */
export const silentAfterProvisioning: Journey = {
  name: 'quote-to-cash/silent-after-provisioning',
  share: 2,
  play: (number, startsAt) => inTime(soldAndProvisioned(oneMonth(number, startsAt).deal)),
};

/** The same, and somebody who looked starts the job again a day later. */
export const silentUntilTheNextDay: Journey = {
  name: 'quote-to-cash/silent-until-the-next-day',
  share: 2,
  play(number, startsAt) {
    const { deal } = oneMonth(number, startsAt);
    return inTime([...soldAndProvisioned(deal), ...sentAt(startsAt + DAY, ...scheduleCreated(deal, startsAt + DAY))]);
  },
};

/** The billing run and Zuora send again what they have sent, and the run once more under an id of its own. */
export const billingReplayed: Journey = {
  name: 'quote-to-cash/billing-event-replayed',
  share: 5,
  play(number, startsAt) {
    const { deal, item } = oneMonth(number, startsAt);
    const at = billedAtOf(deal, item);
    const again = [itemBilled(deal, item, at), postedInBilling(deal, item, at + 5 * MINUTE)];
    return inTime([
      ...sold(deal),
      ...wholeItem(deal, item),
      ...sentAt(at + HOUR, ...again),
      ...sentAt(at + 2 * HOUR, ...again),
      ...sentAt(at + 3 * HOUR, itemBilled(deal, item, at + 3 * HOUR, undefined, `replay of ${number}`)),
    ]);
  },
};

/** The replay was not recognised by billing: it made a second invoice of the same item, which accounting never sees. */
export const billedTwice: Journey = {
  name: 'quote-to-cash/billed-twice',
  share: 2,
  play(number, startsAt) {
    const { deal, item } = oneMonth(number, startsAt);
    const [second, at] = [`INV${number}-1R`, billedAtOf(deal, item) + HOUR];
    return inTime([
      ...sold(deal),
      ...wholeItem(deal, item),
      ...sentAt(at, itemBilled(deal, item, at, second, `replay of ${number}`)),
      ...sentAt(at + 5 * MINUTE, postedInBilling(deal, item, at + 5 * MINUTE, { invoiceNumber: second })),
    ]);
  },
};

/** The invoice is of 1250.00 where the subscription says 1200.00; the customer pays what the invoice says. */
export const totalDisagrees: Journey = {
  name: 'quote-to-cash/total-disagrees',
  share: 3,
  play(number, startsAt) {
    const { deal, item } = oneMonth(number, startsAt);
    const [at, amount] = [billedAtOf(deal, item), '1250.00'];
    return inTime([
      ...sold(deal),
      ...sentAt(at, itemBilled(deal, item, at)),
      ...sentAt(at + 5 * MINUTE, postedInBilling(deal, item, at + 5 * MINUTE, { amount })),
      ...sentAt(at + 20 * MINUTE, postedInReceivables(deal, item, at + 20 * MINUTE, { amount })),
      ...accountedFor(deal, item),
      ...paidInTime(deal, item, amount),
      ...recognisedInTime(deal, item),
    ]);
  },
};

const RESENT = '7d1f0a52-9c3e-4c0b-8a77-2f1f6a0c2100';

function refused(number: string, startsAt: number) {
  const { deal, item } = oneMonth(number, startsAt);
  const at = billedAtOf(deal, item);
  const run = runNamed(`first posting of ${number}`);
  const signals = [
    ...sold(deal),
    ...sentAt(at, itemBilled(deal, item, at)),
    ...sentAt(at + 5 * MINUTE, postedInBilling(deal, item, at + 5 * MINUTE)),
    ...sentAt(at + 10 * MINUTE + 2 * SECOND, ...refusedByAccounting(deal, item, at + 10 * MINUTE, run)),
  ];
  return { deal, item, signals };
}

/** Billing has posted the invoice, and accounting never hears of it: no refusal, no error. */
export const unknownToAccounting: Journey = {
  name: 'quote-to-cash/unknown-to-accounting',
  share: 2,
  play(number, startsAt) {
    const { deal, item } = oneMonth(number, startsAt);
    const at = billedAtOf(deal, item);
    return inTime([
      ...sold(deal),
      ...sentAt(at, itemBilled(deal, item, at)),
      ...sentAt(at + 5 * MINUTE, postedInBilling(deal, item, at + 5 * MINUTE)),
    ]);
  },
};

/** Billing has posted the invoice, accounting refuses it, and nobody mends that. */
export const notInAccounting: Journey = {
  name: 'quote-to-cash/posted-to-billing-not-to-accounting',
  share: 3,
  play: (number, startsAt) => inTime(refused(number, startsAt).signals),
};

/** The account is set the next morning and the invoice sent again: it is posted, deferred and earned. */
export const notInAccountingMended: Journey = {
  name: 'quote-to-cash/posted-to-accounting-a-day-late',
  share: 4,
  play(number, startsAt) {
    const { deal, item, signals } = refused(number, startsAt);
    const at = startsAt + DAY;
    const run = runNamed(`second posting of ${number}`, RESENT);
    return inTime([
      ...signals,
      ...sentAt(at, postedInReceivables(deal, item, at)),
      ...sentAt(at + 10 * MINUTE, ...revenueDeferred(deal, item, at + 10 * MINUTE, run)),
      ...sentAt(at + HOUR, revenueScheduleCreated(deal, item, at + HOUR)),
      ...paidInTime(deal, item),
      ...recognisedInTime(deal, item, at + 2 * HOUR),
    ]);
  },
};

/** Everything but what the close should have posted. */
export const neverRecognised: Journey = {
  name: 'quote-to-cash/never-recognised',
  share: 2,
  play(number, startsAt) {
    const { deal, item } = oneMonth(number, startsAt);
    return inTime([
      ...sold(deal),
      ...billedAndPosted(deal, item),
      ...accountedFor(deal, item),
      ...paidInTime(deal, item),
    ]);
  },
};

/** Everything but the customer's payment. */
export const neverPaid: Journey = {
  name: 'quote-to-cash/never-paid',
  share: 6,
  play(number, startsAt) {
    const { deal, item } = oneMonth(number, startsAt);
    return inTime([
      ...sold(deal),
      ...billedAndPosted(deal, item),
      ...accountedFor(deal, item),
      ...recognisedInTime(deal, item),
    ]);
  },
};

/** The close forgot it and posts it two days later; the customer pays a month after he should have. */
export const lateInTheEnd: Journey = {
  name: 'quote-to-cash/recognised-and-paid-late',
  share: 8,
  play(number, startsAt) {
    const { deal, item } = oneMonth(number, startsAt);
    const recognisedAt = recognisedAtOf(deal, item) + 2 * DAY;
    const paidAt = billedAtOf(deal, item) + 60 * DAY;
    return inTime([
      ...sold(deal),
      ...billedAndPosted(deal, item),
      ...accountedFor(deal, item),
      ...sentAt(recognisedAt, ...revenueRecognised(deal, item, recognisedAt)),
      ...sentAt(paidAt + 6 * MINUTE, ...paid(deal, item, paidAt)),
      ...sentAt(paidAt + 20 * MINUTE, statusInCrm(deal, item, paidAt + 20 * MINUTE)),
    ]);
  },
};
