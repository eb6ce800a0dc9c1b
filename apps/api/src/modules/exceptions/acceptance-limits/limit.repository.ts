import type { Money } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { DEFINITION_VERSION_COLUMNS, definitionVersions, type DefinitionVersionRow } from '../../catalog/index.js';
import { limitOfDefinition, type AcceptanceLimits } from '../domain/acceptance.js';

/** A limit of one legal entity, which is its name, as stated and put in force by people. */
export type LimitVersionRow = DefinitionVersionRow;

export const { findVersions, lockVersions, addVersion, activateVersion, retireVersion, draftOf, retirableOf } =
  definitionVersions<LimitVersionRow>({ table: 'acceptance_limit_version', what: 'limit' });

/** All versions, by legal entity and the latest first. */
export async function listVersions(tx: Tx): Promise<LimitVersionRow[]> {
  return tx.query<LimitVersionRow>(
    `select ${DEFINITION_VERSION_COLUMNS} from acceptance_limit_version where tenant_id = $1 order by name, version desc`,
    [tx.tenantId],
  );
}

/** What is in force; an entity that is absent has the general limit. */
export async function listLimitsInForce(tx: Tx): Promise<AcceptanceLimits> {
  const rows = await tx.query<Pick<LimitVersionRow, 'name' | 'definition'>>(
    `select name, definition from acceptance_limit_version where tenant_id = $1 and state = 'active'`,
    [tx.tenantId],
  );
  return new Map(
    rows.flatMap(({ name, definition }): [string, Money][] => {
      const limit = limitOfDefinition(definition);
      return limit === null ? [] : [[name, limit]];
    }),
  );
}
