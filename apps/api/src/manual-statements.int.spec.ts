import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTenant } from '@throughline/persistence/testing';
import { createExceptionsConsumer } from './modules/exceptions/index.js';
import { PipelineBench } from './modules/lineage/pipeline/testing/pipeline-bench.js';
import { storeRawSignals } from './modules/lineage/pipeline/testing/store-raw-signals.js';
import { actsOnRecord } from './testing/catalog-audit.js';
import { startApi, type ApiHarness, type Client } from './testing/api-harness.js';

const AT = '2026-10-01T09:00:00.000Z';
const CONSUMER = createExceptionsConsumer({ clock: () => new Date(AT) });

type Named = { type: string; keys: { kind: string; value: string; system?: string }[]; amount?: object };
const named = (type: string, value: string, more: Partial<Named> = {}): Named => ({
  type,
  keys: [{ kind: `${type}-number`, value }],
  ...more,
});
const eur = (amount: string) => ({ amount, currency: 'EUR' });

let api: ApiHarness;
let bench: PipelineBench;
let analyst: Client;

beforeAll(async () => {
  api = await startApi();
  await api.addPerson(api.test.tenantId, 'analyst@acme.example', 'analyst');
  analyst = await api.signIn('analyst@acme.example');
  bench = new PipelineBench(api.test.database, api.test.tenantId);
  let id = 0;
  const event = (type: string, system: string, objects: Named[], links: object[] = []) => ({
    externalId: `e-${(id += 1)}`,
    kind: 'cloud-event' as const,
    type: `finance.${type}`,
    source: system,
    occurredAt: AT,
    attributes: { time: AT },
    body: { system, objects, links },
  });
  await bench.inTenant((tx) =>
    storeRawSignals(tx, [
      event(
        'invoice.posted',
        'erp',
        [named('invoice', 'I-1', { amount: eur('300.00') }), named('sales-order', 'O-1')],
        [{ from: 1, to: 0, qualifier: 'bills' }],
      ),
      event('payment.received', 'bank', [named('payment', 'P-1', { amount: eur('250.00') })]),
      event('customer.created', 'crm', [named('customer', 'C-CRM')]),
      event('customer.created', 'erp', [named('customer', 'C-ERP')]),
      event('customer.created', 'erp', [named('customer', 'C-ERP-2')]),
      // Nobody's type: an exception that has to stay as it is whatever happens to lineage.
      { ...event('x.y', 'erp', []), type: 'com.example.unknown' },
    ]),
  );
  await settle();
});
afterAll(() => api.close());

async function settle(): Promise<void> {
  await bench.settle();
  await bench.tell(CONSUMER);
}

const idOf = async (value: string): Promise<string> => {
  const [row] = await bench.inTenant((tx) =>
    tx.query<{ id: string }>('select object_id as id from object_alias where tenant_id = $1 and value = $2', [
      tx.tenantId,
      value,
    ]),
  );
  return row!.id;
};

const FIELDS = `__typename ... on LineageStated { statement { id act isWithdrawal counts qualifier amount { amount currency }
  reason statedBy { email } objects { key } } } ... on LineageStatementFailure { code message problems }`;
type Answered = { __typename: string; code?: string; problems?: string[]; statement?: { id: string } };

const state = async (input: Record<string, unknown>) =>
  (
    await analyst.ask<{ stateLineage: Answered }>(
      `mutation ($input: StateLineageInput!) { stateLineage(input: $input) { ${FIELDS} } }`,
      { input },
    )
  ).stateLineage;
const withdraw = async (id: string, reason = 'It was another one') =>
  (
    await analyst.ask<{ withdrawStatement: Answered }>(
      `mutation ($id: ID!, $reason: String!) { withdrawStatement(id: $id, reason: $reason) { ${FIELDS} } }`,
      { id, reason },
    )
  ).withdrawStatement;

/** Links of the invoice downstream, with their amounts as they are kept. */
const linksOfInvoice = () =>
  bench.inTenant((tx) =>
    tx.query<{ to: string; qualifier: string; amount: string | null }>(
      `select t.key as "to", l.qualifier, l.amount from object_link l
       join business_object f on f.tenant_id = $1 and f.object_id = l.from_object_id
       join business_object t on t.tenant_id = $1 and t.object_id = l.to_object_id
       where l.tenant_id = $1 and f.key = 'I-1'`,
      [tx.tenantId],
    ),
  );
const customers = async () =>
  (await bench.read()).objects
    .filter(({ type }) => type === 'customer')
    .map(({ key }) => key)
    .sort();
const exceptions = () =>
  bench.inTenant((tx) => tx.query('select * from exception where tenant_id = $1', [tx.tenantId]));
const deliveries = () =>
  bench.inTenant((tx) => tx.query('select * from outbox_delivery where tenant_id = $1', [tx.tenantId]));
const rebuild = () => bench.inTenant((tx) => bench.rebuildWithin(tx));
const statementsOf = async (key: string) => {
  const { businessObject } = await analyst.ask<{ businessObject: { statements: Record<string, unknown>[] } }>(
    `query ($id: ID!) { businessObject(id: $id) { statements { id act isWithdrawal counts reason objects { key } } } }`,
    { id: await idOf(key) },
  );
  return businessObject.statements;
};

describe('that a payment belongs to an invoice', () => {
  let id: string;

  it('shows in the lineage at once, with its amount and who said it, on record', async () => {
    const said = await state({
      act: 'LINK',
      objectIds: [await idOf('P-1'), await idOf('I-1')],
      amount: eur('200'),
      reason: ' The remittance advice says so ',
    });
    expect(said).toEqual({
      __typename: 'LineageStated',
      statement: {
        id: expect.any(String),
        act: 'LINK',
        isWithdrawal: false,
        counts: true,
        qualifier: 'settles',
        amount: eur('200.00'),
        reason: 'The remittance advice says so',
        statedBy: { email: 'analyst@acme.example' },
        objects: [{ key: 'I-1' }, { key: 'P-1' }],
      },
    });
    id = said.statement!.id;
    await settle();
    expect(await linksOfInvoice()).toMatchObject([{ to: 'P-1', qualifier: 'settles' }]);
    expect(await actsOnRecord(api, 'lineage.stated')).toMatchObject([
      { act: 'link', qualifier: 'settles', reason: 'The remittance advice says so' },
    ]);
  });

  it('is still there after a rebuild of the whole, which touches no exception and tells nobody', async () => {
    const all = async () => ({
      projection: await bench.read(),
      exceptions: await exceptions(),
      deliveries: await deliveries(),
    });
    const before = await all();
    expect(before.exceptions).toHaveLength(1);
    await rebuild();
    expect(await all()).toEqual(before);
  });

  it('can be rebuilt from the signals alone', async () => {
    const before = await bench.read();
    await bench.inTenant((tx) => tx.query('delete from lineage_statement where tenant_id = $1', [tx.tenantId]));
    await rebuild();
    expect(await bench.read()).toEqual(before);
    expect(await statementsOf('P-1')).toHaveLength(1);
  });

  it('counts as it was said last when the amount is stated anew', async () => {
    const again = { act: 'LINK', objectIds: [await idOf('I-1'), await idOf('P-1')], reason: 'Less the bank fee' };
    expect((await state({ ...again, amount: eur('200.00') })).code).toBe('ALREADY_STATED');
    expect((await state({ ...again, amount: eur('199.50') })).statement).toMatchObject({ id, counts: true });
    await settle();
    expect((await linksOfInvoice()).map(({ amount }) => amount)).toEqual(['199.50']);
  });

  it('is gone when it is withdrawn, stays so after a rebuild, and stays visible as history', async () => {
    expect((await withdraw(id, ' ')).problems).toEqual(['reason: must have 1 to 1000 characters']);
    expect((await withdraw(id)).statement).toMatchObject({ id, isWithdrawal: true, counts: true });
    expect((await withdraw(id)).code).toBe('ALREADY_WITHDRAWN');
    await settle();
    expect(await linksOfInvoice()).toEqual([]);
    const before = await bench.read();
    await rebuild();
    expect(await bench.read()).toEqual(before);
    expect(await statementsOf('I-1')).toEqual([
      expect.objectContaining({ isWithdrawal: true, counts: true, reason: 'It was another one' }),
      expect.objectContaining({ isWithdrawal: false, counts: false, reason: 'Less the bank fee' }),
      expect.objectContaining({ isWithdrawal: false, counts: false, reason: 'The remittance advice says so' }),
    ]);
    expect(await actsOnRecord(api, 'lineage.withdrawn')).toHaveLength(1);
  });

  it('counts again when it is stated after its withdrawal', async () => {
    const anew = await state({
      act: 'LINK',
      objectIds: [await idOf('I-1'), await idOf('P-1')],
      reason: 'It was right',
    });
    expect(anew.statement).toMatchObject({ id, isWithdrawal: false, counts: true, amount: null });
    await settle();
    expect(await linksOfInvoice()).toMatchObject([{ to: 'P-1', amount: null }]);
  });
});

describe('that two customers are one', () => {
  let id: string;

  it('makes them one object, also after a rebuild', async () => {
    expect(await customers()).toEqual(['C-CRM', 'C-ERP', 'C-ERP-2']);
    const ids = [await idOf('C-CRM'), await idOf('C-ERP')];
    const said = await state({ act: 'IDENTITY', objectIds: ids, reason: 'Same VAT number' });
    id = said.statement!.id;
    await settle();
    expect(await customers()).toHaveLength(2);
    expect((await state({ act: 'IDENTITY', objectIds: ids, reason: 'Same' })).code).toBe('SAME_OBJECT');
    const before = await bench.read();
    await rebuild();
    expect(await bench.read()).toEqual(before);
  });

  it('is refused where a system of record keeps two', async () => {
    const ids = [await idOf('C-CRM'), await idOf('C-ERP-2')];
    expect(await state({ act: 'IDENTITY', objectIds: ids, reason: 'Same name' })).toMatchObject({
      code: 'CONTRADICTS_RECORD',
    });
  });

  it('makes them two again when it is withdrawn', async () => {
    await withdraw(id, 'Two subsidiaries');
    await settle();
    expect(await customers()).toEqual(['C-CRM', 'C-ERP', 'C-ERP-2']);
    expect(await statementsOf('C-CRM')).toMatchObject([
      { act: 'IDENTITY', isWithdrawal: true, objects: [{ key: 'C-CRM' }, { key: 'C-ERP' }] },
      { act: 'IDENTITY', isWithdrawal: false, counts: false },
    ]);
    const before = await bench.read();
    await rebuild();
    expect(await bench.read()).toEqual(before);
  });
});

describe('a statement', () => {
  const NOBODY = '00000000-0000-4000-8000-000000000001';

  it.each<[string, () => Promise<Record<string, unknown>>, string]>([
    ['of an unknown object', async () => ({ act: 'LINK', objectIds: [await idOf('P-1'), NOBODY] }), 'NOT_FOUND'],
    ['of one object', async () => ({ act: 'LINK', objectIds: [await idOf('P-1')] }), 'SAME_OBJECT'],
    [
      'of types without a flow',
      async () => ({ act: 'LINK', objectIds: [await idOf('P-1'), await idOf('C-CRM')] }),
      'CANNOT_BE_LINKED',
    ],
    [
      'of more than the payment is',
      async () => ({ act: 'LINK', objectIds: [await idOf('P-1'), await idOf('I-1')], amount: eur('250.01') }),
      'CONTRADICTS_RECORD',
    ],
    [
      'of an amount that is none',
      async () => ({ act: 'LINK', objectIds: [await idOf('P-1'), await idOf('I-1')], amount: eur('much') }),
      'INVALID',
    ],
    [
      'of two types as one',
      async () => ({ act: 'IDENTITY', objectIds: [await idOf('P-1'), await idOf('I-1')] }),
      'CANNOT_BE_JOINED',
    ],
  ])('%s is refused, and nothing is stored', async (_name, input, code) => {
    const counts = () =>
      bench.inTenant((tx) => tx.query('select count(*) as n from signal where tenant_id = $1', [tx.tenantId]));
    const before = await counts();
    expect((await state({ reason: 'x', ...(await input()) })).code).toBe(code);
    expect(await counts()).toEqual(before);
  });

  it('that is mapped after its withdrawal stays history', async () => {
    const ids = [await idOf('P-1'), await idOf('O-1')];
    const { statement } = await state({ act: 'LINK', objectIds: ids, reason: 'Paid in advance' });
    await withdraw(statement!.id);
    const [first, second] = await bench.inTenant((tx) =>
      tx.query<{ id: string }>(
        'select batch_id as id from intake_batch where tenant_id = $1 order by received_at desc, batch_id', [tx.tenantId]),
    ); // prettier-ignore
    // The later one first, each in a transaction of its own.
    await bench.mapBatches([first!.id]);
    await bench.mapBatches([second!.id]);
    await settle();
    const isPrepaid = ({ links }: Awaited<ReturnType<typeof bench.read>>) =>
      links.some(({ qualifier }) => qualifier === 'prepays');
    expect(isPrepaid(await bench.read())).toBe(false);
  });

  it('belongs to its tenant', async () => {
    const other = '00000000-0000-4000-8000-0000000000b2';
    await createTenant(api.test.ownerUrl, other);
    await api.addPerson(other, 'analyst@other.example', 'analyst');
    const stranger = await api.signIn('analyst@other.example');
    const ids = [await idOf('P-1'), await idOf('I-1')];
    const [standing] = (await statementsOf('P-1')).filter(({ counts, isWithdrawal }) => counts && !isWithdrawal);
    expect(standing).toBeDefined();
    const answers = await stranger.ask(
      `mutation ($ids: [ID!]!, $id: ID!) {
         stateLineage(input: { act: LINK, objectIds: $ids, reason: "x" }) { ${FIELDS} }
         withdrawStatement(id: $id, reason: "x") { ${FIELDS} }
       }`,
      { ids, id: standing!['id'] },
    );
    expect(answers).toMatchObject({ stateLineage: { code: 'NOT_FOUND' }, withdrawStatement: { code: 'NOT_FOUND' } });
  });
});
