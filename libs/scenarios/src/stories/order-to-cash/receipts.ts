import { type Journey, signalsOf } from '../../journey.js';
import { moneyOf, paymentReceived } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import {
  hubsOf,
  linksOfInvoice,
  linksOfPayment,
  linksUntilOrder,
  membersOf,
  paidMilestones,
  statementOfPayment,
} from './expectations.js';
import { WHEN, billed, delivered, inPosition, paid, sold } from './long-steps.js';
import { HOUR, MINUTE, instantOf, saleOf, tell } from './telling.js';

/** The same delivery under a new id, as a sender makes it who believes that the first was lost. */
function redelivered(signal: ScenarioSignal): ScenarioSignal {
  const event = JSON.parse(signal.body) as { id: string };
  return { ...signal, name: `${signal.name}, again`, body: JSON.stringify({ ...event, id: `${event.id}:again` }) };
}

/** The webhook comes, comes again after twenty seconds, and a third time under another id. */
export const webhookThriceJourney: Journey = {
  name: 'order-to-cash/payment-webhook-thrice',
  share: 10,
  play(number, startsAt) {
    const order = saleOf(number);
    const webhook = paymentReceived([order], instantOf(startsAt + WHEN.received), moneyOf(order));
    return tell(startsAt, [
      ...sold(order),
      ...delivered(order),
      ...billed(order),
      ...paid(order),
      ...inPosition(order),
      [WHEN.received + 20_000, () => webhook],
      [WHEN.received + 5 * MINUTE, () => redelivered(webhook)],
    ]);
  },
};

/** The file of the bank does not come. */
export const bankFileMissingJourney: Journey = {
  name: 'order-to-cash/bank-file-missing',
  share: 3,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [...sold(order), ...delivered(order), ...billed(order), ...paid(order)]);
  },
};

/** The file of the bank comes five hours later than it should. */
export const bankFileLateJourney: Journey = {
  name: 'order-to-cash/bank-file-late',
  share: 6,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [
      ...sold(order),
      ...delivered(order),
      ...billed(order),
      ...paid(order),
      ...inPosition(order, 5 * HOUR),
    ]);
  },
};

const STARTS_AT = '2026-09-01T08:00:00Z';
const [thrice, missing, late] = [saleOf('15030'), saleOf('15033'), saleOf('15036')];

/** Three deliveries are one payment, and its money counts once. */
export const paymentWebhookThrice: Story = {
  name: 'a payment webhook that is delivered three times',
  signals: signalsOf(webhookThriceJourney, thrice.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15030': {
        progress: 'completed',
        members: membersOf(thrice),
        hubs: hubsOf(thrice, '2026-09'),
        milestones: paidMilestones(thrice),
      },
      ...statementOfPayment(thrice, '2026-09-18T05:30:00.000Z', [
        '2026-09-18T06:15:00.000Z',
        '2026-09-18T07:00:00.000Z',
      ]),
    },
    problems: [],
  },
  lineage: [...linksUntilOrder(thrice, '2026-09'), ...linksOfInvoice(thrice, '2026-09'), ...linksOfPayment(thrice)],
  money: {},
};

/** The credit came by day, and the position waits for the statement until 09:00 of the next business day. */
export const bankFileMissing: Story = {
  name: 'a bank file that does not come',
  signals: signalsOf(bankFileMissingJourney, missing.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15033': {
        progress: 'running',
        members: membersOf(missing),
        hubs: ['cash-forecast DE01/EUR/2026-09'],
        milestones: {
          ...paidMilestones(missing),
          'cash-position-updated ENTRY-15033': ['pending', '2026-09-18T07:00:00.000Z'],
        },
      },
    },
    problems: [],
  },
  lineage: [
    ...linksUntilOrder(missing, '2026-09'),
    ...linksOfInvoice(missing, '2026-09'),
    // Settled and booked, on no statement yet.
    ...linksOfPayment(missing).slice(0, 2),
  ],
  money: {},
  states: [
    { at: '2026-09-17T16:00:00.000Z', of: { 'order-to-cash C-15033': 'RUNNING' } },
    // From Thursday 11:00 to Friday 09:00 in Berlin are 22 hours: less than a fifth is left from 04:36 on.
    { at: '2026-09-18T02:30:00.000Z', of: { 'order-to-cash C-15033': 'RUNNING' } },
    { at: '2026-09-18T02:40:00.000Z', of: { 'order-to-cash C-15033': 'AT_RISK' } },
    { at: '2026-09-18T07:30:00.000Z', of: { 'order-to-cash C-15033': 'LATE' } },
  ],
  pending: [
    {
      line: 'the statement that is missing at 07:00 of the account itself is told before its position is late',
      needs: 'freshness',
    },
  ],
};

/** The position is there at last, late; so is that of the statement's own transaction, which was received at 12:30 in Berlin. */
export const bankFileLate: Story = {
  name: 'a bank file that comes late',
  signals: signalsOf(bankFileLateJourney, late.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15036': {
        progress: 'completed',
        members: membersOf(late),
        hubs: hubsOf(late, '2026-09'),
        milestones: {
          ...paidMilestones(late),
          'cash-position-updated ENTRY-15036': ['2026-09-18T11:15:00.000Z', '2026-09-18T07:00:00.000Z'],
        },
      },
      ...statementOfPayment(late, '2026-09-18T10:30:00.000Z', ['2026-09-18T11:15:00.000Z', '2026-09-18T07:00:00.000Z']),
    },
    problems: [],
  },
  lineage: [...linksUntilOrder(late, '2026-09'), ...linksOfInvoice(late, '2026-09'), ...linksOfPayment(late)],
  money: {},
  states: [
    {
      at: '2026-09-18T12:00:00.000Z',
      of: { 'order-to-cash C-15036': 'COMPLETED', 'treasury-statement STMT-15036': 'COMPLETED' },
    },
  ],
};
