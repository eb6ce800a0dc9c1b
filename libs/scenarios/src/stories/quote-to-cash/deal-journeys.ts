import type { Journey, TimedSignal } from '../../journey.js';
import {
  itemBilled,
  postedInBilling,
  postedInReceivables,
  revenueDeferred,
  revenueRecognised,
  revenueScheduleCreated,
} from './billing-signals.js';
import { type BillingItem, DAY, type Deal, MINUTE, billedAtOf, dealOf, recognisedAtOf, sentAt } from './deal.js';
import { paid, statusInCrm } from './payment-signals.js';
import { sold } from './sale-signals.js';

/** In the order of time. */
export function inTime(signals: readonly TimedSignal[]): TimedSignal[] {
  return [...signals].sort((left, right) => left.at - right.at);
}

/** An item is billed, and posted in billing five and in receivables twenty minutes later. */
export function billedAndPosted(deal: Deal, item: BillingItem): TimedSignal[] {
  const at = billedAtOf(deal, item);
  return [
    ...sentAt(at, itemBilled(deal, item, at)),
    ...sentAt(at + 5 * MINUTE, postedInBilling(deal, item, at + 5 * MINUTE)),
    ...sentAt(at + 20 * MINUTE, postedInReceivables(deal, item, at + 20 * MINUTE)),
  ];
}

/** Its revenue is deferred half an hour, its revenue schedule there two hours after it was billed. */
export function accountedFor(deal: Deal, item: BillingItem): TimedSignal[] {
  const at = billedAtOf(deal, item);
  return [
    ...sentAt(at + 30 * MINUTE, ...revenueDeferred(deal, item, at + 30 * MINUTE)),
    ...sentAt(at + 120 * MINUTE, revenueScheduleCreated(deal, item, at + 120 * MINUTE)),
  ];
}

/** Its invoice is paid after two weeks, and Salesforce shows it twenty minutes later. */
export function paidInTime(deal: Deal, item: BillingItem, amount = item.amount): TimedSignal[] {
  const at = billedAtOf(deal, item) + 14 * DAY;
  return [
    ...sentAt(at + 6 * MINUTE, ...paid(deal, item, at, amount)),
    ...sentAt(at + 20 * MINUTE, statusInCrm(deal, item, at + 20 * MINUTE)),
  ];
}

/** Its revenue is recognised on the first business day of close, or when it can be. */
export function recognisedInTime(deal: Deal, item: BillingItem, notBefore = 0): TimedSignal[] {
  const at = Math.max(recognisedAtOf(deal, item), notBefore);
  return sentAt(at, ...revenueRecognised(deal, item, at));
}

/** All that an item goes through when nothing goes wrong. */
export function wholeItem(deal: Deal, item: BillingItem): TimedSignal[] {
  return [
    ...billedAndPosted(deal, item),
    ...accountedFor(deal, item),
    ...paidInTime(deal, item),
    ...recognisedInTime(deal, item),
  ];
}

/** A subscription of two months: sold, billed twice, paid twice, earned twice. */
export const dealToRecurringBilling: Journey = {
  name: 'quote-to-cash/deal-to-recurring-billing',
  share: 150,
  play(number, startsAt) {
    const deal = dealOf(number, 'Lumen Robotics GmbH', startsAt, ['1200.00', '1200.00']);
    return inTime([...sold(deal), ...deal.items.flatMap((item) => wholeItem(deal, item))]);
  },
};
