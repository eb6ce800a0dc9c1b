import type { FinanceEventObject } from '@throughline/canonical';
import type { TransactionSummary } from '../../lineage-summary.js';
import { DAY, HOUR, MINUTE, type Telling, moneyOfText } from './telling.js';

/** A sale from contract to invoice; all its business numbers are made of `number`. */
export type Deal = {
  number: string;
  legalEntity: 'DE01' | 'US01' | 'BR01' | 'SG01';
  /** "1000.00 EUR": of the order, and of the invoice where that says no other. */
  amount: string;
  customer: string;
};

/** The documents of a deal under the names that the systems give them. */
export type DealDocuments = Record<'contract' | 'orderInCrm' | 'order' | 'invoice', FinanceEventObject>;

/** Integrations of the cases. */
export const BY = {
  orders: 'salesforce-contract-to-order',
  billing: 's4hana-billing',
  credits: 'bank-credits-to-kyriba',
  positions: 'kyriba-cash-position',
  application: 'kyriba-payments-to-s4hana',
} as const;

/** A document with an amount. */
export function documentOf(
  deal: Pick<Deal, 'legalEntity' | 'customer'>,
  type: FinanceEventObject['type'],
  key: FinanceEventObject['keys'][0],
  amount: string,
  direction: 'inflow' | 'outflow' = 'inflow',
): FinanceEventObject {
  const { legalEntity, customer: counterparty } = deal;
  return { type, keys: [key], legalEntity, counterparty, amount: moneyOfText(amount), direction };
}

/** CRM knows contract and order by its own numbers, the ERP order and invoice by its own. */
export function documentsOf(deal: Deal, invoiceAmount = deal.amount): DealDocuments {
  const { number, amount } = deal;
  const erpKey = { system: 'sap-s4hana', kind: 'sales-order', value: `45${number}` };
  const crmKey = { system: 'salesforce', kind: 'order-number', value: `SO-${number}` };
  const contractKey = { system: 'salesforce', kind: 'contract-number', value: `C-${number}` };
  return {
    contract: documentOf(deal, 'contract', contractKey, amount),
    orderInCrm: { ...documentOf(deal, 'sales-order', crmKey, amount), keys: [crmKey, erpKey] },
    order: documentOf(deal, 'sales-order', erpKey, amount),
    invoice: documentOf(
      deal,
      'invoice',
      { system: 'sap-s4hana', kind: 'billing-document', value: `90${number}` },
      invoiceAmount,
    ),
  };
}

/** Money that came in, and where it is booked. `booked` where the bank kept a part. */
export function receiptOf(
  deal: Pick<Deal, 'number' | 'legalEntity' | 'customer'>,
  amount: string,
  { booked = amount, suffix = '' }: { booked?: string; suffix?: string } = {},
): Record<'payment' | 'entry', FinanceEventObject> {
  const value = `${deal.number}${suffix}`;
  const scope = `${deal.legalEntity}-OPERATING`;
  return {
    payment: documentOf(
      deal,
      'payment',
      { system: 'kyriba', kind: 'payment-reference', value: `PAY-${value}` },
      amount,
    ),
    entry: documentOf(
      deal,
      'bank-entry',
      { system: 'kyriba', kind: 'entry-reference', scope, value: `ENTRY-${value}` },
      booked,
    ),
  };
}

/** CRM: contract approved. ERP five minutes later: order accepted. */
export function ordered(telling: Telling, { contract, orderInCrm }: DealDocuments): Telling {
  return telling.says(0, { system: 'salesforce', what: 'contract.approved', to: contract }).says(5 * MINUTE, {
    system: 'sap-s4hana',
    integration: BY.orders,
    what: 'sales-order.accepted',
    to: orderInCrm,
    links: [[contract, 'fulfils', orderInCrm]],
  });
}

/** Ordered, and the invoice posted seven hours after the start. */
export function invoiced(telling: Telling, documents: DealDocuments): Telling {
  const { order, invoice } = documents;
  return ordered(telling, documents).says(7 * HOUR, {
    system: 'sap-s4hana',
    integration: BY.billing,
    what: 'invoice.posted',
    to: invoice,
    links: [[order, 'bills', invoice]],
  });
}

/**
 * Treasury: the bank reported the credit, for which it may have kept a fee; ten minutes later the position has taken it in.
 * Neither knows what the money is for.
 */
export function received(
  telling: Telling,
  offset: number,
  { payment, entry }: Record<'payment' | 'entry', FinanceEventObject>,
  fee?: string,
): Telling {
  const { amount, currency } = entry.amount!;
  const booked = `${amount} ${currency}`;
  const position: FinanceEventObject = {
    type: 'cash-position',
    keys: [{ system: 'kyriba', kind: 'cash-position', value: `${telling.dayAfter(offset)}/${entry.keys[0].value}` }],
  };
  return telling
    .says(offset, {
      system: 'kyriba',
      integration: BY.credits,
      what: 'payment.received',
      to: payment,
      links: [
        [payment, 'books', entry, booked],
        ...(fee === undefined ? [] : [[payment, 'charges', entry, fee] as const]),
      ],
    })
    .says(offset + 10 * MINUTE, {
      system: 'kyriba',
      integration: BY.positions,
      what: 'cash-position.updated',
      to: position,
      links: [[entry, 'gathers', position, booked]],
    });
}

/** When the money of most cases comes in: on the fourth day, an hour after the time of the start. */
export const PAID = 3 * DAY + HOUR;
/** The ERP clears it an hour later. */
export const APPLIED = PAID + HOUR;

/** Links of a deal from its contract to its invoice. */
export function linksUntilInvoice(number: string): string[] {
  return [
    `contract C-${number} ─fulfils→ sales-order SO-${number}`,
    `sales-order SO-${number} ─bills→ invoice 90${number}`,
  ];
}

/** Links of a receipt from its payment to the position of the day. */
export function linksOfReceipt(value: string, booked: string, day = '2026-10-01'): string[] {
  return [
    `payment PAY-${value} ─books ${booked}→ bank-entry ENTRY-${value}`,
    `bank-entry ENTRY-${value} ─gathers ${booked}→ cash-position ${day}/ENTRY-${value}`,
  ];
}

/** Every story starts on Monday at 09:00 in Berlin: the times below are counted from there. */
export const STORY_START = '2026-09-28T07:00:00Z';

/** Milestones of a deal that started then, until its invoice: at once, after 5 minutes, after 7 hours. */
export function untilInvoice(number: string): TransactionSummary['milestones'] {
  return {
    'contract-approved': '2026-09-28T07:00:00.000Z',
    [`order-accepted SO-${number}`]: '2026-09-28T07:05:00.000Z',
    [`invoice-posted 90${number}`]: '2026-09-28T14:00:00.000Z',
  };
}

/**
 * Milestones of a receipt on Thursday 08:00 UTC that was cleared at 09:00. Four business hours from Thursday 08:00 UTC: in
 * Berlin it is 10:00, open until 18:00, so until 14:00 = 12:00 UTC; `appliedBy` where the entity has other hours.
 */
export function cleared(value: string, appliedBy = '2026-10-01T12:00:00.000Z'): TransactionSummary['milestones'] {
  return {
    [`payment-received PAY-${value}`]: '2026-10-01T08:00:00.000Z',
    [`cash-position-updated ENTRY-${value}`]: '2026-10-01T08:10:00.000Z',
    [`payment-applied PAY-${value}`]: ['2026-10-01T09:00:00.000Z', appliedBy],
  };
}

/** A deal that was paid by one receipt of the same number, whole. */
export function paidOnce(number: string, appliedBy?: string): TransactionSummary {
  return {
    progress: 'completed',
    members: [
      `bank-entry ENTRY-${number}`,
      `contract C-${number}`,
      `invoice 90${number}`,
      `payment PAY-${number}`,
      `sales-order SO-${number}`,
    ],
    hubs: [`cash-position 2026-10-01/ENTRY-${number}`],
    milestones: { ...untilInvoice(number), ...cleared(number, appliedBy) },
  };
}

/** Legal entity and currency of a telling: by its number one of these, the first for number 0, which the stories have. */
export function entityOf(
  number: string,
  entities: readonly Deal['legalEntity'][],
): { legalEntity: Deal['legalEntity']; currency: string } {
  const legalEntity = entities[Number(number.slice(-6)) % entities.length] ?? 'DE01';
  return { legalEntity, currency: { DE01: 'EUR', US01: 'USD', BR01: 'BRL', SG01: 'SGD' }[legalEntity] };
}
