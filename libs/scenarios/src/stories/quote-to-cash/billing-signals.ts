import type { FinanceEventObject } from '@throughline/canonical';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { type Run, financeEvent } from '../../wire-forms.js';
import { type BillingItem, type Deal, iso, keyOf, moneyOf, objectOf } from './deal.js';
import { netsuiteRecord, zuoraCallout } from './vendor-webhooks.js';

/** Integrations of the way from an item of the schedule to the recognised revenue. */
export const BILLING = {
  run: 'billing-run',
  receivables: 'billing-to-receivables',
  deferral: 'billing-to-deferred-revenue',
  revenueSchedule: 'invoice-to-revenue-schedule',
  amendment: 'amendment-to-revenue-schedule',
  settlement: 'payment-settlement-to-erp',
  status: 'erp-invoice-status-to-salesforce',
  recognition: 'revenue-recognition-run',
} as const;

/** The billing run billed an item with an invoice of this number; the link carries what of the item is billed. */
export function itemBilled(
  deal: Deal,
  item: BillingItem,
  at: number,
  invoiceNumber = keyOf.invoice(deal, item),
  eventId = keyOf.item(deal, item),
): ScenarioSignal {
  return financeEvent('billing-schedule.billed', eventId, iso(at), {
    system: 'zuora',
    integration: BILLING.run,
    objects: [
      objectOf.item(deal, item),
      { ...objectOf.invoice(deal, item), keys: [{ kind: 'invoice-number', value: invoiceNumber }] },
    ],
    links: [{ from: 0, to: 1, qualifier: 'bills', amount: moneyOf(deal, item.amount) }],
  });
}

/** Zuora: the invoice was posted in billing. */
export function postedInBilling(
  deal: Deal,
  item: BillingItem,
  at: number,
  { amount = item.amount, invoiceNumber = keyOf.invoice(deal, item) } = {},
): ScenarioSignal {
  return zuoraCallout('1110', 'InvoicePosted', at, {
    AccountNumber: keyOf.billingAccount(deal),
    AccountName: deal.customer,
    InvoiceNumber: invoiceNumber,
    InvoiceAmount: amount,
    InvoiceBalance: amount,
    InvoiceDate: item.billingDate,
    InvoiceDueDate: item.dueDate,
    Currency: deal.currency,
    InvoiceStatus: 'Posted',
    LegalEntity: deal.legalEntity,
    SubscriptionNumber: keyOf.subscription(deal),
  });
}

/** NetSuite: the invoice stands in receivables; Zuora's number is its external id. */
export function postedInReceivables(
  deal: Deal,
  item: BillingItem,
  at: number,
  { amount = item.amount } = {},
): ScenarioSignal {
  return netsuiteRecord('invoice', at, {
    id: keyOf.erpInvoice(deal, item),
    tranid: `NS-${keyOf.invoice(deal, item)}`,
    externalid: keyOf.invoice(deal, item),
    ...ownedBy(deal),
    entity: { id: keyOf.erpCustomer(deal), refName: deal.customer },
    total: amount,
    trandate: item.billingDate,
    duedate: item.dueDate,
    approvalstatus: '2',
  });
}

/** NetSuite: what was billed is deferred; the event names the invoice by both its numbers, and the entry that did it. */
export function revenueDeferred(deal: Deal, item: BillingItem, at: number, run?: Run): ScenarioSignal[] {
  const entry = keyOf.deferral(deal, item);
  return [
    journalPosted(deal, item, entry, at),
    financeEvent(
      'invoice.revenue-deferred',
      keyOf.invoice(deal, item),
      iso(at),
      {
        system: 'netsuite',
        integration: BILLING.deferral,
        objects: [invoiceInBoth(deal, item), objectOf.journalEntry(deal, entry)],
        links: [{ from: 0, to: 1, qualifier: 'posts' }],
      },
      run,
    ),
  ];
}

/** NetSuite: how the invoice is earned. */
export function revenueScheduleCreated(deal: Deal, item: BillingItem, at: number): ScenarioSignal {
  return financeEvent('revenue-schedule.created', keyOf.revenueSchedule(deal, item), iso(at), {
    system: 'netsuite',
    integration: BILLING.revenueSchedule,
    objects: [
      objectOf.revenueSchedule(deal, item, {
        amount: moneyOf(deal, item.amount),
        attributes: { postingPeriod: item.postingPeriod },
      }),
      objectOf.invoice(deal, item),
      objectOf.item(deal, item),
    ],
    links: [
      { from: 1, to: 0, qualifier: 'recognises' },
      { from: 2, to: 0, qualifier: 'recognises' },
    ],
  });
}

/** NetSuite: the close posted what was earned, and says of which schedule it is. */
export function revenueRecognised(deal: Deal, item: BillingItem, at: number): ScenarioSignal[] {
  const entry = keyOf.recognition(deal, item);
  return [
    journalPosted(deal, item, entry, at),
    financeEvent('revenue-schedule.recognised', keyOf.revenueSchedule(deal, item), iso(at), {
      system: 'netsuite',
      integration: BILLING.recognition,
      objects: [objectOf.revenueSchedule(deal, item), objectOf.journalEntry(deal, entry)],
      links: [{ from: 0, to: 1, qualifier: 'posts' }],
    }),
  ];
}

/** The invoice by Zuora's number and by NetSuite's: two names of one object. */
export function invoiceInBoth(deal: Deal, item: BillingItem): FinanceEventObject {
  const inBilling = objectOf.invoice(deal, item);
  const inErp = { system: 'netsuite', kind: 'invoice-id', value: keyOf.erpInvoice(deal, item) };
  return { ...inBilling, keys: [...inBilling.keys, inErp] };
}

/** What says in NetSuite whose a record is, and in which currency. */
export function ownedBy({ legalEntity, currency }: Deal): Readonly<Record<string, unknown>> {
  return { subsidiary: { id: legalEntity, refName: legalEntity }, currency };
}

function journalPosted(deal: Deal, item: BillingItem, id: string, at: number): ScenarioSignal {
  return netsuiteRecord('journalentry', at, {
    id,
    tranid: `JE-${id}`,
    ...ownedBy(deal),
    trandate: iso(at).slice(0, 10),
    postingperiod: { id: item.postingPeriod, refName: item.postingPeriod },
    approved: true,
  });
}
