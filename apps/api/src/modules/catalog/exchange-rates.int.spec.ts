import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { convertMoney, money } from '@throughline/canonical';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { actsOnRecord } from '../../testing/catalog-audit.js';
import { loadRates } from './exchange-rate.repository.js';

const historical = readFileSync(
  fileURLToPath(new URL('../../../../../libs/ingest/fixtures/exchange-rates/ecb-historical.csv', import.meta.url)),
  'utf8',
);

const IMPORT = `mutation ($format: String!, $text: String!, $source: String) {
  importExchangeRates(format: $format, text: $text, source: $source) {
    ... on ExchangeRatesImported { types added changed unchanged }
    ... on CatalogFailure { code problems } } }`;

describe('exchange rates', () => {
  let api: ApiHarness;
  let engineer: Client;
  let treasurer: Client;

  beforeAll(async () => {
    api = await startApi();
    for (const role of ['engineer', 'treasurer'] as const) {
      await api.addPerson(api.test.tenantId, `${role}@acme.example`, role);
    }
    engineer = await api.signIn('engineer@acme.example');
    treasurer = await api.signIn('treasurer@acme.example');
    await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(
        `insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone)
         values ($1, 'DE01', 'Acme DE', 'DE', 'EUR', 'TARGET', 'Europe/Berlin')`,
        [tx.tenantId],
      ),
    );
  });
  afterAll(() => api.close());

  const take = async (text: string, format = 'csv', source = 'Group treasury') =>
    (await engineer.ask<{ importExchangeRates: Record<string, unknown> }>(IMPORT, { format, text, source }))
      .importExchangeRates;
  const refusal = async (client: Client, variables: Record<string, unknown>) =>
    (await client.send(IMPORT, variables)).errors?.[0]?.extensions.code;
  const group = (rate: string, base = 'EUR') =>
    `type,date,base,currency,rate\ngroup-month-end,2026-10-31,${base},USD,${rate}\n`;

  it('come from the file of the ECB, a second time nothing is new', async () => {
    expect(await take(historical, 'ecb-csv')).toEqual({
      types: ['ecb-reference'],
      added: 150,
      changed: 0,
      unchanged: 0,
    });
    expect(await take(historical, 'ecb-csv')).toMatchObject({ added: 0, changed: 0, unchanged: 150 });
    const { exchangeRates, exchangeRateKinds } = await treasurer.ask<{
      exchangeRates: { totalCount: number; pageInfo: { endCursor: string }; edges: { node: { currency: string } }[] };
      exchangeRateKinds: unknown[];
    }>(`{ exchangeRates(type: "ecb-reference", first: 1) { totalCount pageInfo { endCursor } edges { node { date currency rate source } } }
          exchangeRateKinds { type base from to rates longestAgeDays } }`);
    expect(exchangeRates.totalCount).toBe(150);
    expect(exchangeRates.edges[0]!.node).toEqual({
      date: '2025-04-25',
      currency: 'AUD',
      rate: '1.7797',
      source: 'European Central Bank',
    });
    expect(exchangeRateKinds).toEqual([
      { type: 'ecb-reference', base: 'EUR', from: '2025-04-17', to: '2025-04-25', rates: 150, longestAgeDays: 7 },
    ]);
    const next = await treasurer.ask<{ exchangeRates: { edges: { node: { currency: string } }[] } }>(
      `query ($after: String) { exchangeRates(type: "ecb-reference", first: 1, after: $after) { edges { node { currency } } } }`,
      { after: exchangeRates.pageInfo.endCursor },
    );
    expect(next.exchangeRates.edges[0]!.node.currency).toBe('BGN');
  });

  it('are changed by a file that states another number, on record with what was', async () => {
    expect(await take(group('1.1500'))).toMatchObject({ added: 1, changed: 0 });
    expect(await take(group('1.1510'))).toMatchObject({ added: 0, changed: 1 });
    const acts = await actsOnRecord(api, 'exchange-rates.imported');
    expect(acts.at(-1)).toMatchObject({
      source: 'Group treasury',
      changes: [{ currency: 'USD', date: '2026-10-31', before: '1.1500', after: '1.1510' }],
    });
  });

  it('are refused whole: a wrong line, another base, a file without a source, an unknown form', async () => {
    expect(await take(`${group('1.16')}average,2026-10-31,EUR,USD,x\n`)).toMatchObject({ code: 'INVALID' });
    expect(await take(group('0.86', 'GBP'))).toEqual({
      code: 'CONFLICT',
      problems: ['type group-month-end: has the base EUR so far, the file says GBP'],
    });
    expect(await take(group('1.16'), 'csv', ' ')).toMatchObject({ code: 'INVALID' });
    expect(await refusal(engineer, { format: 'xlsx', text: '', source: '' })).toBe('INVALID_INPUT');
    const rates = await api.test.database.withTenant(api.test.tenantId, (tx) =>
      tx.query(`select rate::text as rate from exchange_rate where tenant_id = $1 and rate_type <> 'ecb-reference'`, [
        tx.tenantId,
      ]),
    );
    expect(rates).toEqual([{ rate: '1.1510' }]);
  });

  it('convert at the last one at or before the day, and say when there is none', async () => {
    const needs = ['2025-04-16', '2025-04-21', '2025-04-22', '2025-06-01'].map((date) => ({ currency: 'USD', date }));
    const rateOf = await api.test.database.withTenant(api.test.tenantId, (tx) => loadRates(tx, 'ecb-reference', needs));
    const converted = needs.map(({ date }) => {
      const conversion = convertMoney(money('100.00', 'EUR'), 'USD', 'ecb-reference', date, rateOf);
      return conversion.ok ? [conversion.amount.amount, conversion.used?.date] : conversion.reason;
    });
    // Easter Monday takes the rate of Maundy Thursday
    expect(converted).toEqual(['no-rate', ['113.60', '2025-04-17'], ['114.76', '2025-04-22'], 'too-old']);
  });

  it('are imported by who keeps the catalog', async () => {
    expect(await refusal(treasurer, { format: 'csv', text: '', source: 'x' })).toBe('FORBIDDEN');
  });

  it('and the tolerance of an entity is stated by currency, on record', async () => {
    const save = async (legalEntity: string, amount: string, basisPoints: number | null = null) =>
      (
        await engineer.ask<{ saveMoneyTolerance: Record<string, unknown> }>(
          `mutation ($legalEntity: String!, $amount: String!, $basisPoints: Int) {
             saveMoneyTolerance(legalEntity: $legalEntity, currency: "EUR", amount: $amount, basisPoints: $basisPoints) {
               ... on MoneyToleranceSaved { tolerance { legalEntity currency amount basisPoints } }
               ... on CatalogFailure { code } } }`,
          { legalEntity, amount, basisPoints },
        )
      ).saveMoneyTolerance;
    expect(await save('DE01', '5')).toEqual({
      tolerance: { legalEntity: 'DE01', currency: 'EUR', amount: '5.00', basisPoints: null },
    });
    expect(await save('DE01', '2.50', 50)).toMatchObject({ tolerance: { amount: '2.50', basisPoints: 50 } });
    expect(await save('XX01', '5')).toEqual({ code: 'NOT_FOUND' });
    expect(await save('DE01', '-1')).toEqual({ code: 'INVALID' });
    expect(await actsOnRecord(api, 'money-tolerance.saved')).toMatchObject([
      { before: null, after: { amount: '5.00' } },
      { before: { amount: '5.00' }, after: { amount: '2.50', basisPoints: 50 } },
    ]);
    const { moneyTolerances } = await treasurer.ask<{ moneyTolerances: unknown[] }>(
      '{ moneyTolerances { legalEntity amount } }',
    );
    expect(moneyTolerances).toEqual([{ legalEntity: 'DE01', amount: '2.50' }]);
  });
});
