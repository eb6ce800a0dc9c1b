import { type FinanceEventObject, type Money, problemSignature } from '@throughline/canonical';
import type { ScenarioSignal } from './scenario-signal.js';
import { type Run, financeEvent, runNamed, traceOfRun } from './wire-forms.js';

/** An order of a story; all its business numbers are made of `number`. */
export type StoryOrder = {
  number: string;
  legalEntity: 'DE01' | 'US01' | 'BR01' | 'SG01';
  currency: string;
  amount: string;
  customer: string;
  sellingUnit: string;
};

/** What the requeue needs and people look at; the IBAN has to be masked wherever it is shown. */
const PAYEE_IBAN = 'DE89370400440532013000';

/** Integrations of the story. */
export const INTEGRATION = {
  contractToOrder: 'salesforce-contract-to-order',
  billing: 's4hana-billing',
  bankCredits: 'bank-credits-to-kyriba',
  cashPosition: 'kyriba-cash-position',
  payments: 'kyriba-payments-to-s4hana',
} as const;

/** Names under which people know the objects of an order. */
export const keyOf = {
  contract: (order: StoryOrder) => `C-${order.number}`,
  salesOrder: (order: StoryOrder) => `SO-${order.number}`,
  erpOrder: (order: StoryOrder) => `45${order.number}`,
  invoice: (order: StoryOrder) => `90${order.number}`,
  payment: (order: StoryOrder) => `PAY-${order.number}`,
  bankEntry: (order: StoryOrder) => `ENTRY-${order.number}`,
  cashPosition: (order: StoryOrder, valueDate: string) => `${valueDate}/${order.currency}`,
};

const MISSING_MAPPING = 'mapping-and-master-data.missing-legal-entity-mapping';

/** Signature of the missing mapping of an order's selling unit. */
export function missingMappingSignature(order: StoryOrder): string {
  return problemSignature(MISSING_MAPPING, { sellingUnit: order.sellingUnit });
}

/** Salesforce: the contract was approved. */
export function contractApproved(order: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('contract.approved', keyOf.contract(order), at, {
    system: 'salesforce',
    objects: [
      contract(order),
      {
        type: 'customer',
        qualifier: 'customer',
        keys: [{ kind: 'account-number', value: `ACC-${order.customer}` }],
        counterparty: order.customer,
      },
    ],
    links: [{ from: 1, to: 0, qualifier: 'placed-by' }],
  });
}

/** The integration found no company code for the selling unit: the trace of the run, and the middleware's event. */
export function orderSyncFailed(order: StoryOrder, at: string, run: Run): ScenarioSignal[] {
  const message = `No company code is mapped to selling unit ${order.sellingUnit}`;
  const problem = {
    'finance.problem.code': MISSING_MAPPING,
    'finance.problem.message': message,
    'finance.problem.discriminator.sellingUnit': order.sellingUnit,
  };
  const [startedAt, endedAt] = [at, plusSeconds(at, 2)];
  return [
    traceOfRun(run, 'sap-integration', [
      { name: 'root', startedAt, endedAt, attributes: { ...orderAttributes(order), ...problem }, error: message },
      {
        name: 'lookup legal-entity mapping',
        parent: 'root',
        startedAt,
        endedAt: plusSeconds(at, 1),
        attributes: {},
        error: message,
      },
    ]),
    financeEvent(
      'sales-order.rejected',
      `${keyOf.salesOrder(order)}:${run.traceId.slice(0, 8)}`,
      plusSeconds(at, 1),
      {
        system: 'sap-integration',
        integration: INTEGRATION.contractToOrder,
        outcome: 'failure',
        objects: [salesOrderInCrm(order), contract(order)],
        links: [{ from: 1, to: 0, qualifier: 'fulfils' }],
        problem: {
          code: MISSING_MAPPING,
          discriminators: { sellingUnit: order.sellingUnit },
          message,
          field: '/sellingUnit',
          payload: { orderNumber: keyOf.salesOrder(order), sellingUnit: order.sellingUnit, payeeIban: PAYEE_IBAN },
          payloadVersion: 1,
        },
      },
      run,
    ),
  ];
}

/** The order reached the ERP: the trace of the run, and the ERP's event with both numbers of the order. */
export function orderAccepted(
  order: StoryOrder,
  at: string,
  run: Run = runNamed(`sync ${order.number}`),
): ScenarioSignal[] {
  return [
    traceOfRun(run, 'sap-integration', [
      { name: 'root', startedAt: at, endedAt: plusSeconds(at, 2), attributes: orderAttributes(order) },
      {
        name: 'lookup legal-entity mapping',
        parent: 'root',
        startedAt: at,
        endedAt: plusSeconds(at, 1),
        attributes: {},
      },
    ]),
    financeEvent(
      'sales-order.accepted',
      keyOf.salesOrder(order),
      plusSeconds(at, 1),
      {
        system: 'sap-s4hana',
        integration: INTEGRATION.contractToOrder,
        objects: [
          {
            ...salesOrderInCrm(order),
            keys: [...salesOrderInCrm(order).keys, { kind: 'sales-order', value: keyOf.erpOrder(order) }],
          },
          contract(order),
        ],
        links: [{ from: 1, to: 0, qualifier: 'fulfils' }],
      },
      run,
    ),
  ];
}

/** SAP S/4HANA: the invoice was posted; it knows the order by its own number alone. */
export function invoicePosted(order: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('invoice.posted', keyOf.invoice(order), at, {
    system: 'sap-s4hana',
    integration: INTEGRATION.billing,
    objects: [invoice(order), finance(order, 'sales-order', [{ kind: 'sales-order', value: keyOf.erpOrder(order) }])],
    links: [{ from: 1, to: 0, qualifier: 'bills' }],
  });
}

/** Kyriba: the bank reported a credit; the first order's payment settles the invoices of all of them. */
export function paymentReceived(
  orders: readonly [StoryOrder, ...StoryOrder[]],
  at: string,
  total: Money,
): ScenarioSignal {
  const [first] = orders;
  return financeEvent('payment.received', keyOf.payment(first), at, {
    system: 'kyriba',
    integration: INTEGRATION.bankCredits,
    objects: [payment(first, total), bankEntry(first, total), ...orders.map(invoice)],
    links: [
      { from: 0, to: 1, qualifier: 'books', amount: total },
      ...orders.map((order, index) => ({ from: index + 2, to: 0, qualifier: 'settles', amount: moneyOf(order) })),
    ],
  });
}

/** Kyriba: the position of the account was refreshed with these entries, each of its order's amount if none is said. */
export function cashPositionUpdated(
  orders: readonly [StoryOrder, ...StoryOrder[]],
  valueDate: string,
  at: string,
  amountOf: (order: StoryOrder) => Money = moneyOf,
): ScenarioSignal {
  const [first] = orders;
  const key = keyOf.cashPosition(first, valueDate);
  return financeEvent('cash-position.updated', `${key}:${at}`, at, {
    system: 'kyriba',
    integration: INTEGRATION.cashPosition,
    objects: [
      {
        type: 'cash-position',
        keys: [{ kind: 'cash-position', scope: accountOf(first), value: key }],
        legalEntity: first.legalEntity,
      },
      ...orders.map((order) => bankEntry(order, amountOf(order))),
    ],
    links: orders.map((order, index) => ({ from: index + 1, to: 0, qualifier: 'gathers', amount: amountOf(order) })),
  });
}

/** SAP S/4HANA: the payment was applied to the invoices. */
export function paymentApplied(
  orders: readonly [StoryOrder, ...StoryOrder[]],
  at: string,
  total: Money,
): ScenarioSignal {
  const [first] = orders;
  return financeEvent('payment.applied', keyOf.payment(first), at, {
    system: 'sap-s4hana',
    integration: INTEGRATION.payments,
    objects: [payment(first, total), ...orders.map(invoice)],
    links: orders.map((order, index) => ({ from: index + 1, to: 0, qualifier: 'settles', amount: moneyOf(order) })),
  });
}

/** The amount of an order. */
export function moneyOf(order: StoryOrder): Money {
  return { amount: order.amount, currency: order.currency };
}

function finance(
  order: StoryOrder,
  type: FinanceEventObject['type'],
  keys: FinanceEventObject['keys'],
  amount = moneyOf(order),
): FinanceEventObject {
  return { type, keys, legalEntity: order.legalEntity, counterparty: order.customer, amount, direction: 'inflow' };
}

function contract(order: StoryOrder): FinanceEventObject {
  return finance(order, 'contract', [{ system: 'salesforce', kind: 'contract-number', value: keyOf.contract(order) }]);
}

function salesOrderInCrm(order: StoryOrder): FinanceEventObject {
  return finance(order, 'sales-order', [
    { system: 'salesforce', kind: 'order-number', value: keyOf.salesOrder(order) },
  ]);
}

function invoice(order: StoryOrder): FinanceEventObject {
  return finance(order, 'invoice', [{ system: 'sap-s4hana', kind: 'billing-document', value: keyOf.invoice(order) }]);
}

function payment(order: StoryOrder, total: Money): FinanceEventObject {
  return finance(
    order,
    'payment',
    [{ system: 'kyriba', kind: 'payment-reference', value: keyOf.payment(order) }],
    total,
  );
}

function bankEntry(order: StoryOrder, total: Money): FinanceEventObject {
  return finance(
    order,
    'bank-entry',
    [{ system: 'kyriba', kind: 'entry-reference', scope: accountOf(order), value: keyOf.bankEntry(order) }],
    total,
  );
}

function accountOf(order: StoryOrder): string {
  return `${order.legalEntity}-${order.currency}-OPERATING`;
}

function orderAttributes(order: StoryOrder): Record<string, string> {
  return {
    'finance.integration.name': INTEGRATION.contractToOrder,
    'finance.object.type': 'sales-order',
    'finance.object.key.system': 'salesforce',
    'finance.object.key.kind': 'order-number',
    'finance.object.key.value': keyOf.salesOrder(order),
    'finance.legal_entity': order.legalEntity,
    'finance.counterparty': order.customer,
    'finance.amount': order.amount,
    'finance.currency': order.currency,
    'finance.direction': 'inflow',
  };
}

function plusSeconds(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1_000).toISOString();
}
