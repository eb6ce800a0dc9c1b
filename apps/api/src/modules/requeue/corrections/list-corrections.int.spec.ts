import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBox } from '@throughline/persistence';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, HOP, storyObject, tell } from '../../../testing/story-facts.js';
import { createExceptionsConsumer } from '../../exceptions/index.js';

const IBAN = 'DE89370400440532013000';
const OBJECTS = {
  order: {
    object: storyObject('sales-order', 'O-1'),
    payloadJson: `{"positions":[{"product":"A","amount":"10.00"},{"product":"B","amount":"20.00"},{"product":"C","amount":"30.00"}],"tags":["x"]}`,
  },
  batch: {
    object: storyObject('payment-batch', 'B-1'),
    payloadJson: `{"transactions":[{"endToEndId":"E-1","amount":"1.00","text":"a"},{"endToEndId":"E-2","amount":"2.00","text":"b"}]}`,
  },
} as const;
type Name = keyof typeof OBJECTS;
const FIELDS = [
  '/positions/-',
  '/positions/*/product',
  '/positions/*/amount',
  '/tags/*',
  '/transactions/-',
  '/transactions/*/text',
];
const POSITION = { type: 'object', required: ['product', 'amount'], properties: { product: { type: 'string' } } };
const SCHEMA = { properties: { positions: { type: 'array', minItems: 2, items: POSITION } } };

let api: ApiHarness;
let analyst: Client;
const ids = new Map<string, string>();

beforeAll(async () => {
  api = await startApi({ clock: () => at(30) });
  const { database, tenantId } = api.test;
  for (const role of ['analyst', 'engineer'] as const) await api.addPerson(tenantId, `${role}@test.example`, role);
  analyst = await api.signIn('analyst@test.example');
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url, requeue_secret_encrypted)
       values ($1, $2, 'Contract to order', 'salesforce', 'sap-s4hana', 'Integration team', 'high', 'https://example.com/requeue', $3)`,
      [tenantId, HOP, new SecretBox(api.config.secretKey).seal(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)],
    ),
  );
  await tell(database, tenantId, async (facts) => {
    for (const { object, payloadJson } of Object.values(OBJECTS)) {
      await facts.object(object, '60.00');
      await facts.problem(object);
      await facts.activity(object, { outcome: 'failure', minute: 1, payloadJson });
    }
  });
  await database.withTenant(tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => at(10) }).handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload: { objectIds: Object.values(OBJECTS).map(({ object }) => object.objectId), transactionIds: [] },
    }),
  );
  const rows = await database.withTenant(tenantId, (tx) =>
    tx.query<{ id: string; key: string }>(
      `select exception_id as id, object_key as key from exception where tenant_id = $1`,
      [tenantId],
    ),
  );
  for (const { id, key } of rows) ids.set(key, id);
  const engineer = await api.signIn('engineer@test.example');
  await engineer.ask(
    `mutation ($schema: JSON!) { registerEventContract(eventType: "order.sent", schema: $schema) { __typename } }`,
    { schema: SCHEMA },
  );
  const declared = await engineer.ask(
    `mutation ($fields: [String!]!) {
       saveCorrectionSetting(integration: "${HOP}", basedOn: 0, fields: $fields, contractType: "order.sent", note: "agreed") { __typename } }`,
    { fields: FIELDS },
  );
  expect(declared).toEqual({ saveCorrectionSetting: { __typename: 'CorrectionSettingSaved' } });
});

afterAll(async () => {
  await api.close();
});

const idOf = (name: Name) => ids.get(OBJECTS[name].object.key) ?? '';
type Edit = { pointer: string; to: string | null };

type Check = { checkCorrection: { problems: { pointer: string; code: string }[] } };
const problemsOf = async (name: Name, edits: Edit[]) => {
  const { checkCorrection } = await analyst.ask<Check>(
    `query ($id: ID!, $edits: [PayloadEditInput!]!) {
       checkCorrection(exceptionId: $id, basedOn: 1, edits: $edits) { problems { pointer code } } }`,
    { id: idOf(name), edits },
  );
  return checkCorrection.problems.map(({ code, pointer }) => `${code} ${pointer}`);
};

const save = async (name: Name, edits: Edit[], basedOn = 1) => {
  const { correctException } = await analyst.ask<{ correctException: object }>(
    `mutation ($id: ID!, $basedOn: Int!, $edits: [PayloadEditInput!]!) {
       correctException(exceptionId: $id, basedOn: $basedOn, edits: $edits, reason: "agreed with sales") {
         ... on CorrectionSaved { version payload { versions { payloadJson changes { pointer from to } } } }
         ... on CorrectionRefused { code problems { pointer code } } } }`,
    { id: idOf(name), edits, basedOn },
  );
  return correctException;
};

describe('lists of a payload', () => {
  it('are told where elements may be added and taken away, with what may be written in a new one', async () => {
    const { correctablePayload } = await analyst.ask<{ correctablePayload: object }>(
      `query ($id: ID!) { correctablePayload(exceptionId: $id) {
         fields { pointer } lists { pointer label length newFields { pointer isRequired } } } }`,
      { id: idOf('order') },
    );
    expect(correctablePayload).toMatchObject({
      lists: [
        {
          pointer: '/positions',
          label: 'Positions',
          length: 3,
          newFields: [
            { pointer: '/positions/3/product', isRequired: true },
            { pointer: '/positions/3/amount', isRequired: true },
          ],
        },
      ],
    });
  });

  it.each<[string, Name, Edit[], string[]]>([
    [
      'a list that declares only its positions',
      'order',
      [
        { pointer: '/tags/1', to: '"y"' },
        { pointer: '/tags/0', to: null },
      ],
      ['NOT_CHANGEABLE /tags/1', 'NOT_CHANGEABLE /tags/0'],
    ],
    [
      'what is not declared in it',
      'order',
      [{ pointer: '/positions/3/price', to: '1' }],
      ['NOT_CHANGEABLE /positions/3/price'],
    ],
    [
      'fewer elements than the contract takes',
      'order',
      [
        { pointer: '/positions/0', to: null },
        { pointer: '/positions/1', to: null },
      ],
      ['BREAKS_CONTRACT /positions'],
    ],
    [
      'an element without what it must have, named by the place that was seen',
      'order',
      [
        { pointer: '/positions/0', to: null },
        { pointer: '/positions/3/product', to: '"D"' },
      ],
      ['BREAKS_CONTRACT /positions/3/amount'],
    ],
    [
      'a payment of a batch',
      'batch',
      [{ pointer: '/transactions/1', to: null }],
      ['LOCKED_IN_PAYMENT /transactions/1'],
    ],
  ])('refuse %s', async (_what, name, edits, problems) => {
    expect(await problemsOf(name, edits)).toEqual(problems);
    expect(await save(name, edits)).toMatchObject({ code: 'REFUSED' });
  });

  it('are corrected, and the difference tells each element', async () => {
    const edits = [
      { pointer: '/positions/0', to: null },
      { pointer: '/positions/1/product', to: '"B2"' },
      { pointer: '/positions/3/product', to: `"${IBAN}"` },
      { pointer: '/positions/3/amount', to: '"5.00"' },
    ];
    const saved = await save('order', edits);
    expect(saved).toMatchObject({ version: 2 });
    const rows = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query<{ payload: string }>(`select payload from payload_version where tenant_id = $1 and version = 2`, [
        api.test.tenantId,
      ]),
    );
    expect(JSON.parse(rows[0]?.payload ?? '')).toEqual({
      positions: [
        { product: 'B2', amount: '20.00' },
        { product: 'C', amount: '30.00' },
        { product: IBAN, amount: '5.00' },
      ],
      tags: ['x'],
    });
    expect(saved).toMatchObject({
      payload: {
        versions: [
          {
            changes: [
              { pointer: '/positions/0', from: '{"amount":"10.00","product":"A"}', to: null },
              { pointer: '/positions/1/product', from: '"B"', to: '"B2"' },
              // it stands at another position by now, and is masked all the same
              { pointer: '/positions/3', from: null, to: '"••••"' },
            ],
          },
          {},
        ],
      },
    });
    expect(JSON.stringify(saved)).not.toContain(IBAN);
  });

  it('make of it money that nobody knows where an amount came or went with an element', async () => {
    const planned = await analyst.ask(
      `mutation ($id: ID!, $versions: [PayloadChoiceInput!]) {
         requestRequeue(exceptionIds: [$id], reason: "corrected", mode: CORRECTED, versions: $versions, dryRun: true) {
           ... on RequeuePlan { approval { rules { name } } items { willSend } } } }`,
      { id: idOf('order'), versions: [{ exceptionId: idOf('order'), payloadVersion: 2 }] },
    );
    expect(planned).toMatchObject({
      requestRequeue: {
        items: [{ willSend: true }],
        // 60 euros of their own would be far below it
        approval: { rules: expect.arrayContaining([{ name: 'large-amount' }]) },
      },
    });
  });
});
