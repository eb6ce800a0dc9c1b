import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * Dated exchange rates, and the differences that a legal entity does not pursue. Only adds: the previous version of the app
 * keeps working beside it.
 */
export class ExchangeRates implements MigrationInterface {
  readonly name = 'ExchangeRates1795924800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, rights] of Object.entries(exchangeRateTenantTables))
      await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table money_tolerance; drop table exchange_rate');
  }
}

/** The tables and the app role's rights on them. */
export const exchangeRateTenantTables: Readonly<Record<string, Rights>> = {
  exchange_rate: 'select, insert, update',
  money_tolerance: 'select, insert, update, delete',
};

const tables = `
-- 1 base = rate currency; the last one of a type at or before a date is found from the end of the primary key
create table exchange_rate (
  tenant_id uuid not null,
  rate_type text collate "C" not null,
  currency text collate "C" not null,
  rate_on date not null,
  base text collate "C" not null,
  rate numeric not null check (rate > 0),
  source text not null,
  -- null = seeded
  imported_by uuid,
  imported_at timestamptz not null,
  primary key (tenant_id, rate_type, currency, rate_on)
);

create table money_tolerance (
  tenant_id uuid not null,
  legal_entity text collate "C" not null,
  currency text collate "C" not null,
  amount numeric not null check (amount >= 0),
  -- of the amount that the difference is of; null = no such limit
  basis_points integer check (basis_points between 0 and 10000),
  primary key (tenant_id, legal_entity, currency)
);
`;
