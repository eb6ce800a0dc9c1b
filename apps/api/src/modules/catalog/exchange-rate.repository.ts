import { type ExchangeRate, type RateLookup, formatAmount } from '@throughline/canonical';
import type { Tolerance } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import type { Page } from '../../graphql/connection.js';

export type ExchangeRateRow = ExchangeRate & { importedAt: Date };

const COLUMNS = `rate_type as type, rate_on::text as date, base, currency, rate::text as rate, source, imported_at as "importedAt"`;

/** The base currency of each type that has rates. */
export async function findBases(tx: Tx, types: readonly string[]): Promise<{ type: string; base: string }[]> {
  return tx.query<{ type: string; base: string }>(
    `select w.type, r.base from unnest($2::text[]) as w(type)
     cross join lateral (select base from exchange_rate where tenant_id = $1 and rate_type = w.type limit 1) r`,
    [tx.tenantId, types],
  );
}

/** What an import did: how many rates are new, and which were another number before. */
export type StoredRates = {
  added: number;
  changed: { type: string; date: string; currency: string; before: string; after: string }[];
};

/** Stores rates; one that is known with the same number stays as it was, with its source. */
export async function putExchangeRates(
  tx: Tx,
  rates: readonly ExchangeRate[],
  importedBy: string | null,
  at: Date,
): Promise<StoredRates> {
  // One import at a time: what was before must be what this one changes.
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('exchange rates ' || $1, 0))`, [tx.tenantId]);
  const columns = [
    rates.map(({ type }) => type),
    rates.map(({ currency }) => currency),
    rates.map(({ date }) => date),
    rates.map(({ base }) => base),
    rates.map(({ rate }) => rate),
    rates.map(({ source }) => source),
  ];
  const rows = await tx.query<{ type: string; date: string; currency: string; before: string | null; after: string }>(
    `with stated as materialized (
       select s.*, r.rate as before from unnest($2::text[], $3::text[], $4::date[], $5::text[], $6::numeric[], $7::text[])
         as s(rate_type, currency, rate_on, base, rate, source)
       left join exchange_rate r on r.tenant_id = $1 and r.rate_type = s.rate_type and r.currency = s.currency
         and r.rate_on = s.rate_on
     ), stored as (
       insert into exchange_rate (tenant_id, rate_type, currency, rate_on, base, rate, source, imported_by, imported_at)
       select $1, rate_type, currency, rate_on, base, rate, source, $8, $9 from stated
       where before is null or before <> rate
       on conflict (tenant_id, rate_type, currency, rate_on) do update
         set base = excluded.base, rate = excluded.rate, source = excluded.source, imported_by = excluded.imported_by,
             imported_at = excluded.imported_at
     )
     select rate_type as type, rate_on::text as date, currency, before::text as before, rate::text as after
     from stated where before is null or before <> rate
     order by rate_type, rate_on, currency`,
    [tx.tenantId, ...columns, importedBy, at],
  );
  return {
    added: rows.filter(({ before }) => before === null).length,
    changed: rows.flatMap(({ before, ...row }) => (before === null ? [] : { ...row, before })),
  };
}

/** Rates, the latest dates first, one more than asked. */
export async function listExchangeRates(tx: Tx, type: string, page: Page): Promise<ExchangeRateRow[]> {
  return tx.query<ExchangeRateRow>(
    `select ${COLUMNS} from exchange_rate
     where tenant_id = $1 and rate_type = $2
       and ($3::date is null or rate_on < $3::date or (rate_on = $3::date and currency > $4::text))
     order by rate_on desc, currency limit $5`,
    [tx.tenantId, type, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

/** SQL of a count for countRows; the type is its second parameter. */
export const COUNT_EXCHANGE_RATES = 'select 1 from exchange_rate where tenant_id = $1 and rate_type = $2';

export type RateTypeRow = { type: string; base: string; from: string; to: string; rates: number };

/** The types that there are rates of, with the days that they span. */
export async function listRateTypes(tx: Tx): Promise<RateTypeRow[]> {
  return tx.query<RateTypeRow>(
    `select rate_type as type, min(base) as base, min(rate_on)::text as from, max(rate_on)::text as to, count(*)::int as rates
     from exchange_rate where tenant_id = $1 group by rate_type order by rate_type`,
    [tx.tenantId],
  );
}

/** Currencies and days that amounts are to be converted for. */
export type RateNeed = { currency: string; date: string };

/** The last rates of a type at or before each day, one statement for all; answers for these needs alone. */
export async function loadRates(tx: Tx, type: string, needs: readonly RateNeed[]): Promise<RateLookup> {
  const distinct = [...new Map(needs.map((need) => [`${need.currency}/${need.date}`, need])).values()];
  const rows =
    distinct.length === 0
      ? []
      : await tx.query<RateNeed & { rateOn: string; base: string; rate: string; source: string }>(
          `select w.currency, w.day::text as date, r.rate_on::text as "rateOn", r.base, r.rate::text as rate, r.source
           from unnest($3::text[], $4::date[]) as w(currency, day)
           cross join lateral (
             select rate_on, base, rate, source from exchange_rate
             where tenant_id = $1 and rate_type = $2 and currency = w.currency and rate_on <= w.day
             order by rate_on desc limit 1) r`,
          [tx.tenantId, type, distinct.map(({ currency }) => currency), distinct.map(({ date }) => date)],
        );
  const known = new Map(rows.map(({ rateOn, ...row }) => [`${row.currency}/${row.date}`, { ...row, date: rateOn }]));
  return (currency, date) => known.get(`${currency}/${date}`) ?? null;
}

/** Differences that legal entities do not pursue. */
export async function listMoneyTolerances(tx: Tx): Promise<Tolerance[]> {
  const rows = await tx.query<Tolerance>(
    `select legal_entity as "legalEntity", currency, amount::text as amount, basis_points as "basisPoints"
     from money_tolerance where tenant_id = $1 order by legal_entity, currency`,
    [tx.tenantId],
  );
  return rows.map((row) => ({ ...row, amount: formatAmount(row.amount, row.currency) }));
}

/** States the tolerance of an entity in a currency and answers what it was. */
export async function putMoneyTolerance(tx: Tx, tolerance: Tolerance): Promise<Tolerance | null> {
  const { legalEntity, currency, amount, basisPoints } = tolerance;
  const [before] = await tx.query<Tolerance>(
    `select legal_entity as "legalEntity", currency, amount::text as amount, basis_points as "basisPoints"
     from money_tolerance where tenant_id = $1 and legal_entity = $2 and currency = $3 for update`,
    [tx.tenantId, legalEntity, currency],
  );
  await tx.query(
    `insert into money_tolerance (tenant_id, legal_entity, currency, amount, basis_points) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, legal_entity, currency) do update
       set amount = excluded.amount, basis_points = excluded.basis_points`,
    [tx.tenantId, legalEntity, currency, amount, basisPoints],
  );
  return before ?? null;
}
