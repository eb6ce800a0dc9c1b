import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTenant } from '@throughline/persistence/testing';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { insertSignal } from '../testing/insert-signal.js';

const OTHER_TENANT = '33333333-3333-4333-8333-333333333333';
const IBAN = 'DE89370400440532013000';

const definition = (over: { rule?: string; kind?: string; name?: string } = {}) => `name: ${over.name ?? 'acme-erp'}
version: 1
title: Acme ERP
sourceKinds: [acme-erp]
eventTypes: [com.acme.]
records: [/items]
identity: id
type: type
occurredAt: $instant(at)
rules:
  - name: heartbeat
    when: |
      type = 'heartbeat'
    ignore: tells nothing of finance
  - name: broken
    when: |
      type = 'broken' and $error('the rule fails')
    ignore: never
  - name: posted
    when: |
      ${over.rule ?? "type = 'posted'"}
    activities: |
      { "type": "invoice.posted", "objects": [
        { "type": "invoice", "keys": [{ "kind": "${over.kind ?? 'invoice-number'}", "value": number }], "amount": $money(total, 'EUR') },
        { "type": "bank-account", "keys": [{ "kind": "iban", "value": iban }] }] }
`;

type Trial = {
  outcome: string;
  activities: { type: string; objects: { keys: { value: string }[]; objectId: string | null }[] }[];
  unmapped: { code: string; reason: string } | null;
  rule: string | null;
  problems: string[];
  rules: { rule: string; matched: boolean; error: string | null }[];
};
type Comparison = {
  problems: string[];
  compared: number;
  same: number;
  changed: number;
  newlyMapped: number;
  newlyUnmapped: number;
  differences: { signal: { id: string; type: string }; before: { outcome: string }; after: { outcome: string } }[];
};

describe('the mapping bench', () => {
  let api: ApiHarness;
  let engineer: Client;
  let approver: Client;
  const ids: Record<string, string> = {};
  const payload = (type: string, number = 'INV-1') => ({
    id: number,
    type,
    number,
    at: '2026-09-30T08:00:00Z',
    total: '12.50',
    iban: IBAN,
  });

  beforeAll(async () => {
    api = await startApi();
    await api.addPerson(api.test.tenantId, 'engineer@acme.example', 'engineer');
    await api.addPerson(api.test.tenantId, 'approver@acme.example', 'approver');
    engineer = await api.signIn('engineer@acme.example');
    approver = await api.signIn('approver@acme.example');
    await createTenant(api.test.ownerUrl, OTHER_TENANT);
    await api.addPerson(OTHER_TENANT, 'engineer@other.example', 'engineer');
    await api.test.database.withTenant(api.test.tenantId, async (tx) => {
      await tx.query(
        `insert into source_system (tenant_id, name, kind, title) values ($1, 'acme', 'acme-erp', 'Acme'), ($1, 'else', 'else', 'Else')`,
        [tx.tenantId],
      );
      await tx.query(
        `insert into mapping_version (tenant_id, name, version, definition, state, created_by, created_at)
         values ($1, 'acme-erp', 1, $2, 'active', gen_random_uuid(), now())`,
        [tx.tenantId, definition()],
      );
      const insert = async (name: string, type: string, over: Record<string, unknown> = {}) => {
        const at = new Date(Date.now() - Object.keys(ids).length * 1_000);
        const signal = {
          sourceSystem: 'acme',
          sourceKind: 'acme-erp',
          type,
          body: payload(type, name),
          receivedAt: at,
        };
        ids[name] = await insertSignal(tx, { ...signal, ...over });
      };
      await insert('posted', 'posted');
      await insert('event', 'com.acme.credit', {
        kind: 'cloud-event',
        sourceSystem: 'else',
        sourceKind: 'else',
        body: payload('credit'),
      });
      await insert('credit', 'credit', { outcome: 'unmapped', note: { code: 'no-rule', reason: 'x' } });
      await insert('heartbeat', 'heartbeat');
      await insert('elsewhere', 'credit', { sourceSystem: 'else', sourceKind: 'else' });
      await insert('finance', 'finance.invoice.posted', {
        kind: 'cloud-event',
        body: { system: 'sap', objects: [{ type: 'invoice', keys: [{ kind: 'invoice-number', value: 'INV-9' }] }] },
        attributes: { time: '2026-09-30T08:00:00Z' },
      });
      await insert('row', 'csv.row', { kind: 'file-record', body: 'no record' });
    });
  });
  afterAll(() => api.close());

  const trial = async (input: Record<string, unknown>, client = engineer): Promise<Trial> =>
    (
      await client.ask<{ mappingTrial: Trial }>(
        `query ($input: MappingTrialInput!) { mappingTrial(input: $input) { outcome ignoredBecause rule problems rules { rule matched error }
           activities { type objects { keys { value } objectId } } unmapped { code reason place } } }`,
        { input },
      )
    ).mappingTrial;
  const compare = async (input: Record<string, unknown>, client = engineer): Promise<Comparison> =>
    (
      await client.ask<{ mappingComparison: Comparison }>(
        `query ($input: MappingComparisonInput!) { mappingComparison(input: $input) {
           problems compared same changed newlyMapped newlyUnmapped differences { signal { id type } before after } } }`,
        { input },
      )
    ).mappingComparison;

  it('shows what a stored signal becomes, and which rules were tried, without storing anything', async () => {
    const mapped = await trial({ mapping: 'acme-erp', signalId: ids.posted });
    expect(mapped).toMatchObject({ outcome: 'mapped', rule: 'posted', problems: [], unmapped: null });
    expect(mapped.rules).toEqual([
      { rule: 'heartbeat', matched: false, error: null },
      { rule: 'broken', matched: false, error: null },
      { rule: 'posted', matched: true, error: null },
    ]);
    expect(mapped.activities[0]?.objects.map(({ keys }) => keys[0]?.value)).toEqual(['posted', 'DE••••3000']);
    const whole = await trial({ mapping: 'acme-erp', signalId: ids.posted }, approver);
    expect(whole.activities[0]?.objects[1]?.keys[0]?.value).toBe(IBAN);
    const [stored] = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query<{ rows: number }>('select count(*)::int as rows from activity where tenant_id = $1', [tx.tenantId]),
    );
    expect(stored?.rows).toBe(0);
  });

  it('tells of a signal that no rule takes, that is ignored, and of a rule that fails', async () => {
    const unmapped = await trial({ mapping: 'acme-erp', signalId: ids.credit });
    expect(unmapped).toMatchObject({ outcome: 'unmapped', rule: null, unmapped: { code: 'no-rule' } });
    expect(await trial({ mapping: 'acme-erp', signalId: ids.heartbeat })).toMatchObject({
      outcome: 'ignored',
      ignoredBecause: 'tells nothing of finance',
      rules: [{ rule: 'heartbeat', matched: true }],
    });
    const broken = await trial({ mapping: 'acme-erp', payload: JSON.stringify(payload('broken')) });
    expect(broken).toMatchObject({ outcome: 'unmapped', unmapped: { code: 'invalid-output' } });
    expect(broken.rules.at(-1)).toEqual({
      rule: 'broken',
      matched: false,
      error: expect.stringContaining('the rule fails'),
    });
  });

  it('takes a pasted payload as the intake would: cut into records, in its own format', async () => {
    const many = { items: [payload('posted', 'INV-7'), payload('posted', 'INV-8')] };
    const tried = await trial({ definition: definition(), payload: JSON.stringify(many), sourceSystem: 'acme' });
    expect(tried).toMatchObject({ outcome: 'mapped', problems: ['payload: holds 2 records, the first one was tried'] });
    expect(tried.activities[0]?.objects[0]?.keys[0]?.value).toBe('INV-7');
    expect(await trial({ mapping: 'acme-erp', payload: '{"id":' })).toMatchObject({
      outcome: 'unmapped',
      unmapped: { code: 'unreadable' },
    });
  });

  it('names every problem of a definition', async () => {
    const { outcome, problems } = await trial({ definition: definition({ rule: 'type = ' }), payload: '{}' });
    expect(outcome).toBe('invalid-definition');
    expect(problems).toEqual([expect.stringMatching(/^rules\.posted\.when: /)]);
  });

  it('ends a definition that takes too long, while the API answers others', async () => {
    // each condition stays within the limit of one expression, all of them together do not end in time
    const rules = Array.from({ length: 200 }, (_, index) =>
      [`  - name: r${index}`, '    when: |', '      $sum([1..30000].($ * 2)) < 0', '    ignore: never'].join('\n'),
    );
    const slow = `${definition().slice(0, definition().indexOf('rules:'))}rules:\n${rules.join('\n')}\n`;
    const running = trial({ definition: slow, payload: JSON.stringify(payload('posted')) });
    expect(await engineer.ask('{ viewer { roles } }')).toEqual({ viewer: { roles: ['engineer'] } });
    expect(await running).toMatchObject({
      outcome: 'invalid-definition',
      problems: ['definition: the run took longer than 5 s and was ended'],
    });
  });

  it('runs a signal through the mapping in code that reads it', async () => {
    expect(await trial({ mapping: 'finance-event', signalId: ids.finance })).toMatchObject({
      outcome: 'mapped',
      rule: 'finance-event',
      rules: [{ rule: 'finance-event', matched: true, error: null }],
      activities: [{ type: 'invoice.posted', objects: [{ keys: [{ value: 'INV-9' }] }] }],
    });
    expect(await trial({ mapping: 'files', signalId: ids.row })).toMatchObject({
      outcome: 'unmapped',
      rule: 'code',
      activities: [],
    });
    expect(await trial({ mapping: 'files', signalId: ids.posted })).toMatchObject({
      outcome: 'unmapped',
      unmapped: { code: 'no-mapping', reason: 'files does not read signals of this kind' },
      rules: [],
    });
  });

  it.each([
    ['a payload for a mapping in code', { mapping: 'files', payload: '{}' }, 'INVALID_INPUT'],
    ['neither definition nor mapping', { payload: '{}' }, 'INVALID_INPUT'],
    ['neither signal nor payload', { mapping: 'acme-erp' }, 'INVALID_INPUT'],
    ['an unknown mapping', { mapping: 'nobody', payload: '{}' }, 'NOT_FOUND'],
    ['an unknown source system', { mapping: 'acme-erp', payload: '{}', sourceSystem: 'nobody' }, 'NOT_FOUND'],
    ['a signal that is none', { mapping: 'acme-erp', signalId: '00000000-0000-4000-8000-000000000001' }, 'NOT_FOUND'],
  ])('refuses %s', async (_name, input, code) => {
    const { errors } = await engineer.send(
      `query ($input: MappingTrialInput!) { mappingTrial(input: $input) { outcome } }`,
      { input },
    );
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it('compares a changed definition with the one in force over the signals that it takes', async () => {
    expect(await compare({ definition: definition() })).toMatchObject({ compared: 4, same: 4, differences: [] });
    const wider = await compare({ definition: definition({ rule: "type in ['posted', 'credit']" }) });
    expect(wider).toMatchObject({ compared: 4, same: 2, changed: 0, newlyMapped: 2, newlyUnmapped: 0, problems: [] });
    expect(wider.differences.map(({ signal }) => signal.id)).toEqual([ids.event, ids.credit]);
    expect(wider.differences[0]).toMatchObject({ before: { outcome: 'unmapped' }, after: { outcome: 'mapped' } });
    expect(JSON.stringify(wider)).not.toContain(IBAN);
    expect(await compare({ definition: definition({ kind: 'number' }) })).toMatchObject({ changed: 1, same: 3 });
    expect(await compare({ definition: definition({ rule: 'false' }) })).toMatchObject({ newlyUnmapped: 1 });
  });

  it('compares only what is asked for', async () => {
    const changed = definition({ rule: "type in ['posted', 'credit']" });
    expect(await compare({ definition: changed, onlyUnmapped: true })).toMatchObject({ compared: 1, newlyMapped: 1 });
    expect(await compare({ definition: changed, sourceSystem: 'acme' })).toMatchObject({ compared: 3 });
    expect(await compare({ definition: changed, sourceSystem: 'else' })).toMatchObject({ compared: 0 });
    expect(await compare({ definition: changed, limit: 1 })).toMatchObject({ compared: 1, same: 1 });
    expect(await compare({ definition: changed, receivedTo: '2020-01-01T00:00:00.000Z' })).toMatchObject({
      compared: 0,
    });
    expect((await compare({ definition: 'rules: [' })).problems).not.toEqual([]);
  });

  it('knows no signal of another tenant', async () => {
    const other = await api.signIn('engineer@other.example');
    expect(await compare({ definition: definition() }, other)).toMatchObject({ compared: 0 });
  });
});
