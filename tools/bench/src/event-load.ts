/** A request of the load: CloudEvents in batch mode, encoded, and the contracts that it begins. */
export type EventRequest = { body: string; events: number; contracts: string[] };

type Event = { contract: string | null; json: object };
type Chain = { key: string; number: number; approvedAt: number };

/** Contracts whose steps go side by side: a step comes thousands of events after the one before, as in life. */
const CHAINS_AT_ONCE = 3_000;
const CUSTOMERS = 5_000;
const ENTRIES_PER_POSITION = 100;
const ENTITIES = ['DE01', 'US01', 'BR01', 'SG01'] as const;
const STEPS = [contractApproved, orderAccepted, invoicePosted, paymentReceived] as const;

/**
 * So many events of order-to-cash chains: contract → order → invoice → payment → applied, and cash positions over 100 entries.
 * They happen as fast as they can be sent, from the given time on: live, none of them is late.
 */
export function* eventLoad(run: string, startedAt: Date, events: number, perRequest: number): Generator<EventRequest> {
  let waiting: Event[] = [];
  let made = 0;
  for (const event of allEvents(run, startedAt.getTime())) {
    waiting.push(event);
    made += 1;
    if (waiting.length < perRequest && made < events) continue;
    yield {
      body: JSON.stringify(waiting.map(({ json }) => json)),
      events: waiting.length,
      contracts: waiting.flatMap(({ contract }) => contract ?? []),
    };
    waiting = [];
    if (made >= events) return;
  }
}

function* allEvents(run: string, startedAt: number): Generator<Event> {
  for (let first = 0; ; first += CHAINS_AT_ONCE) {
    const chains = Array.from({ length: CHAINS_AT_ONCE }, (_, index): Chain => {
      const number = first + index;
      return { key: `${run}-${number}`, number, approvedAt: startedAt + first + index };
    });
    for (const step of STEPS) for (const chain of chains) yield step(chain);
    for (let at = 0; at < chains.length; at += ENTRIES_PER_POSITION) {
      const gathered = chains.slice(at, at + ENTRIES_PER_POSITION);
      for (const chain of gathered) yield paymentApplied(chain);
      // Each of them moves a hundred transactions at once; they come one by one, as accounts are reported.
      yield cashPositionUpdated(gathered);
    }
  }
}

function contractApproved(chain: Chain): Event {
  const customer = chain.number % CUSTOMERS;
  const event = eventOf(chain, 'contract.approved', 'salesforce', 0, {
    objects: [
      {
        ...contract(chain),
        legalEntity: entityOf(chain),
        counterparty: `Customer ${customer}`,
        amount: amountOf(chain),
      },
      { type: 'customer', qualifier: 'customer', keys: [{ kind: 'account-number', value: `ACC-${customer}` }] },
    ],
    links: [{ from: 1, to: 0, qualifier: 'placed-by' }],
  });
  return { contract: `C-${chain.key}`, json: event.json };
}

function orderAccepted(chain: Chain): Event {
  return eventOf(chain, 'sales-order.accepted', 'sap-s4hana', 5, {
    integration: 'salesforce-contract-to-order',
    objects: [
      {
        type: 'sales-order',
        keys: [
          { system: 'salesforce', kind: 'order-number', value: `SO-${chain.key}` },
          { kind: 'sales-order', value: `45-${chain.key}` },
        ],
        legalEntity: entityOf(chain),
        amount: amountOf(chain),
        direction: 'inflow',
      },
      { ...contract(chain), qualifier: 'upstream' },
    ],
    links: [{ from: 1, to: 0, qualifier: 'fulfils' }],
  });
}

function invoicePosted(chain: Chain): Event {
  return eventOf(chain, 'invoice.posted', 'sap-s4hana', 60, {
    integration: 's4hana-billing',
    objects: [
      { ...invoice(chain), legalEntity: entityOf(chain), amount: amountOf(chain), direction: 'inflow' },
      { type: 'sales-order', qualifier: 'upstream', keys: [{ kind: 'sales-order', value: `45-${chain.key}` }] },
    ],
    links: [{ from: 1, to: 0, qualifier: 'bills' }],
  });
}

function paymentReceived(chain: Chain): Event {
  return eventOf(chain, 'payment.received', 'kyriba', 600, {
    integration: 'bank-credits-to-kyriba',
    objects: [
      { ...payment(chain), amount: amountOf(chain), direction: 'inflow' },
      { ...bankEntry(chain), qualifier: 'downstream', amount: amountOf(chain) },
      { ...invoice(chain), qualifier: 'upstream' },
    ],
    links: [
      { from: 0, to: 1, qualifier: 'books', amount: amountOf(chain) },
      { from: 2, to: 0, qualifier: 'settles', amount: amountOf(chain) },
    ],
  });
}

function paymentApplied(chain: Chain): Event {
  return eventOf(chain, 'payment.applied', 'sap-s4hana', 700, {
    integration: 'kyriba-payments-to-s4hana',
    objects: [payment(chain), { ...invoice(chain), qualifier: 'upstream' }],
    links: [{ from: 1, to: 0, qualifier: 'settles', amount: amountOf(chain) }],
  });
}

function cashPositionUpdated(chains: readonly Chain[]): Event {
  const [first] = chains;
  if (!first) throw new RangeError('a position gathers at least one entry');
  const position = { kind: 'cash-position', scope: 'account-1', value: `position-${first.key}` };
  return eventOf(first, 'cash-position.updated', 'kyriba', 800, {
    integration: 'kyriba-cash-position',
    objects: [
      { type: 'cash-position', keys: [position] },
      ...chains.map((chain) => ({ ...bankEntry(chain), qualifier: 'related' })),
    ],
    links: chains.map((_, index) => ({ from: index + 1, to: 0, qualifier: 'gathers' })),
  });
}

function eventOf({ key, approvedAt }: Chain, type: string, system: string, afterMs: number, data: object): Event {
  return {
    contract: null,
    json: {
      specversion: '1.0',
      id: `${key}:${type}`,
      source: `/${system}/production`,
      type: `finance.${type}`,
      time: new Date(approvedAt + afterMs).toISOString(),
      datacontenttype: 'application/json',
      data: { system, ...data },
    },
  };
}

const contract = ({ key }: Chain) => ({
  type: 'contract',
  keys: [{ system: 'salesforce', kind: 'contract-number', value: `C-${key}` }],
});
const invoice = ({ key }: Chain) => ({
  type: 'invoice',
  keys: [{ system: 'sap-s4hana', kind: 'billing-document', value: `90-${key}` }],
});
const payment = ({ key }: Chain) => ({
  type: 'payment',
  keys: [{ system: 'kyriba', kind: 'payment-reference', value: `PAY-${key}` }],
});
const bankEntry = ({ key }: Chain) => ({
  type: 'bank-entry',
  keys: [{ system: 'kyriba', kind: 'bank-entry', value: `ENTRY-${key}` }],
});
const amountOf = ({ number }: Chain) => ({ amount: `${100 + (number % 900)}.50`, currency: 'EUR' });
const entityOf = ({ number }: Chain) => ENTITIES[number % ENTITIES.length];
