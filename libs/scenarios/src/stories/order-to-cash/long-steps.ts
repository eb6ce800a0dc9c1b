import {
  type StoryOrder,
  contractApproved,
  moneyOf,
  orderAccepted,
  paymentApplied,
  paymentReceived,
} from '../../order-signals.js';
import type { Run } from '../../wire-forms.js';
import type { CreditFigures } from './documents.js';
import {
  creditCheckRequested,
  creditChecked,
  deliveryBilled,
  deliveryPlanned,
  goodsIssued,
  invoiceForecast,
  orderForecast,
  orderReleased,
  positionFromStatement,
  statementReceived,
  statusInCrm,
} from './liquidity-signals.js';
import { type Step, DAY, HOUR, MINUTE, dayAfter } from './telling.js';

/** When the steps of an untroubled order happen, after its contract was approved. */
export const WHEN = {
  checkRequested: MINUTE,
  checked: 4 * MINUTE,
  accepted: 9 * MINUTE,
  orderForecast: 14 * MINUTE,
  released: 39 * MINUTE,
  planned: HOUR,
  issued: 2 * DAY + 2 * HOUR,
  billed: 2 * DAY + 4 * HOUR,
  invoiceForecast: 2 * DAY + 4 * HOUR + 6 * MINUTE,
  received: 16 * DAY + HOUR,
  applied: 16 * DAY + 2 * HOUR + 30 * MINUTE,
  inCrm: 16 * DAY + 2 * HOUR + 45 * MINUTE,
  statement: 16 * DAY + 21 * HOUR + 30 * MINUTE,
  position: 16 * DAY + 22 * HOUR + 15 * MINUTE,
} as const;

/** Days after the approval on which an order leaves, and on which its invoice is due. */
export const DELIVERY_DAYS = 2;
export const DUE_DAYS = 16;

/** Of the customers of these orders nobody owes near as much as he may. */
const WITHIN_LIMIT: CreditFigures = { limit: '1000000.00', exposure: '310000.00' };

/** The contract is approved and its credit checked. */
export function checked(order: StoryOrder, figures = WITHIN_LIMIT): Step[] {
  return [
    [0, (at) => contractApproved(order, at)],
    [WHEN.checkRequested, (at) => creditCheckRequested(order, at)],
    [WHEN.checked, (at) => creditChecked(order, at, figures)],
  ];
}

/** The order reaches the ERP and, by its number, the forecast. */
export function accepted(order: StoryOrder, after: number = WHEN.accepted, run?: Run): Step[] {
  return [
    [after, (at) => orderAccepted(order, at, run)],
    [after + 5 * MINUTE, (at) => orderForecast(order, at, monthDue(at, DUE_DAYS))],
  ];
}

/** From the approval until the order may be delivered. */
export function sold(order: StoryOrder): Step[] {
  return [...checked(order), ...accepted(order), [WHEN.released, (at) => orderReleased(order, at)]];
}

/** The whole order leaves in one delivery. */
export function delivered(order: StoryOrder): Step[] {
  return [
    [WHEN.planned, (at) => deliveryPlanned(order, at, dayAfter(at, DELIVERY_DAYS))],
    [WHEN.issued, (at) => goodsIssued(order, at)],
  ];
}

/** One invoice for it, and the invoice takes the order's place in the forecast. */
export function billed(order: StoryOrder): Step[] {
  return [
    [WHEN.billed, (at) => deliveryBilled(order, at, dayAfter(at, DUE_DAYS - DELIVERY_DAYS))],
    [WHEN.invoiceForecast, (at) => invoiceForecast(order, at, monthDue(at, DUE_DAYS - DELIVERY_DAYS))],
  ];
}

/** The customer pays on the day that the invoice is due; the payment is applied and CRM told. */
export function paid(order: StoryOrder): Step[] {
  return [
    [WHEN.received, (at) => paymentReceived([order], at, moneyOf(order))],
    [WHEN.applied, (at) => paymentApplied([order], at, moneyOf(order))],
    [WHEN.inCrm, (at) => statusInCrm(order, at)],
  ];
}

/** The bank's statement comes early next morning, and the position is made of it. */
export function inPosition(payment: StoryOrder, late = 0): Step[] {
  return [
    [WHEN.statement + late, (at) => statementReceived([payment], at)],
    [WHEN.position + late, (at) => positionFromStatement(payment, at)],
  ];
}

function monthDue(at: string, days: number): string {
  return dayAfter(at, days).slice(0, 7);
}
