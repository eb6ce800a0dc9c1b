import {
  type StoryOrder,
  INTEGRATION,
  contractApproved,
  invoicePosted,
  keyOf,
  orderAccepted,
} from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { financeEvent, runNamed, traceOfRun } from '../../wire-forms.js';
import { invoiceOf, orderInCrm, orderInErp } from './documents.js';
import { pendingFrom } from './expectations.js';
import { saleOf } from './telling.js';

const [circle, itself, claimed, claimant, future, unknown] = [
  saleOf('15090'),
  saleOf('15093'),
  saleOf('15096'),
  saleOf('15099'),
  saleOf('15102'),
  saleOf('15105'),
];

const accepted = (order: StoryOrder): ScenarioSignal[] => [
  contractApproved(order, '2026-09-01T08:00:00Z'),
  ...orderAccepted(order, '2026-09-01T08:09:00Z'),
];

const milestones = (order: StoryOrder, invoiceAt?: string) => {
  const {
    'forecast-replaced-by-invoice': _forecast,
    'status-in-crm': _crm,
    ...pending
  } = pendingFrom('invoice-posted');
  if (invoiceAt !== undefined) delete pending['invoice-posted'];
  return {
    'contract-approved': '2026-09-01T08:00:00.000Z',
    [`order-accepted ${keyOf.salesOrder(order)}`]: '2026-09-01T08:09:01.000Z',
    ...pending,
    ...(invoiceAt !== undefined && { [`invoice-posted ${keyOf.invoice(order)}`]: invoiceAt }),
  };
};

const running = (order: StoryOrder, invoiceAt?: string) => ({
  progress: 'running',
  members: [
    `contract ${keyOf.contract(order)}`,
    ...(invoiceAt === undefined ? [] : [`invoice ${keyOf.invoice(order)}`]),
    `sales-order ${keyOf.salesOrder(order)}`,
  ],
  hubs: [],
  milestones: milestones(order, invoiceAt),
});

const linksOf = (order: StoryOrder) => [
  `customer ACC-${order.customer} ─placed-by→ contract ${keyOf.contract(order)}`,
  `contract ${keyOf.contract(order)} ─fulfils→ sales-order ${keyOf.salesOrder(order)}`,
];

/** An archive says that the order belongs to its invoice, against the way of the business: nothing goes round for ever. */
export const linksInACircle: Story = {
  name: 'links that go in a circle',
  signals: [
    ...accepted(circle),
    invoicePosted(circle, '2026-09-03T12:00:00Z'),
    financeEvent('invoice.archived', keyOf.invoice(circle), '2026-09-04T02:00:00Z', {
      system: 'sap-s4hana',
      objects: [invoiceOf(circle), orderInErp(circle)],
      links: [{ from: 0, to: 1, qualifier: 'archived-with' }],
    }),
  ],
  expected: {
    transactions: { 'order-to-cash C-15090': running(circle, '2026-09-03T12:00:00.000Z') },
    problems: [],
  },
  lineage: [
    ...linksOf(circle),
    'sales-order SO-15090 ─bills→ invoice 9015090',
    'invoice 9015090 ─archived-with→ sales-order SO-15090',
  ],
  // Said once, at the one of the two with the lower id, whichever that is.
  findings: ['link-cycle of sales-order SO-15090'],
  money: { 'invoice 9015090': ['in 48200.00 EUR, balanced', 'out 0.00 EUR, open 48200.00'] },
  states: [{ at: '2026-09-05T08:00:00.000Z', of: { 'order-to-cash C-15090': 'RUNNING' } }],
};

const replacement = { ...itself, number: '15093-R' };

/** CRM replaces an order by another, and the ERP then tells that both are the one that it has. */
export const orderLinkedToItself: Story = {
  name: 'an order that turns out to replace itself',
  signals: [
    ...accepted(itself),
    financeEvent('sales-order.replaced', keyOf.salesOrder(itself), '2026-09-01T09:00:00Z', {
      system: 'salesforce',
      objects: [orderInCrm(itself), orderInCrm(replacement)],
      links: [{ from: 0, to: 1, qualifier: 'replaces' }],
    }),
    financeEvent('sales-order.confirmed', keyOf.erpOrder(itself), '2026-09-01T10:00:00Z', {
      system: 'sap-s4hana',
      objects: [
        {
          ...orderInErp(itself),
          keys: [...orderInErp(itself).keys, { system: 'salesforce', kind: 'order-number', value: 'SO-15093-R' }],
        },
      ],
    }),
  ],
  expected: { transactions: { 'order-to-cash C-15093': running(itself) }, problems: [] },
  // The link to itself is left out, and said.
  lineage: linksOf(itself),
  findings: ['self-link of sales-order SO-15093: replaces'],
};

/**
 * The ERP has accepted each order under a number of its own; the middleware then says that the first is the second. What was said
 * first counts, the two stay apart, and both show what was said against them.
 */
export const contradictoryAliases: Story = {
  name: 'two systems of record that name two orders one',
  signals: [
    ...accepted(claimed),
    ...accepted(claimant),
    financeEvent('sales-order.confirmed', keyOf.salesOrder(claimed), '2026-09-01T11:00:00Z', {
      system: 'sap-integration',
      objects: [
        {
          ...orderInCrm(claimed),
          keys: [
            ...orderInCrm(claimed).keys,
            { system: 'sap-s4hana', kind: 'sales-order', value: keyOf.erpOrder(claimant) },
          ],
        },
      ],
    }),
  ],
  expected: {
    transactions: { 'order-to-cash C-15096': running(claimed), 'order-to-cash C-15099': running(claimant) },
    problems: [],
  },
  lineage: [...new Set([...linksOf(claimed), ...linksOf(claimant)])],
  findings: [
    'contradictory-alias of sales-order SO-15096: sap-s4hana / sales-order',
    'contradictory-alias of sales-order SO-15099: sap-s4hana / sales-order',
  ],
};

/** A posting date was typed as 2062: what the sender says is kept, counted and shown as doubtful. */
export const farInTheFuture: Story = {
  name: 'an invoice of the year 2062',
  signals: [...accepted(future), invoicePosted(future, '2062-09-03T12:00:00Z')],
  expected: {
    transactions: { 'order-to-cash C-15102': running(future, '2062-09-03T12:00:00.000Z') },
    problems: [],
  },
  lineage: [...linksOf(future), 'sales-order SO-15102 ─bills→ invoice 9015102'],
  findings: ['implausible-time of invoice 9015102'],
};

/** A span says 48200.00 in a currency that does not exist: the step counts, and the amount is never taken for money. */
export const unknownCurrency: Story = {
  name: 'an invoice in a currency that nobody knows',
  signals: [
    ...accepted(unknown),
    traceOfRun(runNamed('billing in an unknown currency'), 'sap-s4hana', [
      {
        name: 'root',
        startedAt: '2026-09-03T12:00:00.000Z',
        endedAt: '2026-09-03T12:00:01.000Z',
        attributes: {
          'finance.activity.type': 'invoice.posted',
          'finance.integration.name': INTEGRATION.billing,
          'finance.object.type': 'invoice',
          'finance.object.key.kind': 'billing-document',
          'finance.object.key.value': keyOf.invoice(unknown),
          'finance.legal_entity': unknown.legalEntity,
          'finance.amount': unknown.amount,
          'finance.currency': 'EUX',
          'finance.sales_order.id': keyOf.erpOrder(unknown),
          'finance.key.kind.sales_order': 'sales-order',
          'finance.link.sales_order': 'bills',
        },
      },
    ]),
  ],
  expected: {
    transactions: { 'order-to-cash C-15105': running(unknown, '2026-09-03T12:00:01.000Z') },
    problems: [],
  },
  lineage: [...linksOf(unknown), 'sales-order SO-15105 ─bills→ invoice 9015105'],
  findings: ['unusable-amount of invoice 9015105'],
  // How much of the order was billed cannot be known, which is not nothing.
  money: { 'sales-order SO-15105': ['in 48200.00 EUR, balanced', 'out 0.00 EUR, unknown'] },
};
