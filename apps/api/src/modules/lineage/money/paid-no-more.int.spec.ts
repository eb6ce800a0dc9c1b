import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Money, type ObjectType, aliasId } from '@throughline/canonical';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { storeActivities } from '../pipeline/fact-writer.js';
import { PipelineBench } from '../pipeline/testing/pipeline-bench.js';
import { type Spoken, spoken } from '../pipeline/testing/spoken-activity.js';

const EUR_1000: Money = { amount: '1000.00', currency: 'EUR' };

/** What a case adds to an invoice of 1 000.00 EUR that was received, booked and applied, and what everybody then says of it. */
type Case = {
  name: string;
  key: string;
  /** How the payment is told of when it is first; received when left out. */
  paid?: string;
  then: (said: Sayings) => Spoken[];
  progress: 'running' | 'completed';
  /** Of the receivables, of the money on the graph, of the forecast that counts on the invoice; null = nothing. */
  open: string | null;
  flags: string[];
};

type Sayings = {
  payment: string;
  /** One object, about itself. */
  about: (type: string, at: string, name: string, outcome?: Spoken['outcome']) => Spoken;
  /** The first object, and how it follows from the second. */
  follows: (type: string, at: string, names: [string, string], qualifier: string) => Spoken;
  invoice: string;
};

const CASES: readonly Case[] = [
  { name: 'paid', key: 'PAID', then: () => [], progress: 'completed', open: null, flags: [] },
  ...(['voided', 'reversed', 'cancelled', 'rejected'] as const).map((participle): Case => ({
    name: `the payment was ${participle}`,
    key: participle.toUpperCase(),
    then: ({ about, payment }) => [about(`payment.${participle}`, '12:00', payment)],
    progress: 'running',
    open: '1000.00',
    flags: ['payment-undone'],
  })),
  {
    name: 'the bank refused it, which is told as a failure',
    key: 'REFUSED',
    then: ({ about, payment }) => [about('payment.rejected', '12:00', payment, 'failure')],
    progress: 'running',
    open: '1000.00',
    flags: ['payment-undone'],
  },
  {
    name: 'an attempt to void it failed',
    key: 'VOID-FAILED',
    then: ({ about, payment }) => [about('payment.voided', '12:00', payment, 'failure')],
    progress: 'completed',
    open: null,
    flags: [],
  },
  {
    name: 'it bounced',
    key: 'BOUNCED',
    then: ({ about, follows, payment }) => [
      about('payment.returned', '12:00', payment),
      follows('return.booked', '12:00', ['return BOUNCED', payment], 'returns'),
    ],
    progress: 'running',
    open: '1000.00',
    flags: ['payment-returned'],
  },
  {
    name: 'it was charged back',
    key: 'CHARGED-BACK',
    then: ({ about, follows, payment }) => [
      about('payment.charged-back', '12:00', payment),
      follows('return.booked', '12:00', ['return CHARGED-BACK', payment], 'charges-back'),
    ],
    progress: 'running',
    open: '1000.00',
    flags: ['payment-returned'],
  },
  {
    name: 'the bank booked its return, and nobody told of the payment itself',
    key: 'RETURN-ALONE',
    then: ({ follows, payment }) => [follows('return.booked', '12:00', ['return RETURN-ALONE', payment], 'returns')],
    progress: 'completed',
    open: '1000.00',
    flags: ['payment-returned'],
  },
  {
    name: 'a document reversed it, and nobody told of the payment itself',
    key: 'REVERSAL-ALONE',
    then: ({ follows, payment }) => [follows('payment.posted', '12:00', ['payment REVERSING', payment], 'reverses')],
    progress: 'completed',
    open: '1000.00',
    flags: ['payment-undone'],
  },
  {
    name: 'voided, and made again',
    key: 'AGAIN',
    then: ({ about, payment }) => [
      about('payment.voided', '12:00', payment),
      about('payment.received', '13:00', payment),
      about('payment.applied', '13:01', payment),
    ],
    progress: 'completed',
    open: null,
    flags: [],
  },
  {
    name: 'voided, and paid by another one',
    key: 'REPLACED',
    then: ({ about, follows, payment, invoice }) => [
      about('payment.voided', '12:00', payment),
      follows('payment.received', '13:00', ['payment SECOND', invoice], 'settles'),
      about('payment.applied', '13:01', 'payment SECOND'),
    ],
    progress: 'completed',
    open: null,
    flags: [],
  },
  {
    name: 'called cleared, and voided after that',
    key: 'CLEARED-BEFORE',
    then: ({ about, payment, invoice }) => [
      about('invoice.cleared', '11:00', invoice),
      about('payment.voided', '12:00', payment),
    ],
    progress: 'running',
    open: '1000.00',
    flags: ['payment-undone'],
  },
  {
    name: 'called cleared, and reversed by a document after that',
    key: 'CLEARED-REVERSED',
    then: ({ about, follows, payment, invoice }) => [
      about('invoice.cleared', '11:00', invoice),
      follows('payment.posted', '12:00', ['payment REVERSING-CLEARED', payment], 'reverses'),
    ],
    progress: 'completed',
    open: '1000.00',
    flags: ['payment-undone'],
  },
  {
    name: 'called cleared, and its collection was rejected with its file after that',
    key: 'CLEARED-REFUSED',
    paid: 'payment.sent',
    then: ({ about, follows, payment, invoice }) => [
      follows('payment-batch.composed', '10:30', ['payment-batch BLOCK', payment], 'batches'),
      follows('payment-batch.composed', '10:31', ['payment-batch FILE', 'payment-batch BLOCK'], 'gathers'),
      about('invoice.cleared', '11:00', invoice),
      about('payment-batch.rejected', '12:00', 'payment-batch FILE', 'failure'),
    ],
    progress: 'running',
    open: '1000.00',
    flags: ['payment-undone'],
  },
  {
    name: 'rejected with its batch, and nobody called it cleared',
    key: 'BATCH-REFUSED',
    paid: 'payment.sent',
    then: ({ about, follows, payment }) => [
      follows('payment-batch.composed', '10:30', ['payment-batch ALONE', payment], 'batches'),
      about('payment-batch.rejected', '12:00', 'payment-batch ALONE', 'failure'),
    ],
    progress: 'running',
    open: '1000.00',
    flags: ['payment-undone'],
  },
];

describe('an invoice of which the payment counts no more', () => {
  let api: ApiHarness;
  let treasurer: Client;
  const receivables = new Map<string, { open: string; flags: string[] }>();

  beforeAll(async () => {
    api = await startApi({ clock: () => new Date('2026-10-02T08:00:00Z') });
    await api.addPerson(api.test.tenantId, 'tea@acme.example', 'treasurer');
    treasurer = await api.signIn('tea@acme.example');
    const bench = new PipelineBench(api.test.database, api.test.tenantId);
    await bench.inTenant((tx) => storeActivities(tx, CASES.flatMap(toldOf).map(spoken)));
    while (await bench.project.run(bench.tenantId));
    const answer = await treasurer.ask<{
      receivables: {
        lines: { largest: { object: { key: string }; open: { amount: string }; flags: string[] }[] }[];
      };
    }>('{ receivables { lines { largest { object { key } open { amount } flags } } } }');
    for (const { object, open, flags } of answer.receivables.lines.flatMap(({ largest }) => largest))
      receivables.set(object.key, { open: open.amount, flags });
  });
  afterAll(() => api.close());

  it.each(CASES)('$name: $open are open, and the transaction is $progress', async ({ key, open, flags, progress }) => {
    const answer = await treasurer.ask<{
      impact: { affected: { kind: string; inflow: { amount: string }[] }[] };
      businessObject: {
        money: { balances: { sides: { side: string; standing: string; residual: { amount: string } | null }[] }[] };
        transactions: { state: string }[];
      };
    }>(
      `query ($id: ID!) {
         impact(objectId: $id) { affected { kind inflow { amount } } }
         businessObject(id: $id) {
           money { balances { sides { side standing residual { amount } } } }
           transactions { state } } }`,
      { id: idOf('invoice', key) },
    );
    const out = answer.businessObject.money.balances[0]?.sides.find(({ side }) => side === 'out');
    const affected = Object.fromEntries(answer.impact.affected.map(({ kind, inflow }) => [kind, inflow[0]?.amount]));
    const known = receivables.get(key);
    expect({
      receivable: known?.open ?? null,
      flags: (known?.flags ?? []).filter((flag) => flag.endsWith('-undone') || flag.endsWith('-returned')),
      graph: out?.standing === 'open' ? (out.residual?.amount ?? null) : null,
      affected,
      isCompleted: answer.businessObject.transactions.map(({ state }) => state === 'COMPLETED'),
    }).toEqual({
      receivable: open,
      flags,
      graph: open,
      affected: open === null ? {} : { receivable: open, 'cash-forecast': open },
      isCompleted: [progress === 'completed'],
    });
  });
});

function idOf(type: ObjectType, value: string): string {
  return aliasId(type, { system: 'erp', kind: 'number', scope: '', value });
}

/** An order from its contract to the bank, and what the case adds. */
function toldOf({ key, paid = 'payment.received', then }: Case): Spoken[] {
  const [contract, order, invoice, payment, entry] = [
    'contract',
    'sales-order',
    'invoice',
    'payment',
    'bank-entry',
  ].map((type) => `${type} ${key}`) as [string, string, string, string, string];
  const about: Sayings['about'] = (type, at, name, outcome = 'success') => ({
    id: `${key} ${type} ${at} ${name}`,
    at,
    type,
    outcome,
    objects: [name],
  });
  const follows: Sayings['follows'] = (type, at, [name, of], qualifier) => ({
    id: `${key} ${type} ${at} ${name}`,
    at,
    type,
    objects: [{ name, amount: EUR_1000, direction: 'inflow' }, of],
    link: EUR_1000,
    qualifier,
  });
  const gathers = (type: string, at: string, [name, of]: [string, string], qualifier: string): Spoken => ({
    ...about(type, at, name),
    objects: [name, of],
    link: true,
    qualifier,
  });
  const bills = follows('invoice.posted', '09:00', [invoice, order], 'bills');
  return [
    about('contract.approved', '08:00', contract),
    follows('sales-order.accepted', '08:30', [order, contract], 'fulfils'),
    {
      ...bills,
      objects: [{ name: invoice, amount: EUR_1000, direction: 'inflow', attributes: { dueDate: '2026-10-20' } }, order],
    },
    gathers('cash-forecast.updated', '09:01', [`cash-forecast ${key}`, invoice], 'projects'),
    follows(paid, '10:00', [payment, invoice], 'settles'),
    follows('bank-entry.booked', '10:01', [entry, payment], 'books'),
    gathers('cash-position.updated', '10:02', [`cash-position ${key}`, entry], 'gathers'),
    about('payment.applied', '10:03', payment),
    ...then({ about, follows, payment, invoice }),
  ];
}
