import type { Tx } from '@throughline/persistence';

/** A legal entity with its currency, business calendar and IANA time zone. */
export type LegalEntityRow = {
  code: string;
  name: string;
  country: string;
  currency: string;
  calendar: string;
  timeZone: string;
};

/** All legal entities of the tenant, by code. */
export async function listLegalEntities(tx: Tx): Promise<LegalEntityRow[]> {
  return tx.query<LegalEntityRow>(
    `select code, name, country, currency, calendar, time_zone as "timeZone"
     from legal_entity where tenant_id = $1 order by code`,
    [tx.tenantId],
  );
}

/** The entity of a code, until the transaction ends nobody else's to change; null = none yet. */
export async function lockLegalEntity(tx: Tx, code: string): Promise<LegalEntityRow | null> {
  // One act on an entity at a time, also on one that is not there yet.
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('legal entity ' || $1 || $2, 0))`, [tx.tenantId, code]);
  const [row] = await tx.query<LegalEntityRow>(
    `select code, name, country, currency, calendar, time_zone as "timeZone"
     from legal_entity where tenant_id = $1 and code = $2`,
    [tx.tenantId, code],
  );
  return row ?? null;
}

/** Adds or changes an entity. */
export async function putLegalEntity(tx: Tx, entity: LegalEntityRow): Promise<void> {
  const { code, name, country, currency, calendar, timeZone } = entity;
  await tx.query(
    `insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant_id, code) do update
       set name = excluded.name, country = excluded.country, currency = excluded.currency, calendar = excluded.calendar,
           time_zone = excluded.time_zone`,
    [tx.tenantId, code, name, country, currency, calendar, timeZone],
  );
}
