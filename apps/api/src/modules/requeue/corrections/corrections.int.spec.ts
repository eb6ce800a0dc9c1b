import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretBox } from '@throughline/persistence';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, countOf, HOP, storyObject, tell, type StoryObject } from '../../../testing/story-facts.js';
import { createExceptionsConsumer } from '../../exceptions/index.js';

const IBAN = 'DE89370400440532013000';
const ROLES = ['analyst', 'approver', 'engineer', 'treasurer'] as const;
const PAYLOADS = {
  order: `{"orderNumber":"O-1","sellingUnit":"DE01-BREMEN","payeeIban":"${IBAN}","id":9007199254740993,"amount":12345678901234567890.10}`,
  invoice: '{"number":"I-1","companyCode":"DE01","lines":[{"taxCode":"V1","text":"a"}]}',
  payment: `{"msgId":"M-1","endToEndId":"E-1","amount":"100.00","creditor":{"iban":"${IBAN}"},"remittance":"Invoice 7"}`,
  bare: '{"sellingUnit":"DE01-BREMEN"}',
} as const;
const FIELDS = [
  '/sellingUnit',
  '/payeeIban',
  '/region',
  '/companyCode',
  '/lines/*/taxCode',
  '/lines/*/text',
  '/remittance',
  '/endToEndId',
  '/msgId',
  '/creditor/iban',
];
const SCHEMA = {
  type: 'object',
  properties: {
    sellingUnit: { type: 'string', title: 'Selling unit', pattern: '^[A-Z]{2}[0-9]{2}-' },
    region: { enum: ['EMEA', 'APAC'] },
    id: { type: 'integer' },
  },
};

type Problem = { pointer: string; code: string };
type Change = { pointer: string; from: string | null; to: string | null };
type Saved = {
  correctException: {
    __typename: string;
    version?: number;
    code?: string;
    problems?: Problem[];
    changes?: Change[];
    savedBy?: string;
  };
};
type Edit = [pointer: string, to: string | null];

const objects: Record<keyof typeof PAYLOADS, StoryObject> = {
  order: storyObject('sales-order', 'O-1'),
  invoice: storyObject('supplier-invoice', 'I-1'),
  payment: storyObject('payment', 'P-1'),
  bare: storyObject('sales-order', 'O-2'),
};
const ids: Partial<Record<keyof typeof PAYLOADS, string>> = {};
let api: ApiHarness;
let people: Record<(typeof ROLES)[number], Client>;

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
    for (const [name, object] of Object.entries(objects)) {
      await facts.object(object);
      await facts.problem(object);
      const payloadJson = PAYLOADS[name as keyof typeof PAYLOADS];
      await facts.activity(object, { outcome: 'failure', minute: 1, payloadJson });
    }
  });
  await project(Object.values(objects));
  for (const [name, object] of Object.entries(objects)) {
    const rows = await database.withTenant(tenantId, (tx) =>
      tx.query<{ id: string }>(`select exception_id as id from exception where tenant_id = $1 and object_id = $2`, [
        tenantId,
        object.objectId,
      ]),
    );
    ids[name as keyof typeof PAYLOADS] = rows[0]?.id ?? '';
  }
});

afterAll(async () => {
  await api.close();
});

const project = (of: readonly StoryObject[]) =>
  api.test.database.withTenant(api.test.tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => at(10) }).handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload: { objectIds: of.map((one) => one.objectId), transactionIds: [] },
    }),
  );

const READ = `query ($id: ID!) { correctablePayload(exceptionId: $id) {
  canCorrect whyNot kind failedVersion latestVersion isMasked changeable schema contractVersion
  fields { pointer label kind valueJson isMasked needsConfirmation lock { code } }
  versions { number origin basedOn reason authorName payloadJson changes { pointer from to } } } }`;
type Read = {
  correctablePayload: {
    canCorrect: boolean;
    whyNot: string | null;
    latestVersion: number;
    fields: { pointer: string; lock: { code: string } | null }[];
    versions: { number: number; payloadJson: string }[];
  } | null;
};

const read = async (name: keyof typeof PAYLOADS, as: Client = people.analyst) =>
  (await as.ask<Read>(READ, { id: ids[name] })).correctablePayload;

const edits = (list: readonly Edit[]) => list.map(([pointer, to]) => ({ pointer, to }));

const save = async (
  name: keyof typeof PAYLOADS,
  basedOn: number,
  list: readonly Edit[],
  { as = people.analyst, isConfirmed = false }: { as?: Client; isConfirmed?: boolean } = {},
) => {
  const answer = await as.ask<Saved>(
    `mutation ($id: ID!, $basedOn: Int!, $edits: [PayloadEditInput!]!, $isConfirmed: Boolean) {
      correctException(exceptionId: $id, basedOn: $basedOn, edits: $edits, reason: "agreed with sales", isConfirmed: $isConfirmed) {
        __typename ... on CorrectionSaved { version } ... on CorrectionRefused { code problems { pointer code } }
        ... on CorrectionStale { savedBy changes { pointer from to } } } }`,
    { id: ids[name], basedOn, edits: edits(list), isConfirmed },
  );
  return answer.correctException;
};

const setting = (
  basedOn: number,
  fields: readonly string[],
  contractType: string | null,
  as: Client = people.engineer,
) =>
  as.send<{ saveCorrectionSetting: object }>(
    `mutation ($basedOn: Int!, $fields: [String!]!, $contractType: String) {
      saveCorrectionSetting(integration: "${HOP}", basedOn: $basedOn, fields: $fields, contractType: $contractType, note: "agreed") {
        __typename ... on CorrectionSettingSaved { integration { corrections { version fields changedByName } correctionHistory { version } } }
        ... on CatalogFailure { code message problems } } }`,
    { basedOn, fields, contractType },
  );

const request = async (name: keyof typeof PAYLOADS, mode: string, version?: number) => {
  const answer = await people.analyst.ask<{ requestRequeue: { __typename: string; code?: string } }>(
    `mutation ($id: ID!, $mode: RequeueMode, $versions: [PayloadChoiceInput!]) {
      requestRequeue(exceptionIds: [$id], reason: "corrected", mode: $mode, versions: $versions) {
        __typename ... on ActFailure { code } ... on RequeueAccepted { exceptions { attempts { mode payloadVersion } } } } }`,
    {
      id: ids[name],
      mode,
      versions: version === undefined ? null : [{ exceptionId: ids[name], payloadVersion: version }],
    },
  );
  return answer.requestRequeue;
};

const bodyOf = async (name: keyof typeof PAYLOADS) => {
  const rows = await api.test.database.withTenant(api.test.tenantId, (tx) =>
    tx.query<{ body: string }>(
      `select body from requeue_attempt where tenant_id = $1 and exception_id = $2 order by attempt desc limit 1`,
      [api.test.tenantId, ids[name]],
    ),
  );
  return rows[0]?.body ?? '';
};

describe('what may be corrected', () => {
  it('is nothing by default', async () => {
    expect(await read('order')).toMatchObject({
      canCorrect: false,
      whyNot: expect.stringContaining('declares nothing'),
    });
    expect(await save('order', 1, [['/sellingUnit', '"DE01-KIEL"']])).toMatchObject({ code: 'NOT_CORRECTABLE' });
  });

  it('is declared per integration, in versions, by whoever keeps the catalog', async () => {
    await people.engineer.ask(
      `mutation ($schema: JSON!) { registerEventContract(eventType: "order.sent", schema: $schema) { __typename } }`,
      { schema: SCHEMA },
    );
    expect((await setting(0, ['/a'], null, people.analyst)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await setting(0, ['sellingUnit', '/a/**'], null)).data).toMatchObject({
      saveCorrectionSetting: {
        code: 'INVALID',
        problems: [expect.stringContaining('sellingUnit'), expect.stringContaining('/a/**')],
      },
    });
    expect((await setting(0, ['/a'], 'nobody.knows')).data).toMatchObject({
      saveCorrectionSetting: { code: 'NOT_FOUND' },
    });
    expect((await setting(0, ['/sellingUnit'], null)).data).toMatchObject({
      saveCorrectionSetting: { integration: { corrections: { version: 1, fields: ['/sellingUnit'] } } },
    });
    expect((await setting(0, ['/sellingUnit'], null)).data).toMatchObject({
      saveCorrectionSetting: { code: 'CONFLICT' },
    });
    expect((await setting(1, FIELDS, 'order.sent')).data).toMatchObject({
      saveCorrectionSetting: { integration: { correctionHistory: [{ version: 2 }, { version: 1 }] } },
    });
    const records = await countOf(
      api.test.database,
      api.test.tenantId,
      'audit_record',
      `action = 'integration.corrections-changed'`,
    );
    expect(records).toBe(2);
  });
});

describe('the payload that can be corrected', () => {
  it('comes as exact text, masked, with schema, fields and versions', async () => {
    const found = await read('order');
    expect(found).toMatchObject({
      canCorrect: true,
      kind: 'other',
      failedVersion: 1,
      latestVersion: 1,
      isMasked: true,
      changeable: FIELDS,
      schema: SCHEMA,
      fields: [
        { pointer: '/sellingUnit', label: 'Selling unit', valueJson: '"DE01-BREMEN"', lock: null },
        { pointer: '/payeeIban', valueJson: null, isMasked: true },
        { pointer: '/region', kind: 'choice', valueJson: null },
        ...Array.from({ length: 5 }, () => expect.anything()),
      ],
    });
    const [version] = found?.versions ?? [];
    expect(version?.payloadJson).toContain('12345678901234567890.10');
    expect(version?.payloadJson).toContain('9007199254740993');
    expect(version?.payloadJson).not.toContain(IBAN);
    expect((await read('order', people.approver))?.versions[0]?.payloadJson).toContain(IBAN);
  });

  it('is not for who may not send again', async () => {
    const answer = await people.treasurer.send(READ, { id: ids.order });
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('is checked while somebody types, and nothing is written', async () => {
    const { checkCorrection } = await people.analyst.ask<{ checkCorrection: object }>(
      `query ($id: ID!, $edits: [PayloadEditInput!]!) { checkCorrection(exceptionId: $id, basedOn: 1, edits: $edits) {
        isStale toConfirm problems { pointer code } changes { pointer from to } } }`,
      {
        id: ids.order,
        edits: edits([
          ['/sellingUnit', '"x"'],
          ['/region', '"MOON"'],
          ['/amount', '1'],
        ]),
      },
    );
    expect(checkCorrection).toEqual({
      isStale: false,
      toConfirm: [],
      problems: [
        { pointer: '/amount', code: 'NOT_CHANGEABLE' },
        { pointer: '/region', code: 'BREAKS_CONTRACT' },
        { pointer: '/sellingUnit', code: 'BREAKS_CONTRACT' },
      ],
      changes: [
        { pointer: '/sellingUnit', from: '"DE01-BREMEN"', to: '"x"' },
        { pointer: '/region', from: null, to: '"MOON"' },
      ],
    });
    expect(await countOf(api.test.database, api.test.tenantId, 'payload_version')).toBe(0);
  });
});

describe('a payload that is written as a whole', () => {
  const asText = async (payloadJson: string, as = people.analyst) => {
    const { correctionEdits } = await as.ask<{ correctionEdits: { pointer: string; to: string | null }[] }>(
      `query ($id: ID!, $text: String!) { correctionEdits(exceptionId: $id, basedOn: 1, payloadJson: $text) { pointer to } }`,
      { id: ids.order, text: payloadJson },
    );
    return correctionEdits;
  };

  it('is told as edits, against what this person sees of it', async () => {
    const shown = (await read('order'))?.versions[0]?.payloadJson ?? '';
    expect(shown).toContain('••••');
    expect(await asText(shown)).toEqual([]);
    expect(await asText(shown.replace('DE01-BREMEN', 'DE01-KIEL'))).toEqual([
      { pointer: '/sellingUnit', to: '"DE01-KIEL"' },
    ]);
    expect(await asText(PAYLOADS.order, people.approver)).toEqual([]);
    // the whole number in the place of a masked one is a change, which is refused like any other of that place
    const [edit] = await asText(PAYLOADS.order);
    expect(edit).toEqual({ pointer: '/payeeIban', to: `"${IBAN}"` });
    expect(await save('order', 1, [[edit!.pointer, edit!.to]])).toMatchObject({
      problems: [{ pointer: '/payeeIban', code: 'MASKED' }],
    });
  });

  it('is held against what is declared, place by place', async () => {
    const shown = (await read('order'))?.versions[0]?.payloadJson ?? '';
    const list = (await asText(shown.replace('12345678901234567890.10', '1.00'))).map(({ pointer, to }): Edit => [
      pointer,
      to,
    ]);
    expect(await save('order', 1, list)).toMatchObject({ problems: [{ pointer: '/amount', code: 'NOT_CHANGEABLE' }] });
  });

  it('is refused where it is no JSON', async () => {
    await expect(asText('{"a":')).rejects.toThrow('INVALID_INPUT');
  });
});

describe('saving a correction', () => {
  it.each<[string, Edit[], Problem[]]>([
    ['what is not declared', [['/amount', '1']], [{ pointer: '/amount', code: 'NOT_CHANGEABLE' }]],
    ['what is masked for the person', [['/payeeIban', `"${IBAN}"`]], [{ pointer: '/payeeIban', code: 'MASKED' }]],
    ['a masked value', [['/sellingUnit', '"DE••••3000"']], [{ pointer: '/sellingUnit', code: 'MASKED' }]],
    [
      'every departure from the contract',
      [
        ['/sellingUnit', '1'],
        ['/region', '"X"'],
      ],
      [
        { pointer: '/region', code: 'BREAKS_CONTRACT' },
        { pointer: '/sellingUnit', code: 'BREAKS_CONTRACT' },
      ],
    ],
  ])('refuses %s', async (_what, list, problems) => {
    expect(await save('order', 1, list)).toMatchObject({ code: 'REFUSED', problems });
  });

  it('refuses to save nothing, and a version that nobody knows', async () => {
    expect(await save('order', 1, [['/sellingUnit', '"DE01-BREMEN"']])).toMatchObject({ code: 'NOTHING_CHANGED' });
    await expect(save('order', 7, [['/sellingUnit', '"DE01-KIEL"']])).rejects.toThrow('INVALID_INPUT');
  });

  it('keeps the next version beside what failed; who saw an older one is told what was saved', async () => {
    const [one, other] = await Promise.all([
      save('order', 1, [['/sellingUnit', '"DE01-KIEL"']]),
      save('order', 1, [['/sellingUnit', '"DE01-KIEL"']], { as: people.engineer }),
    ]);
    expect([one.__typename, other.__typename].sort()).toEqual(['CorrectionSaved', 'CorrectionStale']);
    expect([one, other].find(({ savedBy }) => savedBy !== undefined)?.changes).toEqual([
      { pointer: '/sellingUnit', from: '"DE01-BREMEN"', to: '"DE01-KIEL"' },
    ]);
    expect(
      await save('order', 2, [['/payeeIban', `"${IBAN.replace('89', '11')}"`]], { as: people.approver }),
    ).toMatchObject({
      problems: [{ pointer: '/payeeIban', code: 'BREAKS_RULE' }],
    });
    expect(await read('order')).toMatchObject({
      failedVersion: 1,
      latestVersion: 2,
      versions: [
        {
          number: 2,
          origin: 'correction',
          basedOn: 1,
          reason: 'agreed with sales',
          changes: [{ pointer: '/sellingUnit' }],
        },
        { number: 1, origin: 'source', basedOn: null },
      ],
    });
  });

  it('is part of timeline and evidence, without any value', async () => {
    const rows = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query<{ details: object }>(
        `select details from audit_record where tenant_id = $1 and action = 'exception.payload-corrected'`,
        [api.test.tenantId],
      ),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.details).toMatchObject({ payloadVersion: 2, basedOn: 1, fields: ['/sellingUnit'] });
    expect(JSON.stringify(rows)).not.toContain('KIEL');
  });

  it('never changes a version that is kept', async () => {
    const change = api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(`update payload_version set payload = '{}' where tenant_id = $1`, [api.test.tenantId]),
    );
    await expect(change).rejects.toMatchObject({ code: '42501' });
  });

  it('takes facts of a posting only with a confirmation', async () => {
    const list: Edit[] = [
      ['/companyCode', '"DE02"'],
      ['/lines/0/taxCode', '"V0"'],
      ['/lines/0/text', '"b"'],
    ];
    expect(await save('invoice', 1, list)).toMatchObject({
      code: 'NOT_CONFIRMED',
      problems: [
        { pointer: '/companyCode', code: 'FIX_AT_SOURCE' },
        { pointer: '/lines/0/taxCode', code: 'FIX_AT_SOURCE' },
      ],
    });
    expect(await save('invoice', 1, list, { isConfirmed: true })).toMatchObject({ version: 2 });
  });
});

describe('sending', () => {
  it('refuses a version that is none', async () => {
    expect(await request('order', 'CORRECTED')).toMatchObject({ code: 'NO_SUCH_VERSION' });
    expect(await request('order', 'CORRECTED', 1)).toMatchObject({ code: 'NO_SUCH_VERSION' });
    expect(await request('order', 'CORRECTED', 9)).toMatchObject({ code: 'NO_SUCH_VERSION' });
  });

  it('sends the corrected version digit for digit, and names it', async () => {
    expect(await request('order', 'CORRECTED', 2)).toMatchObject({
      exceptions: [{ attempts: [{ mode: 'CORRECTED', payloadVersion: 2 }] }],
    });
    const body = await bodyOf('order');
    expect(body).toContain('"amount":12345678901234567890.10');
    expect(body).toContain(IBAN);
    expect(JSON.parse(body)).toMatchObject({
      payloadVersion: 2,
      mode: 'corrected',
      payload: { sellingUnit: 'DE01-KIEL' },
    });
  });

  it('refuses a version that does not fit its contract any more', async () => {
    expect(await save('bare', 1, [['/sellingUnit', '"DE01-KIEL"']])).toMatchObject({ version: 2 });
    const strict = { properties: { sellingUnit: { pattern: '^US' } } };
    await people.engineer.ask(
      `mutation ($schema: JSON!) { registerEventContract(eventType: "order.strict", schema: $schema) { __typename } }`,
      { schema: strict },
    );
    await setting(2, FIELDS, 'order.strict');
    expect(await request('bare', 'CORRECTED', 2)).toMatchObject({ code: 'PAYLOAD_UNFIT' });
    await setting(3, FIELDS, 'order.sent');
  });

  it('asks the source to extract it anew, without a payload', async () => {
    expect(await request('bare', 'EXTRACT_ANEW')).toMatchObject({
      exceptions: [{ attempts: [{ mode: 'EXTRACT_ANEW' }] }],
    });
    expect(JSON.parse(await bodyOf('bare'))).toMatchObject({ payload: null, mode: 'extract-anew', payloadVersion: 1 });
    expect(await read('bare')).toMatchObject({ canCorrect: false, whyNot: expect.stringContaining('on its way') });
  });

  it('keeps MsgId and EndToEndId of a payment, and everything that moves money', async () => {
    const hidden: Edit[] = [
      ['/msgId', '"M-2"'],
      ['/endToEndId', '"E-2"'],
      ['/creditor/iban', `"${IBAN}"`],
      ['/amount', '"1.00"'],
    ];
    expect(await save('payment', 1, hidden, { as: people.approver, isConfirmed: true })).toMatchObject({
      code: 'REFUSED',
      problems: hidden.map(([pointer]) => ({ pointer, code: 'LOCKED_IN_PAYMENT' })),
    });
    expect(
      (await read('payment'))?.fields.filter(({ lock }) => lock === null).map(({ pointer }) => pointer),
    ).not.toContain('/endToEndId');
    expect(await save('payment', 1, [['/remittance', '"Invoice 8"']])).toMatchObject({ version: 2 });
    await request('payment', 'CORRECTED', 2);
    expect(JSON.parse(await bodyOf('payment'))).toMatchObject({
      payload: { ...(JSON.parse(PAYLOADS.payment) as object), remittance: 'Invoice 8' },
    });
  });

  it('does not send a correction of what its source has changed since', async () => {
    await tell(api.test.database, api.test.tenantId, (facts) =>
      facts
        .activity(objects.invoice, {
          outcome: 'failure',
          minute: 5,
          payloadJson: '{"number":"I-1","companyCode":"DE03"}',
        })
        .then(() => undefined),
    );
    expect(await request('invoice', 'CORRECTED', 2)).toMatchObject({ code: 'STALE_VERSION' });
    expect(await save('invoice', 2, [['/companyCode', '"DE01"']], { isConfirmed: true })).toMatchObject({
      __typename: 'CorrectionStale',
      savedBy: 'The source',
    });
    expect(await request('invoice', 'AS_IS')).toMatchObject({
      exceptions: [{ attempts: [{ mode: 'AS_IS', payloadVersion: 3 }] }],
    });
    expect(JSON.parse(await bodyOf('invoice'))).toMatchObject({ payload: { companyCode: 'DE03' }, mode: 'as-is' });
  });
});
