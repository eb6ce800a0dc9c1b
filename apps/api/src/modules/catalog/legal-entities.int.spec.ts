import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { actsOnRecord } from '../../testing/catalog-audit.js';

const SAVE = `mutation ($code: String!, $name: String!, $country: String!, $currency: String!, $calendar: String!, $timeZone: String!, $isNew: Boolean!) {
  saveLegalEntity(code: $code, name: $name, country: $country, currency: $currency, calendar: $calendar, timeZone: $timeZone, isNew: $isNew) {
    ... on LegalEntitySaved { legalEntity { code name calendar } }
    ... on CatalogFailure { code problems } } }`;

const PARIS = {
  code: 'FR01',
  name: 'Nordlicht France SAS',
  country: 'FR',
  currency: 'EUR',
  calendar: '24x7',
  timeZone: 'Europe/Paris',
  isNew: true,
};

describe('legal entities of an organisation that starts with none', () => {
  let api: ApiHarness;
  let engineer: Client;

  beforeAll(async () => {
    api = await startApi();
    for (const role of ['engineer', 'analyst'] as const) {
      await api.addPerson(api.test.tenantId, `${role}@acme.example`, role);
    }
    engineer = await api.signIn('engineer@acme.example');
  });
  afterAll(() => api.close());

  const save = async (over: Partial<typeof PARIS> = {}) =>
    (await engineer.ask<{ saveLegalEntity: unknown }>(SAVE, { ...PARIS, ...over })).saveLegalEntity;

  it('are added, changed and given a tolerance, each on record', async () => {
    expect(await save()).toEqual({ legalEntity: { code: 'FR01', name: 'Nordlicht France SAS', calendar: '24x7' } });
    expect(await save({ calendar: 'TARGET', isNew: false })).toMatchObject({ legalEntity: { calendar: 'TARGET' } });
    const answer = await engineer.ask(
      `mutation { saveMoneyTolerance(legalEntity: "FR01", currency: "EUR", amount: "1.00") { __typename } }`,
    );
    expect(answer).toEqual({ saveMoneyTolerance: { __typename: 'MoneyToleranceSaved' } });
    expect(await engineer.ask('{ legalEntities { code country calendar timeZone } }')).toEqual({
      legalEntities: [{ code: 'FR01', country: 'FR', calendar: 'TARGET', timeZone: 'Europe/Paris' }],
    });
    const acts = await actsOnRecord(api, 'legal-entity.saved');
    expect(acts).toHaveLength(2);
  });

  it.each([
    ['a code that is known already', {}, { code: 'CONFLICT', problems: ['code: FR01 is Nordlicht France SAS'] }],
    [
      'a change of one that there is not',
      { code: 'FR02', isNew: false },
      { code: 'NOT_FOUND', problems: ['code: FR02 is not configured'] },
    ],
    ['a calendar that nobody keeps', { code: 'FR03', calendar: 'FR' }, { code: 'INVALID' }],
  ])('refuse %s', async (_name, over, expected) => {
    await save();
    expect(await save(over)).toMatchObject(expected);
  });

  it('are on one of the calendars that there are', async () => {
    const { businessCalendars } = await engineer.ask<{ businessCalendars: { name: string }[] }>(
      '{ businessCalendars { name title } }',
    );
    expect(businessCalendars.map(({ name }) => name)).toEqual(['TARGET', 'US-FED', 'BR', 'SG', '24x7']);
  });

  it('are kept by those who may change the catalog', async () => {
    const analyst = await api.signIn('analyst@acme.example');
    expect((await analyst.send(SAVE, PARIS)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await api.anonymous.send(SAVE, PARIS)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
