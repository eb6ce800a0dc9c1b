import type { FinanceEventKey, FinanceEventObject, Money } from '@throughline/canonical';
import { periodKey } from '@throughline/lineage';

/** By what planning looks at revenue. */
export type Dimensions = { region: string; segment: string; productFamily: string; channel: string };

/** A deal that was booked and is to show in the plan; its business numbers are made of `number`. */
export type StoryBooking = {
  number: string;
  legalEntity: 'DE01' | 'US01' | 'BR01' | 'SG01';
  currency: string;
  amount: string;
  customer: string;
  product: string;
  costCenter: string;
  dimensions: Dimensions;
  /** "2026-04", of the revenue. */
  postingPeriod: string;
};

export const PLAN_INTEGRATION = {
  booking: 'salesforce-booking-to-erp',
  billing: 'erp-billing-of-bookings',
  revenue: 'erp-revenue-posting',
  actuals: 'erp-actuals-to-planning',
  close: 'erp-close-to-planning',
} as const;

/** The leading ledger. */
export const LEDGER = '0L';

/** Names under which people know what belongs to a booking. */
export const nameOf = {
  opportunity: ({ number }: StoryBooking) => `OPP-${number}`,
  booking: ({ number }: StoryBooking) => `BK-${number}`,
  crmOrder: ({ number }: StoryBooking) => `BO-${number}`,
  erpOrder: ({ number }: StoryBooking) => `49${number}`,
  invoice: ({ number }: StoryBooking) => `97${number}`,
  journalEntry: ({ number }: StoryBooking) => `19${number}`,
  /** Of the four-hourly load, and of the package of the close. */
  actualsBatch: ({ number }: StoryBooking) => `ACT-${number}`,
  closeBatch: ({ number }: StoryBooking) => `CLOSE-${number}`,
  forecastVersion: ({ number }: StoryBooking) => `FC-${number}`,
  report: ({ number }: StoryBooking) => `MGMT-${number}`,
  period: ({ legalEntity, postingPeriod }: StoryBooking) =>
    periodKey({ legalEntity, ledger: LEDGER, period: postingPeriod }),
};

export function moneyOf({ amount, currency }: StoryBooking): Money {
  return { amount, currency };
}

export function bookingOf(booking: StoryBooking): FinanceEventObject {
  return {
    ...document(booking, 'booking'),
    keys: [{ system: 'salesforce', kind: 'booking', value: nameOf.booking(booking) }],
    attributes: { ...booking.dimensions, product: booking.product },
  };
}

export function opportunityOf(booking: StoryBooking): FinanceEventObject {
  return {
    ...document(booking, 'opportunity'),
    keys: [{ system: 'salesforce', kind: 'opportunity', value: nameOf.opportunity(booking) }],
  };
}

export function crmOrderOf(booking: StoryBooking): FinanceEventObject {
  return {
    ...document(booking, 'sales-order'),
    keys: [{ system: 'salesforce', kind: 'order-number', value: nameOf.crmOrder(booking) }],
  };
}

export function erpOrderKey(booking: StoryBooking): FinanceEventKey {
  return { system: 'sap-s4hana', kind: 'sales-order', value: nameOf.erpOrder(booking) };
}

export function erpOrderOf(booking: StoryBooking): FinanceEventObject {
  return { ...document(booking, 'sales-order'), keys: [erpOrderKey(booking)] };
}

export function invoiceOf(booking: StoryBooking): FinanceEventObject {
  return {
    ...document(booking, 'invoice'),
    keys: [{ system: 'sap-s4hana', kind: 'billing-document', value: nameOf.invoice(booking) }],
  };
}

/** The posting of the revenue; `without` is a dimension that the posting does not say. */
export function journalEntryOf(booking: StoryBooking, without?: keyof Dimensions): FinanceEventObject {
  const { legalEntity, postingPeriod, dimensions, product, costCenter } = booking;
  const attributes: Record<string, string> = { ...dimensions, product, costCenter, postingPeriod };
  if (without !== undefined) delete attributes[without];
  return {
    type: 'journal-entry',
    // Numbers of postings restart in each company code and year.
    keys: [
      {
        system: 'sap-s4hana',
        kind: 'journal-entry',
        scope: `${legalEntity}/${postingPeriod.slice(0, 4)}`,
        value: nameOf.journalEntry(booking),
      },
    ],
    legalEntity,
    amount: moneyOf(booking),
    attributes,
  };
}

export function actualsBatchOf(booking: StoryBooking, name = nameOf.actualsBatch(booking)): FinanceEventObject {
  return { type: 'actuals-batch', keys: [{ system: 'anaplan', kind: 'load', value: name }] };
}

export function forecastVersionOf(booking: StoryBooking): FinanceEventObject {
  return {
    type: 'forecast-version',
    keys: [{ system: 'anaplan', kind: 'version', value: nameOf.forecastVersion(booking) }],
  };
}

export function reportOf(booking: StoryBooking): FinanceEventObject {
  return { type: 'report', keys: [{ system: 'anaplan', kind: 'report', value: nameOf.report(booking) }] };
}

export function periodOf(booking: StoryBooking): FinanceEventObject {
  return {
    type: 'accounting-period',
    keys: [{ system: 'sap-s4hana', kind: 'period', value: nameOf.period(booking) }],
  };
}

export function costCenterOf({ costCenter }: StoryBooking): FinanceEventObject {
  return { type: 'cost-center', keys: [{ system: 'sap-s4hana', kind: 'cost-center', value: costCenter }] };
}

export function customerOf({ customer }: StoryBooking): FinanceEventObject {
  return {
    type: 'customer',
    keys: [{ system: 'salesforce', kind: 'account-number', value: `ACC-${customer}` }],
    counterparty: customer,
  };
}

function document(booking: StoryBooking, type: FinanceEventObject['type']): Omit<FinanceEventObject, 'keys'> {
  const { legalEntity, customer } = booking;
  return { type, legalEntity, counterparty: customer, amount: moneyOf(booking), direction: 'inflow' };
}
