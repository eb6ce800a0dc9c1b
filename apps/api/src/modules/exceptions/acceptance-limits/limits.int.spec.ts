import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../../../testing/api-harness.js';
import { countOf } from '../../../testing/story-facts.js';
import { LifeStory } from '../testing/life-story.js';

type Limit = {
  legalEntity: string;
  limit: { amount: string; currency: string };
  isGeneral: boolean;
  versions: { version: number; state: string; limit: { amount: string } | null; createdBy: { email: string } }[];
};
type Answer = { limit?: Limit; code?: string; problems?: string[] };

const LIMIT = `legalEntity limit { amount currency } isGeneral versions { version state limit { amount } createdBy { email } }`;
const RESULT = `{ ... on AcceptanceLimitSaved { limit { ${LIMIT} } } ... on CatalogFailure { code problems } }`;

let story: LifeStory;
let keeper: Client;

beforeAll(async () => {
  story = await LifeStory.start();
  const { api } = story;
  await api.addPerson(api.test.tenantId, 'admin@test.example', 'admin');
  // who may do both still may not do both with one version
  await api.test.database.withTenant(api.test.tenantId, (tx) =>
    tx.query(`update person set roles = '{admin,approver}' where tenant_id = $1 and email = 'admin@test.example'`, [
      tx.tenantId,
    ]),
  );
  keeper = await api.signIn('admin@test.example');
  await api.test.database.withTenant(api.test.tenantId, (tx) =>
    tx.query(
      `insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone)
       select $1, code, code, 'DE', 'EUR', 'TARGET', 'Europe/Berlin' from unnest(array['DE01', 'FR01']) as e(code)`,
      [tx.tenantId],
    ),
  );
});

afterAll(() => story.api.close());

const save = async (legalEntity: string, amount: string | null, note = 'Agreed with the auditors') =>
  (
    await keeper.ask<{ result: Answer }>(
      `mutation ($legalEntity: String!, $amount: String, $note: String!) {
         result: saveAcceptanceLimit(legalEntity: $legalEntity, amount: $amount, note: $note) ${RESULT} }`,
      { legalEntity, amount, note },
    )
  ).result;
const decide = async (act: 'approve' | 'discard', version: number, by: Client) =>
  (
    await by.ask<{ result: Answer }>(
      `mutation ($version: Int!) { result: ${act}AcceptanceLimit(legalEntity: "DE01", version: $version) ${RESULT} }`,
      { version },
    )
  ).result;
const approve = (version: number) => decide('approve', version, story.people.approver);

const stateAfterAccepting = async (key: string, amount: string) =>
  (await story.accept(await story.fail(key, amount))).exceptions?.[0]?.state;

async function forecastOf(key: string, amount: string): Promise<string | undefined> {
  const { id, version } = await story.show(await story.fail(key, amount));
  const { previewBulkAct } = await story.people.analyst.ask<{ previewBulkAct: { forecast: { outcome: string }[] } }>(
    `query ($selection: BulkSelection!, $act: BulkActInput!) {
       previewBulkAct(selection: $selection, act: $act) { ... on BulkActPreview { forecast { outcome } } } }`,
    { selection: { exceptions: [{ id, version }] }, act: { kind: 'ACCEPT', acceptReason: 'immaterial' } },
  );
  return previewBulkAct.forecast[0]?.outcome;
}

describe('the limit of closing without correction', () => {
  it('is the general one until another is stated and put in force', async () => {
    expect(await save('DE01', '5000')).toMatchObject({
      limit: {
        legalEntity: 'DE01',
        limit: { amount: '1000.00', currency: 'EUR' },
        isGeneral: true,
        versions: [
          { version: 1, state: 'draft', limit: { amount: '5000.00' }, createdBy: { email: 'admin@test.example' } },
        ],
      },
    });
    expect(await stateAfterAccepting('L-1', '4200.00')).toBe('PENDING_APPROVAL');
    expect(await forecastOf('L-2', '4200.00')).toBe('APPROVAL_ASKED');
  });

  it('comes into force by another person than its maker, and is held to from then on', async () => {
    expect(await decide('approve', 1, keeper)).toMatchObject({ code: 'SAME_PERSON' });
    expect(await approve(1)).toMatchObject({ limit: { limit: { amount: '5000.00' }, isGeneral: false } });
    expect(await approve(1)).toMatchObject({ code: 'CONFLICT' });
    expect(await forecastOf('L-3', '4200.00')).toBe('DONE');
    expect(await forecastOf('L-4', '5000.01')).toBe('APPROVAL_ASKED');
    expect(await stateAfterAccepting('L-5', '5000.00')).toBe('ACCEPTED');
    expect(await stateAfterAccepting('L-6', '5000.01')).toBe('PENDING_APPROVAL');
    const { acceptances } = await story.people.approver.ask<{
      acceptances: { edges: { node: { limit: { amount: string } } }[] };
    }>('{ acceptances { edges { node { limit { amount } } } } }');
    // each as it was when it was asked for
    expect(acceptances.edges.map(({ node }) => node.limit.amount).sort()).toEqual(['1000.00', '5000.00']);
  });

  it('is that of another entity no more than it was, and is shown where it holds', async () => {
    const { acceptanceLimits } = await keeper.ask<{ acceptanceLimits: Limit[] }>(`{ acceptanceLimits { ${LIMIT} } }`);
    expect(acceptanceLimits.map(({ legalEntity, limit, isGeneral }) => [legalEntity, limit.amount, isGeneral])).toEqual(
      [
        ['DE01', '5000.00', false],
        ['FR01', '1000.00', true],
      ],
    );
    const { exceptionReasons } = await story.people.analyst.ask<{ exceptionReasons: object }>(
      '{ exceptionReasons { acceptanceLimit { amount } acceptanceLimits { legalEntity limit { amount } } } }',
    );
    expect(exceptionReasons).toEqual({
      acceptanceLimit: { amount: '1000.00' },
      acceptanceLimits: [{ legalEntity: 'DE01', limit: { amount: '5000.00' } }],
    });
  });

  it('is changed only by a version that two people agree to, also back to the general one', async () => {
    expect(await decide('discard', 1, keeper)).toMatchObject({ code: 'CONFLICT' });
    await save('DE01', '99');
    expect(await decide('discard', 2, keeper)).toMatchObject({ limit: { limit: { amount: '5000.00' } } });
    expect(await approve(2)).toMatchObject({ code: 'CONFLICT' });
    await save('DE01', null);
    expect(await approve(3)).toMatchObject({
      limit: {
        limit: { amount: '1000.00' },
        isGeneral: true,
        versions: [
          { version: 3, state: 'active', limit: null },
          { version: 2, state: 'retired' },
          { version: 1, state: 'retired' },
        ],
      },
    });
    expect(await stateAfterAccepting('L-7', '1000.01')).toBe('PENDING_APPROVAL');
  });

  it('is refused where it is none, and of an entity that nobody knows', async () => {
    expect(await save('DE01', '-1')).toMatchObject({ code: 'INVALID', problems: ['amount: is below zero'] });
    expect(await save('XX99', '10')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await approve(9)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is put in force once where two approve it at the same time, and is on record', async () => {
    await save('DE01', '2000');
    const answers = await Promise.all([approve(4), decide('approve', 4, story.people.controller)]);
    expect(answers.map(({ code }) => code ?? 'SAVED').sort()).toEqual(['CONFLICT', 'SAVED']);
    const { database, tenantId } = story.api.test;
    const records = (action: string) =>
      countOf(database, tenantId, 'audit_record', `action = 'acceptance-limit.${action}' and subject_id = 'DE01'`);
    expect([await records('saved'), await records('approved'), await records('discarded')]).toEqual([4, 3, 1]);
  });
});
