import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBox } from '@throughline/persistence';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, HOP, storyObject, tell } from '../../../testing/story-facts.js';
import { createExceptionsConsumer } from '../../exceptions/index.js';

const IBAN = 'DE89370400440532013000';
const ROLES = ['analyst', 'approver', 'controller', 'treasurer', 'engineer', 'auditor'] as const;
const FAILED = {
  payment: {
    object: storyObject('payment', 'P-1'),
    payloadJson: `{"endToEndId":"E-1","creditor":{"iban":"${IBAN}"},"remittance":"Invoice 7","note":"old"}`,
  },
  order: { object: storyObject('sales-order', 'O-1'), payloadJson: '{"amount":"100.00","text":"a"}' },
  plain: { object: storyObject('sales-order', 'O-2'), payloadJson: '{"amount":"100.00","text":"a"}' },
  redacted: { object: storyObject('sales-order', 'O-3'), payloadJson: '{"iban":"DE••••3000","text":"a"}' },
  large: { object: storyObject('sales-order', 'O-5'), payloadJson: `{"a":"${'x'.repeat(250 * 1024)}","text":"a"}` },
  often: { object: storyObject('sales-order', 'O-6'), payloadJson: '{"text":"a"}' },
  unfit: { object: storyObject('sales-order', 'O-7'), payloadJson: '{"text":"a"}' },
  waiting: { object: storyObject('payment', 'P-2'), payloadJson: '{"endToEndId":"E-2","text":"a"}' },
  file: {
    object: storyObject('sales-order', 'O-4'),
    payloadJson: '{"xml":"<CstmrCdtTrfInitn><PmtInf/></CstmrCdtTrfInitn>"}',
  },
} as const;
type Name = keyof typeof FAILED;

let api: ApiHarness;
let people: Record<(typeof ROLES)[number], Client>;
const ids = new Map<string, string>();

beforeAll(async () => {
  api = await startApi({ clock: () => at(30) });
  const { database, tenantId } = api.test;
  const clients: Partial<typeof people> = {};
  for (const role of ROLES) {
    await api.addPerson(tenantId, `${role}@test.example`, role);
    clients[role] = await api.signIn(`${role}@test.example`);
  }
  people = clients as typeof people;
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url, requeue_secret_encrypted)
       values ($1, $2, 'Contract to order', 'salesforce', 'sap-s4hana', 'Integration team', 'high', 'https://example.com/requeue', $3)`,
      [tenantId, HOP, new SecretBox(api.config.secretKey).seal(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)],
    ),
  );
  await tell(database, tenantId, async (facts) => {
    for (const { object, payloadJson } of Object.values(FAILED)) {
      await facts.object(object, '100.00');
      await facts.problem(object);
      await facts.activity(object, { outcome: 'failure', minute: 1, payloadJson });
    }
  });
  const objectIds = Object.values(FAILED).map(({ object }) => object.objectId);
  await database.withTenant(tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => at(10) }).handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload: { objectIds, transactionIds: [] },
    }),
  );
  const rows = await database.withTenant(tenantId, (tx) =>
    tx.query<{ id: string; key: string }>(
      `select exception_id as id, object_key as key from exception where tenant_id = $1`,
      [tenantId],
    ),
  );
  for (const { id, key } of rows) ids.set(key, id);
  for (const type of ['payment.sent', 'payment.strict']) {
    const schema = type === 'payment.sent' ? {} : { properties: { remittance: { pattern: '^US' } } };
    await people.engineer.ask(
      `mutation ($type: String!, $schema: JSON!) { registerEventContract(eventType: $type, schema: $schema) { __typename } }`,
      { type, schema },
    );
  }
  await declare(0, 'payment.sent');
});

afterAll(async () => {
  await api.close();
});

const idOf = (name: Name) => ids.get(FAILED[name].object.key) ?? '';

const declare = (basedOn: number, contractType: string) =>
  people.engineer.ask(
    `mutation ($basedOn: Int!, $contractType: String) {
       saveCorrectionSetting(integration: "${HOP}", basedOn: $basedOn, fields: ["/remittance", "/note", "/amount", "/text"],
                             contractType: $contractType, note: "agreed") { __typename } }`,
    { basedOn, contractType },
  );

type Saved = { saveCorrection: { version?: number; code?: string } };

const correct = async (as: Client, name: Name, basedOn: number, pointer: string, to: string) => {
  const { saveCorrection } = await as.ask<Saved>(
    `mutation ($id: ID!, $basedOn: Int!, $edits: [PayloadEditInput!]!) {
       saveCorrection(exceptionId: $id, basedOn: $basedOn, edits: $edits, reason: "agreed with sales") {
         ... on CorrectionSaved { version } ... on CorrectionRefused { code } } }`,
    { id: idOf(name), basedOn, edits: [{ pointer, to }] },
  );
  return saveCorrection;
};

type Requested = {
  requestRequeue: {
    code?: string;
    message?: string;
    approval?: { isHard: boolean; rules: { name: string }[] } | null;
    items?: { willSend: boolean; code: string | null }[];
    request?: { id: string; state: string; selectionHash: string };
  };
};

const request = async (name: Name, mode: string, { version = 0, dryRun = false } = {}) => {
  const versions = [{ exceptionId: idOf(name), payloadVersion: version }];
  const { requestRequeue } = await people.analyst.ask<Requested>(
    `mutation ($id: ID!, $mode: RequeueMode, $versions: [PayloadChoiceInput!], $dryRun: Boolean) {
       requestRequeue(exceptionIds: [$id], reason: "corrected", mode: $mode, versions: $versions, dryRun: $dryRun) {
         ... on ActFailure { code message } ... on RequeuePlan { approval { isHard rules { name } } items { willSend code } }
         ... on RequeueAccepted { request { id state selectionHash } } } }`,
    { id: idOf(name), mode, versions, dryRun },
  );
  return requestRequeue;
};

describe('a corrected payload that needs a second person', () => {
  let asked: { id: string; selectionHash: string };

  const approve = async (as: Client) => {
    const { approveRequeue } = await as.ask<{ approveRequeue: object }>(
      `mutation ($id: ID!, $hash: String!) { approveRequeue(requestId: $id, selectionHash: $hash) {
         __typename ... on ActFailure { code message } } }`,
      { id: asked.id, hash: asked.selectionHash },
    );
    return approveRequeue;
  };

  beforeAll(async () => {
    await correct(people.approver, 'payment', 1, '/remittance', '"Invoice 8"');
    await correct(people.analyst, 'payment', 2, '/note', `"account ${IBAN}"`);
    const { request: made } = await request('payment', 'CORRECTED', { version: 3 });
    expect(made?.state).toBe('PENDING_APPROVAL');
    asked = made ?? { id: '', selectionHash: '' };
  });

  it('is shown to who decides with all that differs from the source; values to who may see payloads', async () => {
    const frozen = async (as: Client) => {
      const { requeueRequest } = await as.ask<{ requeueRequest: { frozenItems: { edges: { node: object }[] } } }>(
        `query ($id: ID!) { requeueRequest(id: $id) { frozenItems(first: 5) { edges { node {
           mode payloadVersion changes { pointer from to } } } } } }`,
        { id: asked.id },
      );
      return requeueRequest.frozenItems.edges.map(({ node }) => node);
    };
    const remittance = { pointer: '/remittance', from: '"Invoice 7"', to: '"Invoice 8"' };
    const masked = { from: '"••••"', to: '"••••"' };
    const shown = (...changes: object[]) => [{ mode: 'CORRECTED', payloadVersion: 3, changes }];
    expect(await frozen(people.approver)).toEqual(
      shown({ pointer: '/note', from: '"old"', to: `"account ${IBAN}"` }, remittance),
    );
    expect(await frozen(people.analyst)).toEqual(shown({ pointer: '/note', ...masked }, remittance));
    // who has to stand for the payment sees what was changed in it
    expect(await frozen(people.treasurer)).toEqual(shown({ pointer: '/note', ...masked }, remittance));
    expect(await frozen(people.auditor)).toEqual(
      shown({ pointer: '/note', ...masked }, { pointer: '/remittance', ...masked }),
    );
  });

  it('is not approved by who wrote a correction of it, though somebody else asked', async () => {
    expect(await approve(people.approver)).toMatchObject({ code: 'TOUCHED_LINEAGE' });
  });

  it('is not approved when its contract is another one since, and is when it fits', async () => {
    await declare(1, 'payment.strict');
    expect(await approve(people.treasurer)).toMatchObject({
      code: 'CHANGED_SINCE_REQUEST',
      message: expect.stringContaining('P-1: Version 3 does not fit its contract any more'),
    });
    await declare(2, 'payment.sent');
    expect(await approve(people.treasurer)).toEqual({ __typename: 'RequeueDecided' });
  });
});

describe('corrections', () => {
  it('do not make a payload larger than one that is corrected here', async () => {
    expect(await correct(people.analyst, 'large', 1, '/text', `"${'y'.repeat(15_000)}"`)).toEqual({
      code: 'NOT_CORRECTABLE',
    });
    expect(await correct(people.analyst, 'large', 1, '/text', '"y"')).toEqual({ version: 2 });
  });

  it('come to an end', async () => {
    expect(await correct(people.analyst, 'often', 1, '/text', '"b"')).toEqual({ version: 2 });
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(
        `insert into payload_version (tenant_id, exception_id, version, based_on, payload, payload_sha256, changes, reason, author_id,
                                      author_name, created_at)
         select tenant_id, exception_id, n, n - 1, payload, payload_sha256, changes, reason, author_id, author_name, created_at
         from payload_version cross join generate_series(3, 100) as n where tenant_id = $1 and exception_id = $2 and version = 2`,
        [tx.tenantId, idOf('often')],
      ),
    );
    expect(await correct(people.analyst, 'often', 100, '/text', '"c"')).toEqual({ code: 'NOT_CORRECTABLE' });
  });
});

describe('what approval is measured by', () => {
  it('is not the amount that failed where another one is sent', async () => {
    expect(await correct(people.approver, 'order', 1, '/amount', '"9000000.00"')).toEqual({ version: 2 });
    expect(await request('order', 'CORRECTED', { version: 2, dryRun: true })).toMatchObject({
      approval: { isHard: false },
      items: [{ willSend: true }],
    });
    const { request: made } = await request('order', 'CORRECTED', { version: 2 });
    expect(made?.state).toBe('PENDING_APPROVAL');
    const broken = await people.controller.ask(
      `mutation ($id: ID!, $hash: String!) { breakGlassRequeue(requestId: $id, selectionHash: $hash, reason: "month end, nobody is here") { __typename } }`,
      { id: made?.id, hash: made?.selectionHash },
    );
    expect(broken).toEqual({ breakGlassRequeue: { __typename: 'RequeueDecided' } });
    // an emergency is looked at by somebody else than who wrote what was sent
    const reviewed = await people.approver.ask(
      `mutation ($id: ID!) { reviewBreakGlass(requestId: $id, comment: "seen") { ... on ActFailure { code } } }`,
      { id: made?.id },
    );
    expect(reviewed).toEqual({ reviewBreakGlass: { code: 'TOUCHED_LINEAGE' } });
  });

  it('stays the amount that failed where only words differ, and a correction has a second person all the same', async () => {
    expect(await correct(people.analyst, 'plain', 1, '/text', '"b"')).toEqual({ version: 2 });
    expect(await request('plain', 'CORRECTED', { version: 2, dryRun: true })).toMatchObject({
      approval: { isHard: false, rules: [{ name: 'corrected' }] },
    });
    expect(await request('plain', 'AS_IS', { dryRun: true })).toMatchObject({ approval: null });
    expect((await request('plain', 'CORRECTED', { version: 2 })).request?.state).toBe('PENDING_APPROVAL');
  });

  it('is the order to pay in the payload, whatever the object is called', async () => {
    expect(await request('file', 'AS_IS', { dryRun: true })).toMatchObject({ approval: { isHard: true } });
    // made anew, it might have other ids
    expect(await request('file', 'EXTRACT_ANEW', { dryRun: true })).toMatchObject({
      items: [{ willSend: false, code: 'PAYLOAD_UNFIT' }],
    });
    expect((await request('file', 'AS_IS')).request?.state).toBe('PENDING_APPROVAL');
  });
});

describe('a payload of which redaction kept a mask', () => {
  it('is never sent, and can be extracted anew', async () => {
    expect(await request('redacted', 'AS_IS', { dryRun: true })).toMatchObject({
      items: [{ willSend: false, code: 'PAYLOAD_UNFIT' }],
    });
    expect(await request('redacted', 'AS_IS')).toMatchObject({ code: 'PAYLOAD_UNFIT' });
    await correct(people.analyst, 'redacted', 1, '/text', '"b"');
    expect(await request('redacted', 'CORRECTED', { version: 2 })).toMatchObject({ code: 'PAYLOAD_UNFIT' });
    expect((await request('redacted', 'EXTRACT_ANEW')).request?.state).toBe('SENDING');
  });
});

describe('a payload that does not keep the contract of its integration', () => {
  let waiting: { id: string; selectionHash: string } | undefined;

  beforeAll(async () => {
    waiting = (await request('waiting', 'AS_IS')).request;
    await people.engineer.ask(
      `mutation ($schema: JSON!) { registerEventContract(eventType: "order.strict", schema: $schema) { __typename } }`,
      { schema: { properties: { text: { pattern: '^US' } } } },
    );
    await declare(3, 'order.strict');
  });

  it('is not sent as it failed, and it is said where it departs from it', async () => {
    expect(await request('unfit', 'AS_IS', { dryRun: true })).toMatchObject({
      items: [{ willSend: false, code: 'PAYLOAD_UNFIT' }],
    });
    expect(await request('unfit', 'AS_IS')).toMatchObject({
      code: 'PAYLOAD_UNFIT',
      message: expect.stringMatching(
        /^What failed does not fit its contract order\.strict: \/text .+ extracted anew\.$/,
      ),
    });
  });

  it('goes corrected, or extracted anew', async () => {
    expect(await correct(people.analyst, 'unfit', 1, '/text', '"US"')).toEqual({ version: 2 });
    expect(await request('unfit', 'CORRECTED', { version: 2, dryRun: true })).toMatchObject({
      items: [{ willSend: true }],
    });
    expect(await request('unfit', 'EXTRACT_ANEW', { dryRun: true })).toMatchObject({ items: [{ willSend: true }] });
  });

  it('is not approved where it was asked for before, as it was frozen', async () => {
    const { approveRequeue } = await people.treasurer.ask<{ approveRequeue: object }>(
      `mutation ($id: ID!, $hash: String!) { approveRequeue(requestId: $id, selectionHash: $hash) {
         ... on ActFailure { code message } } }`,
      { id: waiting?.id, hash: waiting?.selectionHash },
    );
    expect(approveRequeue).toMatchObject({
      code: 'CHANGED_SINCE_REQUEST',
      message: expect.stringContaining('P-2: What failed does not fit its contract order.strict'),
    });
  });
});
