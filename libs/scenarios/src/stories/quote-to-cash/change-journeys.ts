import type { Journey, TimedSignal } from '../../journey.js';
import { type BillingItem, DAY, type Deal, HOUR, MINUTE, billedAtOf, dealOf, itemOf, keyOf, sentAt } from './deal.js';
import { accountedFor, billedAndPosted, inTime, paidInTime, recognisedInTime, wholeItem } from './deal-journeys.js';
import { oneMonth } from './fault-journeys.js';
import { itemAmended, revenueScheduleChanged, subscriptionAmended } from './amendment-signals.js';
import { creditMemoPosted } from './payment-signals.js';
import {
  accountCreated,
  customerResolved,
  dealBooked,
  dealWon,
  quoteAccepted,
  scheduleCreated,
  sold,
  subscriptionProvisioned,
} from './sale-signals.js';

/** A part of the invoice is credited for a service that failed; the rest is paid. */
export const creditedAndPaid: Journey = {
  name: 'quote-to-cash/credited-and-paid',
  share: 15,
  play(number, startsAt) {
    const { deal, item } = oneMonth(number, startsAt);
    const at = billedAtOf(deal, item) + 7 * DAY;
    return inTime([
      ...sold(deal),
      ...billedAndPosted(deal, item),
      ...accountedFor(deal, item),
      ...sentAt(at, creditMemoPosted(deal, item, at, '200.00')),
      ...paidInTime(deal, item, '1000.00'),
      ...recognisedInTime(deal, item),
    ]);
  },
};

/** Half-way through the month seats are added: an item of its own over 300.00, and other terms for the one that is billed. */
function amendedHalfWay(number: string, startsAt: number): { deal: Deal; item: BillingItem; signals: TimedSignal[] } {
  const { deal, item } = oneMonth(number, startsAt);
  const at = startsAt + 15 * DAY;
  const added = itemOf(2, '300.00', at + DAY);
  return {
    deal,
    item,
    signals: [
      ...sold(deal),
      ...wholeItem(deal, item),
      ...sentAt(at, ...subscriptionAmended(deal, at, added), itemAmended(deal, item, at)),
      ...sentAt(at, ...scheduleCreated(deal, at, [added])),
      ...wholeItem(deal, added),
    ],
  };
}

/** The amendment reaches the revenue schedule after three hours. */
export const amended: Journey = {
  name: 'quote-to-cash/amended',
  share: 10,
  play(number, startsAt) {
    const { deal, item, signals } = amendedHalfWay(number, startsAt);
    const at = startsAt + 15 * DAY + 3 * HOUR;
    return inTime([...signals, ...sentAt(at, revenueScheduleChanged(deal, item, at))]);
  },
};

/** The amendment never reaches the revenue schedule: the close recognises by the old terms. */
export const amendmentNotCarried: Journey = {
  name: 'quote-to-cash/amendment-not-carried',
  share: 3,
  play: (number, startsAt) => inTime(amendedHalfWay(number, startsAt).signals),
};

/**
 * Sales made two accounts of one customer and won a deal on each. The customer master takes the second for a stranger, until
 * somebody states two days later that it is the same customer; its subscription did not wait for that.
 */
export const twoAccounts: Journey = {
  name: 'quote-to-cash/two-accounts-of-one-customer',
  share: 4,
  play(number, startsAt) {
    const first = dealOf(`${number}00`, 'Halden Pharma AG', startsAt, ['1200.00']);
    const second = dealOf(`${number}04`, 'Halden Pharma (Freiburg)', startsAt + HOUR, ['800.00']);
    const wonAt = second.wonAt;
    const resolvedAt = startsAt + 2 * DAY;
    return inTime([
      ...sentAt(startsAt, accountCreated(first, startsAt)),
      ...sold(first),
      ...sentAt(wonAt, accountCreated(second, wonAt), quoteAccepted(second, wonAt), dealWon(second, wonAt)),
      ...sentAt(wonAt + 7 * MINUTE, dealBooked(second, wonAt + 7 * MINUTE)),
      ...sentAt(wonAt + 11 * MINUTE, ...subscriptionProvisioned(second, wonAt + 10 * MINUTE)),
      ...sentAt(wonAt + 40 * MINUTE, ...scheduleCreated(second, wonAt + 40 * MINUTE)),
      ...[first, second].flatMap((deal) => deal.items.flatMap((item) => wholeItem(deal, item))),
      ...sentAt(resolvedAt, customerResolved(second, resolvedAt, keyOf.master(first))),
    ]);
  },
};
