import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { insertLink, insertObject, testObjectId, type TestObject } from '../../../testing/projection-rows.js';
import { createValidationConsumer } from './validation.events.js';
import { createValidationStage } from './validation-stage.js';

const NOW = new Date('2026-09-04T20:00:00.000Z');
const consumer = createValidationConsumer({ clock: () => NOW });

let api: ApiHarness;
let engineer: Client;
let approver: Client;

beforeAll(async () => {
  api = await startApi({ clock: () => NOW });
  for (const role of ['engineer', 'approver', 'admin'] as const)
    await api.addPerson(api.test.tenantId, `${role}@test.example`, role);
  engineer = await api.signIn('engineer@test.example');
  approver = await api.signIn('approver@test.example');
});
afterAll(() => api.close());

const inTenant: typeof api.test.database.withTenant = (...args) => api.test.database.withTenant(...args);
const sql = <T extends object>(text: string, ...params: unknown[]) =>
  inTenant(api.test.tenantId, (tx) => tx.query<T>(text, [tx.tenantId, ...params]));
const object = (stated: TestObject) => inTenant(api.test.tenantId, (tx) => insertObject(tx, stated));
const link = (from: string, to: string) => inTenant(api.test.tenantId, (tx) => insertLink(tx, from, to));
const attach = async (from: string, to: string) => {
  await link(from, to);
  await sql('update object_link set is_context = true where tenant_id = $1 and from_object_id = $2', from);
};
const tellOf = (topic: 'lineage.projected' | 'lineage.master', ...objectIds: string[]) =>
  inTenant(api.test.tenantId, (tx) =>
    consumer.handle(tx, { deliveryId: '1', topic, payload: { objectIds, transactionIds: [], isSilent: false } }),
  );
const stage = () => createValidationStage(api.test.database, () => NOW);
const runStage = async () => {
  while (await stage().run(api.test.tenantId));
};
const exceptionsAt = (objectId: string) =>
  sql(
    `select state, hop, title, message, amount::text, currency, resolution from exception
     where tenant_id = $1 and object_id = $2 order by hop`,
    objectId,
  );

describe('rules in force', () => {
  it('open an exception at what violates them, and end it when it does no longer', async () => {
    const order = await object({ type: 'sales-order', value: 'O-1', amount: '100', currency: 'EUR' });
    const invoice = await object({ type: 'invoice', value: 'I-1', amount: '100', currency: 'USD' });
    await link(order, invoice);
    await tellOf('lineage.projected', order, invoice);
    expect(await exceptionsAt(invoice)).toMatchObject([
      {
        state: 'OPEN',
        hop: 'rule/billed-in-another-currency',
        title: 'Billed in another currency than ordered — invoice I-1',
        amount: '100.00',
        currency: 'USD',
      },
    ]);
    await tellOf('lineage.projected', order, invoice);
    await sql(`update business_object set currency = 'EUR' where tenant_id = $1 and object_id = $2`, invoice);
    await tellOf('lineage.projected', invoice);
    expect(await exceptionsAt(invoice)).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED' }]);
  });

  it('find the later one of two, also when it is told of first', async () => {
    const stated = {
      type: 'supplier-invoice',
      counterparty: 'Acme',
      attributes: { invoiceNumberOfSupplier: 'R-1' },
    } as const;
    const later = await object({ ...stated, value: 'S-2' });
    await sql(
      `update business_object set first_occurred_at = '2026-09-02' where tenant_id = $1 and object_id = $2`,
      later,
    );
    await tellOf('lineage.projected', later);
    expect(await exceptionsAt(later)).toEqual([]);
    const earlier = await object({ ...stated, value: 'S-1' });
    await tellOf('lineage.projected', earlier);
    await runStage();
    expect(await exceptionsAt(earlier)).toEqual([]);
    expect(await exceptionsAt(later)).toMatchObject([{ state: 'OPEN', hop: 'rule/duplicate-supplier-invoice' }]);
  });

  it('tell a third of the same, although its system told of the second', async () => {
    const stated = {
      type: 'supplier-invoice',
      counterparty: 'Third',
      attributes: { invoiceNumberOfSupplier: 'R-3' },
    } as const;
    const [first, second, third] = [
      await object({ ...stated, value: 'T-1' }),
      await object({ ...stated, value: 'T-2' }),
      await object({ ...stated, value: 'T-3' }),
    ];
    for (const [id, day] of [[second, '2026-09-02'] as const, [third, '2026-09-03'] as const])
      await sql(
        'update business_object set first_occurred_at = $3::date where tenant_id = $1 and object_id = $2',
        id,
        day,
      );
    await tellOf('lineage.projected', first, second);
    const [told] = await exceptionsAt(second);
    expect(told).toMatchObject({ state: 'OPEN', hop: 'rule/duplicate-supplier-invoice' });
    await sql(
      `insert into problem (tenant_id, object_id, hop, signature, taxonomy, discriminators, message, integration, occurrences,
         first_occurred_at, last_occurred_at, last_activity_id)
       select $1, $2, 'match', 's', e.taxonomy, '{}', 'm', 'match', 1, $3, $3, $2 from exception e
       where e.tenant_id = $1 and e.object_id = $2`,
      second,
      NOW,
    );
    await tellOf('lineage.projected', second, third);
    expect(await exceptionsAt(second)).toContainEqual(expect.objectContaining({ state: 'RESOLVED' }));
    expect(await exceptionsAt(third)).toMatchObject([{ state: 'OPEN', hop: 'rule/duplicate-supplier-invoice' }]);
  });

  it('follow what hangs on it when a customer is blocked', async () => {
    const customer = await object({
      type: 'customer',
      value: 'C-1',
      attributes: { isInactive: 'false', isBlocked: 'false' },
    });
    const order = await object({ type: 'sales-order', value: 'O-2', amount: '70', currency: 'EUR' });
    await attach(customer, order);
    await tellOf('lineage.projected', order);
    await tellOf('lineage.master', customer);
    await runStage();
    expect(await exceptionsAt(order)).toEqual([]);
    await sql(
      `update business_object set attributes = '{"orderBlock":"01"}' where tenant_id = $1 and object_id = $2`,
      customer,
    );
    await tellOf('lineage.master', customer);
    await runStage();
    expect(await exceptionsAt(order)).toMatchObject([
      { state: 'OPEN', title: 'Customer is blocked — order O-2', message: 'Customer C-1 of O-2 is blocked.' },
    ]);
  });

  it('do not tell again what an integration told itself', async () => {
    const order = await object({ type: 'purchase-order', value: 'P-1', amount: '100', currency: 'EUR' });
    const invoice = await object({ type: 'supplier-invoice', value: 'S-9', amount: '150', currency: 'EUR' });
    await link(order, invoice);
    await sql(
      `insert into problem (tenant_id, object_id, hop, signature, taxonomy, discriminators, message, integration, occurrences,
         first_occurred_at, last_occurred_at, last_activity_id)
       values ($1, $2, 'match', 's', 'data-quality.price-mismatch', '{}', 'm', 'match', 1, $3, $3, $2)`,
      invoice,
      NOW,
    );
    await tellOf('lineage.projected', order);
    expect(await exceptionsAt(order)).toEqual([]);
    await sql('delete from problem where tenant_id = $1 and object_id = $2', invoice);
    await tellOf('lineage.projected', order);
    expect(await exceptionsAt(order)).toMatchObject([{ amount: '50.00', currency: 'EUR' }]);
  });

  it('count of an invoice over several orders what its link to this one states, and nothing where none does', async () => {
    const [first, second, silent, other] = await Promise.all(
      ['P-21', 'P-22', 'P-23', 'P-24'].map((value) =>
        object({ type: 'purchase-order', value, amount: '100', currency: 'EUR' }),
      ),
    );
    const stating = await object({ type: 'supplier-invoice', value: 'S-21', amount: '210', currency: 'EUR' });
    const silence = await object({ type: 'supplier-invoice', value: 'S-23', amount: '200', currency: 'EUR' });
    await inTenant(api.test.tenantId, async (tx) => {
      await insertLink(tx, first!, stating, 'bills', { amount: '100' });
      await insertLink(tx, second!, stating, 'bills', { amount: '110' });
      await insertLink(tx, silent!, silence, 'bills');
      await insertLink(tx, other!, silence, 'bills');
    });
    // one at a time: what else the invoice bills is found all the same
    for (const order of [first!, second!, silent!]) await tellOf('lineage.projected', order);
    expect(await exceptionsAt(first!)).toEqual([]);
    expect(await exceptionsAt(second!)).toMatchObject([{ amount: '10.00', currency: 'EUR' }]);
    expect(await exceptionsAt(silent!)).toEqual([]);
  });

  it('look again at an order when another one turns out to have a part in its invoice, and when it has none any more', async () => {
    const [first, second] = await Promise.all(
      ['P-31', 'P-32'].map((value) => object({ type: 'purchase-order', value, amount: '100', currency: 'EUR' })),
    );
    const invoice = await object({ type: 'supplier-invoice', value: 'S-31', amount: '150', currency: 'EUR' });
    await link(first!, invoice);
    await tellOf('lineage.projected', first!, invoice);
    expect(await exceptionsAt(first!)).toMatchObject([{ state: 'OPEN', amount: '50.00' }]);
    await link(second!, invoice);
    await tellOf('lineage.projected', second!, invoice);
    await runStage();
    expect(await exceptionsAt(first!)).toMatchObject([{ state: 'RESOLVED' }]);
    expect(await exceptionsAt(second!)).toEqual([]);
    await sql('delete from object_link where tenant_id = $1 and from_object_id = $2', second!);
    await tellOf('lineage.projected', second!, invoice);
    await runStage();
    expect(await exceptionsAt(first!)).toMatchObject([{ state: 'OPEN', amount: '50.00' }]);
  });

  it('tell what an integration told once that is overcome, also where it was told of a document beside it', async () => {
    const order = await object({ type: 'purchase-order', value: 'P-2', amount: '100', currency: 'EUR' });
    const invoice = await object({ type: 'supplier-invoice', value: 'S-10', amount: '170', currency: 'EUR' });
    await link(order, invoice);
    await tellOf('lineage.projected', order, invoice);
    expect(await exceptionsAt(order)).toMatchObject([{ state: 'OPEN' }]);
    await sql(
      `insert into problem (tenant_id, object_id, hop, signature, taxonomy, discriminators, message, integration, occurrences,
         first_occurred_at, last_occurred_at, last_activity_id)
       values ($1, $2, 'match', 's', 'data-quality.price-mismatch', '{}', 'm', 'match', 1, $3, $3, $2)`,
      invoice,
      NOW,
    );
    await tellOf('lineage.projected', invoice);
    await runStage();
    expect(await exceptionsAt(order)).toMatchObject([{ state: 'RESOLVED' }]);
    await sql('update problem set cleared_at = $3 where tenant_id = $1 and object_id = $2', invoice, NOW);
    await tellOf('lineage.projected', invoice);
    await runStage();
    expect(await exceptionsAt(order)).toMatchObject([{ state: 'OPEN', amount: '70.00', currency: 'EUR' }]);
  });
});

const DEFINITION = `
name: large-quote
version: 1
title: Quote is large
problem: data-quality.invalid-value
severity: error
about: quote
violatedWhen: { fact: amount, operator: above, value: '1000' }
amount: none
message: '{key} is {amount}'
`;
const RESULT = `{ __typename ... on ValidationRuleSaved { rule { name activeVersion violations inWords versions { version state } } }
  ... on CatalogFailure { code problems } }`;
const save = (client: Client, definition: string) =>
  client.send<{ saveValidationRule: Record<string, unknown> }>(
    `mutation ($definition: String!) { saveValidationRule(name: "large-quote", definition: $definition, note: "first") ${RESULT} }`,
    { definition },
  );
const approve = async (client: Client) =>
  (
    await client.ask<{ approveValidationRule: Record<string, unknown> }>(
      `mutation { approveValidationRule(name: "large-quote", version: 1) ${RESULT} }`,
    )
  ).approveValidationRule;

describe("a tenant's own rule", () => {
  const quote = testObjectId('quote', 'Q-1');

  it('is tried on what is stored before it counts', async () => {
    await object({ type: 'quote', value: 'Q-1', amount: '1000.01', currency: 'EUR' });
    await object({ type: 'quote', value: 'Q-2', amount: '1000', currency: 'EUR' });
    await object({ type: 'quote', value: 'Q-3' });
    const { tryValidationRule } = await engineer.ask<{ tryValidationRule: unknown }>(
      `query ($definition: String!) { tryValidationRule(definition: $definition) { ... on ValidationRuleTried {
        trial { looked isAll violated cannotBeTold first { object { key } message } missing { fact count } } } } }`,
      { definition: DEFINITION },
    );
    expect(tryValidationRule).toEqual({
      trial: {
        looked: 3,
        isAll: true,
        violated: 1,
        cannotBeTold: 1,
        first: [{ object: { key: 'Q-1' }, message: 'Q-1 is EUR 1,000.01' }],
        missing: [{ fact: 'amount', count: 1 }],
      },
    });
    expect(await exceptionsAt(quote)).toEqual([]);
  });

  it('is refused by the place where it cannot be read, and saved by who keeps the catalog alone', async () => {
    const bad = await save(engineer, DEFINITION.replace('amount, operator', 'colour, operator'));
    expect(bad.data?.saveValidationRule).toMatchObject({
      code: 'INVALID',
      problems: [expect.stringMatching(/^violatedWhen.fact: "colour" is no fact/)],
    });
    expect((await save(approver, DEFINITION)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await api.anonymous.send('{ validationRules { name } }')).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });

  it('comes into force by a second person, and then looks at all that is stored', async () => {
    expect((await save(engineer, DEFINITION)).data?.saveValidationRule).toMatchObject({
      rule: { activeVersion: 0, versions: [{ version: 1, state: 'draft' }] },
    });
    await sql(
      `update person set roles = '{engineer,approver}' where tenant_id = $1 and email = 'engineer@test.example'`,
    );
    expect(await approve(await api.signIn('engineer@test.example'))).toMatchObject({ code: 'SAME_PERSON' });
    expect(await approve(approver)).toMatchObject({ rule: { activeVersion: 1 } });
    await runStage();
    expect(await exceptionsAt(quote)).toMatchObject([
      { state: 'OPEN', title: 'Quote is large — quote Q-1', amount: '0' },
    ]);
    const { validationRule } = await engineer.ask<{ validationRule: unknown }>(
      '{ validationRule(name: "large-quote") { violations inWords firstViolations { object { key } } } }',
    );
    expect(validationRule).toEqual({
      violations: 1,
      inWords: 'Open quote: violated when amount is above 1000.',
      firstViolations: [{ object: { key: 'Q-1' } }],
    });
  });

  it('ends what it opened when it is retired', async () => {
    const { retireValidationRule } = await engineer.ask<{ retireValidationRule: unknown }>(
      `mutation { retireValidationRule(name: "large-quote", version: 1) ${RESULT} }`,
    );
    expect(retireValidationRule).toMatchObject({ rule: { activeVersion: 0 } });
    await runStage();
    expect(await exceptionsAt(quote)).toMatchObject([{ state: 'RESOLVED' }]);
    const acts = await sql<{ action: string }>(
      `select action from audit_record where tenant_id = $1 and action like 'validation-rule.%' order by action`,
    );
    expect(acts.map(({ action }) => action)).toEqual([
      'validation-rule.approved',
      'validation-rule.retired',
      'validation-rule.saved',
    ]);
  });
});
