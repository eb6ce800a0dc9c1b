import { type Journey, signalsOf } from '../../journey.js';
import { type StoryOrder, keyOf } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { financeEvent } from '../../wire-forms.js';
import { changedInErp } from './changed-orders.js';
import { contractOf } from './documents.js';
import { billedMilestones, linksOfInvoice, linksUntilOrder, pendingFrom } from './expectations.js';
import { deliveryBilled, invoiceForecast } from './liquidity-signals.js';
import { WHEN, delivered, sold } from './long-steps.js';
import { DAY, MINUTE, dayAfter, saleOf, tell } from './telling.js';

const AMENDED_AMOUNT = '52000.00';

/** Salesforce: what was agreed, each time whole. */
function agreed(type: string, order: StoryOrder, at: string, paymentTerms: string): ScenarioSignal {
  return financeEvent(type, `${keyOf.contract(order)}:${paymentTerms}`, at, {
    system: 'salesforce',
    objects: [contractOf(order, { attributes: { paymentTerms } })],
  });
}

/** Agreed with fourteen days to pay; next day it is amended to more goods and thirty days, before anything has left. */
export const amendedJourney: Journey = {
  name: 'order-to-cash/amended-contract',
  share: 15,
  play(number, startsAt) {
    const [first, amended] = [saleOf(number), saleOf(number, AMENDED_AMOUNT)];
    return tell(startsAt, [
      ...sold(first),
      [0, (at) => agreed('contract.agreed', first, at, 'NET14')],
      [DAY, (at) => agreed('contract.amended', amended, at, 'NET30')],
      [DAY + 10 * MINUTE, (at) => changedInErp(amended, at)],
      ...delivered(amended),
      [WHEN.billed, (at) => deliveryBilled(amended, at, dayAfter(at, 30))],
      [WHEN.invoiceForecast, (at) => invoiceForecast(amended, at, dayAfter(at, 30).slice(0, 7))],
    ]);
  },
};

const amended = saleOf('15081', AMENDED_AMOUNT);

/** The invoice is due by the terms as amended: under the old ones the customer would have been late since 17 September. */
export const amendedContract: Story = {
  name: 'a contract that is amended before it is delivered',
  signals: signalsOf(amendedJourney, amended.number, '2026-09-01T08:00:00Z'),
  expected: {
    transactions: {
      'order-to-cash C-15081': {
        progress: 'running',
        members: ['contract C-15081', 'delivery 8015081', 'invoice 9015081', 'sales-order SO-15081'],
        // Expected in September by the first terms, in October by the amended ones.
        hubs: ['cash-forecast DE01/EUR/2026-09', 'cash-forecast DE01/EUR/2026-10'],
        milestones: {
          ...billedMilestones(amended),
          // Thirty days after Thursday, 3 September: the end of Saturday, 3 October, in Berlin.
          'payment-received': ['pending', '2026-10-03T22:00:00.000Z'],
          ...pendingFrom('cash-position-updated'),
        },
      },
    },
    problems: [],
  },
  lineage: [
    // The forecast had the order with the amount of then.
    ...linksUntilOrder(saleOf('15081'), '2026-09'),
    ...linksOfInvoice(amended, '2026-10'),
  ],
  // 52 000.00 are agreed, ordered and billed.
  money: { 'invoice 9015081': ['in 52000.00 EUR, balanced', 'out 0.00 EUR, open 52000.00'] },
  states: [
    { at: '2026-09-20T08:00:00.000Z', of: { 'order-to-cash C-15081': 'WAITING' } },
    { at: '2026-10-05T08:00:00.000Z', of: { 'order-to-cash C-15081': 'WAITING' } },
  ],
};
