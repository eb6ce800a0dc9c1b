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
