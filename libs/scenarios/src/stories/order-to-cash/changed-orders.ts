import { type Journey, signalsOf } from '../../journey.js';
import { type StoryOrder, INTEGRATION, keyOf, moneyOf, orderAccepted } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { financeEvent, runNamed } from '../../wire-forms.js';
import { contractOf, orderInCrm, orderInErp } from './documents.js';
import { linksUntilOrder, pendingFrom, soldMilestones } from './expectations.js';
import { failedRun } from '../../failed-run.js';
import { orderForecast, orderReleased } from './liquidity-signals.js';
import { DUE_DAYS, WHEN, checked } from './long-steps.js';
import { DAY, HOUR, MINUTE, dayAfter, saleOf, tell } from './telling.js';

const NEW_AMOUNT = '52000.00';

/** Salesforce: the customer wants more; the new amount is that of the contract and of its order. */
export function changedInCrm(order: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('sales-order.changed', `${keyOf.salesOrder(order)}:crm`, at, {
    system: 'salesforce',
    objects: [
      { ...orderInCrm(order), qualifier: 'subject' },
      { ...contractOf(order), qualifier: 'subject' },
    ],
    links: [{ from: 1, to: 0, qualifier: 'fulfils' }],
  });
}

/** SAP: the order has the new amount. */
export function changedInErp(order: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('sales-order.changed', keyOf.erpOrder(order), at, {
    system: 'sap-s4hana',
    integration: INTEGRATION.contractToOrder,
    objects: [orderInErp(order, { amount: moneyOf(order) })],
  });
}

/** The integration refuses to apply a change: what it would change is not there yet, or is newer. It says so without an amount. */
function changeRefused(order: StoryOrder, at: string, because: string, message: string, version: number) {
  const { amount: _refused, ...named } = orderInCrm(order);
  return failedRun(at, {
    activityType: 'sales-order.change-refused',
    service: 'sap-integration',
    integration: INTEGRATION.contractToOrder,
    objects: [named],
    problem: {
      code: 'timing-and-sequence.out-of-sequence',
      discriminators: { because },
      message,
      payload: { orderNumber: keyOf.salesOrder(order), amount: order.amount, currency: order.currency },
      payloadVersion: version,
    },
    run: runNamed(`refused change of ${order.number}: ${because}`),
  });
}

/** A change made while the order is on its way overtakes it, and is applied once it is there. */
export const overtakenOrderJourney: Journey = {
  name: 'order-to-cash/update-overtakes-order',
  share: 4,
  play(number, startsAt) {
    const [first, changed] = [saleOf(number), saleOf(number, NEW_AMOUNT)];
    return tell(startsAt, [
      ...checked(first),
      [7 * MINUTE, (at) => changedInCrm(changed, at)],
      [8 * MINUTE, (at) => changeRefused(changed, at, 'order-unknown', 'The order to be changed is not in SAP', 2)],
      [WHEN.accepted, (at) => orderAccepted(first, at)],
      [12 * MINUTE, (at) => changedInErp(changed, at)],
      [WHEN.orderForecast, (at) => orderForecast(changed, at, dayAfter(at, DUE_DAYS).slice(0, 7))],
      [WHEN.released, (at) => orderReleased(changed, at)],
    ]);
  },
};

/** The order is changed; next day somebody sends the first version again. */
export const oldPayloadJourney: Journey = {
  name: 'order-to-cash/old-payload-resent',
  share: 2,
  play(number, startsAt) {
    const [first, changed] = [saleOf(number), saleOf(number, NEW_AMOUNT)];
    return tell(startsAt, [
      ...checked(first),
      [WHEN.accepted, (at) => orderAccepted(first, at)],
      [11 * MINUTE, (at) => changedInCrm(changed, at)],
      [12 * MINUTE, (at) => changedInErp(changed, at)],
      [WHEN.orderForecast, (at) => orderForecast(changed, at, dayAfter(at, DUE_DAYS).slice(0, 7))],
      [WHEN.released, (at) => orderReleased(changed, at)],
      [DAY + HOUR, (at) => changeRefused(first, at, 'newer-in-force', 'Version 1 is older than version 2', 1)],
    ]);
  },
};

const STARTS_AT = '2026-09-01T08:00:00Z';
const [overtaken, resent] = [saleOf('15039', NEW_AMOUNT), saleOf('15045', NEW_AMOUNT)];

const soldAs = (order: StoryOrder) => ({
  progress: 'running',
  members: [`contract ${keyOf.contract(order)}`, `sales-order ${keyOf.salesOrder(order)}`],
  hubs: ['cash-forecast DE01/EUR/2026-09'],
  milestones: { ...soldMilestones(order), ...pendingFrom('invoice-posted') },
});

/** The refusal is overcome by the order's own arrival, and the new amount counts, which was told before the old one. */
export const updateOvertakesOrder: Story = {
  name: 'a CRM update that overtakes its order',
  signals: signalsOf(overtakenOrderJourney, overtaken.number, STARTS_AT),
  expected: {
    transactions: { 'order-to-cash C-15039': soldAs(overtaken) },
    problems: [
      {
        subject: 'sales-order SO-15039',
        hop: 'salesforce-contract-to-order',
        signature: 'timing-and-sequence.out-of-sequence|because=order-unknown',
        occurrences: 1,
        lastOccurredAt: '2026-09-01T08:08:02.000Z',
        clearedAt: '2026-09-01T08:09:01.000Z',
      },
    ],
  },
  lineage: linksUntilOrder(overtaken, '2026-09'),
  money: { 'sales-order SO-15039': ['in 52000.00 EUR, balanced', 'out 0.00 EUR, open 52000.00'] },
  states: [{ at: '2026-09-02T12:00:00.000Z', of: { 'order-to-cash C-15039': 'RUNNING' } }],
};

/** The older payload is refused, so the newer one stays in force: nothing but a problem comes of it, for a person to close. */
export const oldPayloadResent: Story = {
  name: 'a resent old payload that would overwrite a newer one',
  signals: signalsOf(oldPayloadJourney, resent.number, STARTS_AT),
  expected: {
    transactions: { 'order-to-cash C-15045': soldAs(resent) },
    problems: [
      {
        subject: 'sales-order SO-15045',
        hop: 'salesforce-contract-to-order',
        signature: 'timing-and-sequence.out-of-sequence|because=newer-in-force',
        occurrences: 1,
        lastOccurredAt: '2026-09-02T09:00:02.000Z',
        clearedAt: null,
      },
    ],
  },
  lineage: linksUntilOrder(resent, '2026-09'),
  money: { 'sales-order SO-15045': ['in 52000.00 EUR, balanced', 'out 0.00 EUR, open 52000.00'] },
  states: [{ at: '2026-09-02T12:00:00.000Z', of: { 'order-to-cash C-15045': 'BLOCKED' } }],
  pending: [
    { line: 'a requeue whose payload is older than the one in force is refused before it is sent', needs: 'requeue' },
  ],
};
