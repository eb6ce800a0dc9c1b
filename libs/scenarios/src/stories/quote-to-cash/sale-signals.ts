import type { TimedSignal } from '../../journey.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { financeEvent, runNamed, traceOfRun } from '../../wire-forms.js';
import { type Deal, MINUTE, SECOND, dayOf, iso, keyOf, moneyOf, objectOf, sentAt, totalOf } from './deal.js';
import { salesforceChange, zuoraCallout } from './vendor-webhooks.js';

/** Integrations of the way from the deal to the billing schedule. */
export const SALE = {
  customer: 'salesforce-opportunity-to-customer-master',
  subscription: 'salesforce-quote-to-subscription',
  schedule: 'subscription-to-billing-schedule',
} as const;

/** Salesforce: the account was made. */
export function accountCreated(deal: Deal, at: number): ScenarioSignal {
  return salesforceChange('Account', 'CREATE', keyOf.account(deal), at, { Name: deal.customer, Type: 'Customer' });
}

/** Salesforce: the customer accepted the quote. */
export function quoteAccepted(deal: Deal, at: number): ScenarioSignal {
  const { amount, currency } = totalOf(deal);
  return salesforceChange('Quote', 'UPDATE', keyOf.quote(deal), at, {
    Status: 'Accepted',
    GrandTotal: Number(amount),
    CurrencyIsoCode: currency,
    OpportunityId: keyOf.opportunity(deal),
    AccountId: keyOf.account(deal),
  });
}

/** Salesforce: the deal was won. */
export function dealWon(deal: Deal, at: number): ScenarioSignal {
  const { amount, currency } = totalOf(deal);
  return salesforceChange('Opportunity', 'UPDATE', keyOf.opportunity(deal), at, {
    StageName: 'Closed Won',
    IsWon: true,
    IsClosed: true,
    Amount: Number(amount),
    CurrencyIsoCode: currency,
    CloseDate: dayOf(at),
    AccountId: keyOf.account(deal),
  });
}

/** The customer master: the account is this customer, known by these numbers in billing and in the ERP. */
export function customerResolved(deal: Deal, at: number, master = keyOf.master(deal)): ScenarioSignal {
  return financeEvent('opportunity.customer-resolved', keyOf.opportunity(deal), iso(at), {
    system: 'customer-master',
    integration: SALE.customer,
    objects: [
      objectOf.opportunity(deal),
      {
        type: 'customer',
        qualifier: 'customer',
        keys: [
          { kind: 'customer-number', value: master },
          { system: 'salesforce', kind: 'account-id', value: keyOf.account(deal) },
          { system: 'zuora', kind: 'account-number', value: keyOf.billingAccount(deal) },
          { system: 'netsuite', kind: 'customer-id', value: keyOf.erpCustomer(deal) },
        ],
      },
    ],
  });
}

/** Salesforce: what was sold is booked. */
export function dealBooked(deal: Deal, at: number): ScenarioSignal {
  return financeEvent('booking.created', keyOf.booking(deal), iso(at), {
    system: 'salesforce',
    objects: [objectOf.booking(deal), objectOf.quote(deal)],
    links: [{ from: 1, to: 0, qualifier: 'books', amount: totalOf(deal) }],
  });
}

/** The integration made the subscription in Zuora: the trace of its run, Zuora's own callout, and which booking it fulfils. */
export function subscriptionProvisioned(deal: Deal, at: number): ScenarioSignal[] {
  const run = runNamed(`provision ${deal.number}`);
  const startedAt = iso(at - 2 * SECOND);
  return [
    traceOfRun(run, 'mulesoft', [
      {
        name: 'root',
        startedAt,
        endedAt: iso(at + SECOND),
        attributes: {
          'finance.integration.name': SALE.subscription,
          'finance.object.type': 'booking',
          'finance.object.key.system': 'salesforce',
          'finance.object.key.kind': 'booking-number',
          'finance.object.key.value': keyOf.booking(deal),
        },
      },
      { name: 'POST /v1/orders', parent: 'root', startedAt, endedAt: iso(at), attributes: {} },
    ]),
    zuoraCallout('1700', 'SubscriptionCreated', at, {
      SubscriptionNumber: keyOf.subscription(deal),
      SubscriptionStatus: 'Active',
      SubscriptionVersion: '1',
      AccountNumber: keyOf.billingAccount(deal),
      AccountName: deal.customer,
    }),
    financeEvent(
      'subscription.provisioned',
      keyOf.subscription(deal),
      iso(at + SECOND),
      {
        system: 'mulesoft',
        integration: SALE.subscription,
        objects: [objectOf.subscription(deal, { amount: totalOf(deal) }), objectOf.booking(deal)],
        links: [{ from: 1, to: 0, qualifier: 'fulfils', amount: totalOf(deal) }],
      },
      run,
    ),
  ];
}

/** Billing: each item of the schedule, a transaction of its own. */
export function scheduleCreated(deal: Deal, at: number, items = deal.items): ScenarioSignal[] {
  return items.map((item) =>
    financeEvent('billing-schedule.created', keyOf.item(deal, item), iso(at), {
      system: 'zuora',
      integration: SALE.schedule,
      objects: [
        objectOf.item(deal, item, {
          amount: moneyOf(deal, item.amount),
          attributes: { billingDate: item.billingDate },
        }),
        objectOf.subscription(deal),
      ],
      links: [{ from: 1, to: 0, qualifier: 'plans', amount: moneyOf(deal, item.amount) }],
    }),
  );
}

/** From the accepted quote to the active subscription: ten minutes after the deal was won. */
export function soldAndProvisioned(deal: Deal): TimedSignal[] {
  const { wonAt } = deal;
  return [
    ...sentAt(wonAt, quoteAccepted(deal, wonAt), dealWon(deal, wonAt)),
    ...sentAt(wonAt + 6 * MINUTE, customerResolved(deal, wonAt + 6 * MINUTE)),
    ...sentAt(wonAt + 7 * MINUTE, dealBooked(deal, wonAt + 7 * MINUTE)),
    ...sentAt(wonAt + 10 * MINUTE + SECOND, ...subscriptionProvisioned(deal, wonAt + 10 * MINUTE)),
  ];
}

/** The same, and the billing schedule forty minutes after the deal was won. */
export function sold(deal: Deal): TimedSignal[] {
  const scheduledAt = deal.wonAt + 40 * MINUTE;
  return [...soldAndProvisioned(deal), ...sentAt(scheduledAt, ...scheduleCreated(deal, scheduledAt))];
}
