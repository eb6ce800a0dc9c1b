import type { ScenarioSignal } from '../../scenario-signal.js';
import { financeEvent } from '../../wire-forms.js';
import { BILLING } from './billing-signals.js';
import { type BillingItem, type Deal, iso, keyOf, moneyOf, objectOf, totalOf } from './deal.js';
import { SALE } from './sale-signals.js';
import { zuoraCallout } from './vendor-webhooks.js';

/** Zuora: the subscription was amended; and the integration says by which booking, and what it comes to now. */
export function subscriptionAmended(deal: Deal, at: number, added: BillingItem): ScenarioSignal[] {
  const [more, whole] = [moneyOf(deal, added.amount), totalOf({ ...deal, items: [...deal.items, added] })];
  return [
    zuoraCallout('1700', 'SubscriptionUpdated', at, {
      SubscriptionNumber: keyOf.subscription(deal),
      SubscriptionStatus: 'Active',
      SubscriptionVersion: '2',
      AccountNumber: keyOf.billingAccount(deal),
    }),
    financeEvent('subscription.amended', keyOf.subscription(deal), iso(at), {
      system: 'mulesoft',
      integration: SALE.subscription,
      objects: [
        objectOf.subscription(deal, { amount: whole }),
        {
          ...objectOf.booking(deal),
          amount: more,
          keys: [{ system: 'salesforce', kind: 'booking-number', value: bookingOf(deal) }],
        },
      ],
      links: [{ from: 1, to: 0, qualifier: 'fulfils', amount: more }],
    }),
  ];
}

/** Billing: the terms of an item that was billed already changed; what is to be billed more is an item of its own. */
export function itemAmended(deal: Deal, item: BillingItem, at: number): ScenarioSignal {
  return financeEvent('billing-schedule.amended', keyOf.item(deal, item), iso(at), {
    system: 'zuora',
    objects: [objectOf.item(deal, item, { attributes: { subscriptionVersion: '2' } }), objectOf.subscription(deal)],
  });
}

/** NetSuite: what is earned when follows the amendment. */
export function revenueScheduleChanged(deal: Deal, item: BillingItem, at: number): ScenarioSignal {
  return financeEvent('revenue-schedule.changed', keyOf.revenueSchedule(deal, item), iso(at), {
    system: 'netsuite',
    integration: BILLING.amendment,
    objects: [objectOf.revenueSchedule(deal, item, { attributes: { subscriptionVersion: '2' } })],
  });
}

/** What was sold more is booked apart. */
function bookingOf(deal: Deal): string {
  return `${keyOf.booking(deal)}-A`;
}
