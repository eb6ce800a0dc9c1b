import { problemSignature } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import { type StoryOrder, keyOf } from '../../order-signals.js';
import type { Story } from '../../story.js';
import {
  acceptedByIdoc,
  billingFile,
  brazilKeyOf,
  brazilianSale,
  forecastInBrazil,
  lineRefused,
  paymentFile,
  receivedInBrazil,
  releasedByIdoc,
  shipment,
} from './brazil-signals.js';
import { bankEntryOf } from './documents.js';
import { pendingFrom, statementOfPayment } from './expectations.js';
import { statusInCrm } from './liquidity-signals.js';
import { DELIVERY_DAYS, DUE_DAYS, WHEN, checked, inPosition } from './long-steps.js';
import { type Step, DAY, HOUR, MINUTE, dayAfter, tell } from './telling.js';

type Milestones = TransactionSummary['milestones'];

/** The billing file is written at 17:45, a quarter of an hour before it is due, for an order approved at 10:00. */
const FILE = 2 * DAY + 7 * HOUR + 45 * MINUTE;
const APPLIED = 16 * DAY + 4 * HOUR;

const pairOf = (number: string): [StoryOrder, StoryOrder] => [
  brazilianSale(number, '99999.99'),
  brazilianSale(`${number}-2`, '4500.00'),
];

const monthAfter = (at: string, days: number) => dayAfter(at, days).slice(0, 7);

/** Until the goods left; the credit of the customer is checked centrally, everything else is told by IDocs. */
const shipped = (order: StoryOrder): Step[] => [
  ...checked(order),
  [WHEN.accepted, (at) => acceptedByIdoc(order, at)],
  [WHEN.orderForecast, (at) => forecastInBrazil(order, at, monthAfter(at, DUE_DAYS), 'order')],
  [WHEN.released, (at) => releasedByIdoc(order, at)],
  [WHEN.planned, (at) => shipment(order, at, 'created', dayAfter(at, DELIVERY_DAYS))],
  [WHEN.issued, (at) => shipment(order, at, 'posted')],
];

const inForecast = (order: StoryOrder, after: number): Step => [
  after + 6 * MINUTE,
  (at) => forecastInBrazil(order, at, monthAfter(at, DUE_DAYS - DELIVERY_DAYS), 'invoice'),
];

const paidInBrazil = (order: StoryOrder): Step[] => [
  [WHEN.received, (at) => receivedInBrazil(order, bankEntryOf(order), at)],
  [APPLIED, (at) => paymentFile(order, at)],
  [APPLIED + 15 * MINUTE, (at) => statusInCrm(order, at)],
  ...inPosition(order),
];

/** A file names the day and the run, so that the file of the day after has another name. */
const fileOf = (number: string, at: string) => `NF_${at.slice(0, 10).replaceAll('-', '')}_${number}.csv`;

/** Two orders in one billing file. */
export const brazilJourney: Journey = {
  name: 'order-to-cash/brazil-legacy-erp',
  share: 170,
  play(number, startsAt) {
    const orders = pairOf(number);
    return tell(startsAt, [
      ...orders.flatMap(shipped),
      [FILE, (at) => billingFile(fileOf(number, at), orders, at, dayAfter(at, DUE_DAYS - DELIVERY_DAYS))],
      ...orders.flatMap((order) => [inForecast(order, FILE), ...paidInBrazil(order)]),
    ]);
  },
};

const refusal = {
  code: 'mapping-and-master-data.tax-code-mismatch',
  discriminators: { taxCode: 'ICMS-12' },
  message: 'ICMS-12 is no tax code of deliveries from Santos',
  field: '/codigoImposto',
};

/** One line of the file is refused and the other posted; the corrected line is in the file of the next day. */
export const brazilRefusedJourney: Journey = {
  name: 'order-to-cash/brazil-line-refused',
  share: 6,
  play(number, startsAt) {
    const [posted, refused] = pairOf(number);
    const next = FILE + DAY - 6 * HOUR;
    return tell(startsAt, [
      ...[posted, refused].flatMap(shipped),
      [FILE, (at) => billingFile(fileOf(number, at), [posted], at, dayAfter(at, DUE_DAYS - DELIVERY_DAYS))],
      [FILE, (at) => lineRefused(fileOf(number, at), refused, at, refusal)],
      inForecast(posted, FILE),
      [next, (at) => billingFile(fileOf(number, at), [refused], at, dayAfter(at, DUE_DAYS - DELIVERY_DAYS - 1))],
      inForecast(refused, next),
    ]);
  },
};

// 10:00 in São Paulo, which is UTC-3.
const STARTS_AT = '2026-09-01T13:00:00Z';
const [ran, halfRan] = [pairOf('15111'), pairOf('15114')];

const membersOf = (order: StoryOrder) => [
  `bank-entry ${keyOf.bankEntry(order)}`,
  `contract ${keyOf.contract(order)}`,
  `delivery ${brazilKeyOf.shipment(order)}`,
  `invoice ${brazilKeyOf.invoice(order)}`,
  `payment ${keyOf.payment(order)}`,
  `sales-order ${keyOf.salesOrder(order)}`,
];

/**
 * Due, local: ERP 10:04 + 15 min; forecast 10:09 + 10 min; release 10:09 + one open hour; goods by the end of Thursday, 3 September.
 * An IDoc is an event alone, so that the order is accepted at 10:09:00.
 */
const shippedMilestones = (order: StoryOrder): Milestones => ({
  'contract-approved': '2026-09-01T13:00:00.000Z',
  'credit-exposure-checked': ['2026-09-01T13:04:00.000Z', '2026-09-01T13:10:00.000Z'],
  [`order-accepted ${keyOf.salesOrder(order)}`]: ['2026-09-01T13:09:00.000Z', '2026-09-01T13:19:00.000Z'],
  [`forecast-updated-from-order ${keyOf.salesOrder(order)}`]: ['2026-09-01T13:14:00.000Z', '2026-09-01T13:19:00.000Z'],
  [`order-released ${keyOf.salesOrder(order)}`]: ['2026-09-01T13:39:00.000Z', '2026-09-01T14:09:00.000Z'],
  [`goods-issued ${brazilKeyOf.shipment(order)}`]: ['2026-09-03T15:00:00.000Z', '2026-09-04T03:00:00.000Z'],
});

/** The file of 17:45, due at 18:00; the forecast ten minutes after it. */
const billedMilestones = (order: StoryOrder): Milestones => ({
  ...shippedMilestones(order),
  [`invoice-posted ${brazilKeyOf.invoice(order)}`]: ['2026-09-03T20:45:00.000Z', '2026-09-03T21:00:00.000Z'],
  [`forecast-replaced-by-invoice ${brazilKeyOf.invoice(order)}`]: [
    '2026-09-03T20:51:00.000Z',
    '2026-09-03T20:55:00.000Z',
  ],
});

/** Paid at 11:00 on the due date, applied by the file of 14:00 (due at 15:00), CRM half an hour later, position by 09:00 on Friday. */
const completed = (order: StoryOrder): TransactionSummary => ({
  progress: 'completed',
  members: membersOf(order),
  hubs: [`bank-statement STMT-${order.number}`, 'cash-forecast BR01/BRL/2026-09', `cash-position POS-${order.number}`],
  milestones: {
    ...billedMilestones(order),
    [`payment-received ${keyOf.payment(order)}`]: ['2026-09-17T14:00:00.000Z', '2026-09-18T03:00:00.000Z'],
    [`cash-position-updated ${keyOf.bankEntry(order)}`]: ['2026-09-18T11:15:00.000Z', '2026-09-18T12:00:00.000Z'],
    [`payment-applied ${keyOf.payment(order)}`]: ['2026-09-17T17:00:00.000Z', '2026-09-17T18:00:00.000Z'],
    [`status-in-crm ${keyOf.payment(order)}`]: ['2026-09-17T17:15:00.000Z', '2026-09-17T17:30:00.000Z'],
  },
});

const statementOf = (order: StoryOrder) =>
  statementOfPayment(order, '2026-09-18T10:30:00.000Z', ['2026-09-18T11:15:00.000Z', '2026-09-18T12:00:00.000Z']);

const linksOf = (order: StoryOrder) => {
  const [invoice, crm] = [brazilKeyOf.invoice(order), keyOf.salesOrder(order)];
  return [
    `customer ACC-Usina Boa Vista S.A. ─placed-by→ contract ${keyOf.contract(order)}`,
    `credit-exposure BR01/Usina Boa Vista S.A. ─weighs-on→ contract ${keyOf.contract(order)}`,
    `contract ${keyOf.contract(order)} ─fulfils→ sales-order ${crm}`,
    `sales-order ${crm} ─projects ${order.amount} BRL→ cash-forecast BR01/BRL/2026-09`,
    `sales-order ${crm} ─delivers→ delivery ${brazilKeyOf.shipment(order)}`,
    `delivery ${brazilKeyOf.shipment(order)} ─bills→ invoice ${invoice}`,
    `sales-order ${crm} ─bills ${order.amount} BRL→ invoice ${invoice}`,
    `invoice ${invoice} ─projects ${order.amount} BRL→ cash-forecast BR01/BRL/2026-09`,
  ];
};

const paymentLinks = (order: StoryOrder) => [
  `invoice ${brazilKeyOf.invoice(order)} ─settles ${order.amount} BRL→ payment ${keyOf.payment(order)}`,
  `payment ${keyOf.payment(order)} ─books ${order.amount} BRL→ bank-entry ${keyOf.bankEntry(order)}`,
  `bank-entry ${keyOf.bankEntry(order)} ─lists ${order.amount} BRL→ bank-statement STMT-${order.number}`,
  `bank-statement STMT-${order.number} ─gathers→ cash-position POS-${order.number}`,
];

/** The regional ERP is one more set of names and two more ways in: the same process, on the calendar and clock of Brazil. */
export const brazil: Story = {
  name: 'orders that are posted in the regional ERP of Brazil',
  signals: signalsOf(brazilJourney, '15111', STARTS_AT),
  expected: {
    transactions: Object.assign(
      {},
      ...ran.map((order) => ({ [`order-to-cash ${keyOf.contract(order)}`]: completed(order), ...statementOf(order) })),
    ),
    problems: [],
  },
  lineage: [...new Set(ran.flatMap((order) => [...linksOf(order), ...paymentLinks(order)]))],
  money: {},
  pending: [
    {
      line: 'a billing file of which fewer lines arrive than its trailer says is told the same evening',
      needs: 'completeness',
    },
  ],
};

const [posted, refused] = halfRan;

/** One line waits for its tax code and the other does not; the corrected line comes late, and its due date stays. */
export const brazilLineRefused: Story = {
  name: 'a line of a billing file from Brazil that is refused',
  signals: signalsOf(brazilRefusedJourney, '15114', STARTS_AT),
  expected: {
    transactions: Object.fromEntries(
      halfRan.map((order): [string, TransactionSummary] => [
        `order-to-cash ${keyOf.contract(order)}`,
        {
          progress: 'running',
          members: membersOf(order).filter((name) => !/^(payment|bank-entry) /.test(name)),
          hubs: ['cash-forecast BR01/BRL/2026-09'],
          milestones: {
            ...billedMilestones(order),
            // Friday 11:45, though it was due at 18:00 on the day of the goods issue.
            ...(order === refused && {
              'invoice-posted NF-15114-2': ['2026-09-04T14:45:00.000Z', '2026-09-03T21:00:00.000Z'],
              'forecast-replaced-by-invoice NF-15114-2': ['2026-09-04T14:51:00.000Z', '2026-09-04T14:55:00.000Z'],
            }),
            'payment-received': ['pending', '2026-09-18T03:00:00.000Z'],
            ...pendingFrom('cash-position-updated'),
          },
        },
      ]),
    ),
    problems: [
      {
        subject: 'invoice NF-15114-2',
        hop: 'legacy-br-billing-files',
        signature: problemSignature(refusal.code, refusal.discriminators),
        occurrences: 1,
        lastOccurredAt: '2026-09-03T20:45:00.000Z',
        clearedAt: '2026-09-04T14:45:00.000Z',
      },
    ],
  },
  lineage: [...new Set([...linksOf(posted), ...linksOf(refused)])],
  money: {
    'invoice NF-15114': ['in 99999.99 BRL, balanced', 'out 0.00 BRL, open 99999.99'],
    'invoice NF-15114-2': ['in 4500.00 BRL, balanced', 'out 0.00 BRL, open 4500.00'],
  },
  states: [
    {
      at: '2026-09-07T12:00:00.000Z',
      of: { 'order-to-cash C-15114': 'WAITING', 'order-to-cash C-15114-2': 'WAITING' },
    },
  ],
};
