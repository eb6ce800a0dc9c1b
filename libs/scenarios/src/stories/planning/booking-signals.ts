import { failedRun } from '../../failed-run.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { type Run, financeEvent, traceOfRun } from '../../wire-forms.js';
import {
  type Dimensions,
  PLAN_INTEGRATION,
  type StoryBooking,
  actualsBatchOf,
  bookingOf,
  costCenterOf,
  crmOrderOf,
  customerOf,
  erpOrderKey,
  erpOrderOf,
  forecastVersionOf,
  invoiceOf,
  journalEntryOf,
  moneyOf,
  nameOf,
  opportunityOf,
  periodOf,
  reportOf,
} from './booking.js';

export const MISSING_COST_CENTER = 'mapping-and-master-data.missing-cost-center-mapping';
export const MISSING_FIELD = 'data-quality.missing-field';
export const CONTRACT_VIOLATION = 'data-quality.contract-violation';

/** Salesforce: the deal is booked, and its order is on the way to the ERP. */
export function dealBooked(booking: StoryBooking, at: string): ScenarioSignal {
  return financeEvent('booking.created', nameOf.booking(booking), at, {
    system: 'salesforce',
    objects: [bookingOf(booking), opportunityOf(booking), crmOrderOf(booking), customerOf(booking)],
    links: [
      { from: 1, to: 0, qualifier: 'books' },
      { from: 0, to: 2, qualifier: 'fulfils', amount: moneyOf(booking) },
      { from: 3, to: 0, qualifier: 'placed-by' },
    ],
  });
}

/** SAP: the order of the booking was accepted; it says its own number beside the one that the CRM gave it. */
export function bookingAccepted(booking: StoryBooking, at: string, run: Run): ScenarioSignal[] {
  const order = crmOrderOf(booking);
  const attributes = {
    'finance.integration.name': PLAN_INTEGRATION.booking,
    'finance.object.type': 'sales-order',
    'finance.object.key.system': 'salesforce',
    'finance.object.key.kind': 'order-number',
    'finance.object.key.value': nameOf.crmOrder(booking),
  };
  return [
    traceOfRun(run, 'sap-integration', [{ name: 'root', startedAt: at, endedAt: at, attributes }]),
    financeEvent(
      'sales-order.accepted',
      nameOf.erpOrder(booking),
      at,
      {
        system: 'sap-s4hana',
        integration: PLAN_INTEGRATION.booking,
        objects: [{ ...order, keys: [...order.keys, erpOrderKey(booking)] }],
      },
      run,
    ),
  ];
}

/** SAP: the invoice was posted; it knows the order by its own number alone. */
export function bookingInvoiced(booking: StoryBooking, at: string): ScenarioSignal {
  return financeEvent('invoice.posted', nameOf.invoice(booking), at, {
    system: 'sap-s4hana',
    integration: PLAN_INTEGRATION.billing,
    objects: [invoiceOf(booking), erpOrderOf(booking)],
    links: [{ from: 1, to: 0, qualifier: 'bills', amount: moneyOf(booking) }],
  });
}

/** SAP: the revenue was recognised, in a period, at a cost center. */
export function revenueRecognised(booking: StoryBooking, at: string, without?: keyof Dimensions): ScenarioSignal {
  return financeEvent('journal-entry.posted', nameOf.journalEntry(booking), at, {
    system: 'sap-s4hana',
    integration: PLAN_INTEGRATION.revenue,
    objects: [journalEntryOf(booking, without), invoiceOf(booking), periodOf(booking), costCenterOf(booking)],
    links: [
      { from: 1, to: 0, qualifier: 'posts', amount: moneyOf(booking) },
      { from: 2, to: 0, qualifier: 'posted-in' },
      { from: 3, to: 0, qualifier: 'charged-to' },
    ],
  });
}

/** SAP: a dimension was added to the posting. */
export function dimensionAdded(booking: StoryBooking, at: string): ScenarioSignal {
  return financeEvent('journal-entry.changed', nameOf.journalEntry(booking), at, {
    system: 'sap-s4hana',
    objects: [journalEntryOf(booking)],
  });
}

/** Anaplan: actuals were loaded, by the four-hourly load or as the package of the close. */
export function actualsLoaded(booking: StoryBooking, by: 'load' | 'close', at: string): ScenarioSignal {
  const name = by === 'load' ? nameOf.actualsBatch(booking) : nameOf.closeBatch(booking);
  return financeEvent(by === 'load' ? 'actuals-batch.loaded' : 'actuals-batch.published', name, at, {
    system: 'anaplan',
    integration: by === 'load' ? PLAN_INTEGRATION.actuals : PLAN_INTEGRATION.close,
    objects: [actualsBatchOf(booking, name), journalEntryOf(booking), forecastVersionOf(booking)],
    links: [
      { from: 1, to: 0, qualifier: 'gathers', amount: moneyOf(booking) },
      { from: 0, to: 2, qualifier: 'feeds' },
    ],
  });
}

/** Anaplan: a report was made of the forecast version. */
export function reportMade(booking: StoryBooking, at: string): ScenarioSignal {
  return financeEvent('report.refreshed', nameOf.report(booking), at, {
    system: 'anaplan',
    objects: [reportOf(booking), forecastVersionOf(booking)],
    links: [{ from: 1, to: 0, qualifier: 'feeds' }],
  });
}

/** Planning knows no cost center for the product of a posting. */
export function productUnmapped(booking: StoryBooking, at: string, run: Run): ScenarioSignal[] {
  const { product } = booking;
  return postingRefused(booking, at, run, {
    code: MISSING_COST_CENTER,
    discriminators: { product },
    message: `Product ${product} is mapped to no cost center of the plan`,
    field: '/product',
    payload: { journalEntry: nameOf.journalEntry(booking), product },
  });
}

/** A posting without a dimension is refused by planning. */
export function dimensionMissing(
  booking: StoryBooking,
  dimension: keyof Dimensions,
  at: string,
  run: Run,
): ScenarioSignal[] {
  return postingRefused(booking, at, run, {
    code: MISSING_FIELD,
    discriminators: { dimension },
    message: `The posting says no ${dimension}`,
    field: `/${dimension}`,
    payload: { journalEntry: nameOf.journalEntry(booking), [dimension]: null },
  });
}

/** The model of planning has changed: it refuses the whole load. */
export function loadRefused(booking: StoryBooking, list: string, at: string, run: Run): ScenarioSignal[] {
  return failedRun(at, {
    run,
    service: 'anaplan',
    integration: PLAN_INTEGRATION.actuals,
    activityType: 'actuals-batch.refused',
    objects: [actualsBatchOf(booking), journalEntryOf(booking)],
    links: [{ from: 1, to: 0, qualifier: 'gathers', amount: moneyOf(booking) }],
    problem: {
      code: CONTRACT_VIOLATION,
      discriminators: { list },
      message: `The model has no list ${list} any more`,
      payload: { load: nameOf.actualsBatch(booking), list },
    },
  });
}

function postingRefused(
  booking: StoryBooking,
  at: string,
  run: Run,
  problem: Parameters<typeof failedRun>[1]['problem'],
): ScenarioSignal[] {
  return failedRun(at, {
    run,
    service: 'anaplan',
    integration: PLAN_INTEGRATION.actuals,
    activityType: 'journal-entry.refused',
    // Only the number is sure: what planning was sent of it is what it refuses.
    objects: [{ type: 'journal-entry', keys: journalEntryOf(booking).keys }],
    problem,
  });
}
