import { countriesIn } from '../../lineage/index.js';
import type { AddParameter } from '../narrowing-conditions.js';
import { isIn } from './open-sql.js';

/** The condition that a legal entity lies in one of the regions; one that the catalog does not know lies in none. */
export function regionCondition(entity: string, regions: readonly string[], add: AddParameter): string {
  const { countries, butNot } = countriesIn(regions);
  const isRest = butNot === null ? '' : `or upper(l.country) <> all(${add(butNot, 'text[]')})`;
  return isIn(
    entity,
    `select l.code from legal_entity l where l.tenant_id = $1 and (upper(l.country) = any(${add(countries, 'text[]')}) ${isRest})`,
  );
}
