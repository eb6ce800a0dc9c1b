import type { Tx } from '@throughline/persistence';
import { DEFINITION_VERSION_COLUMNS, definitionVersions, type DefinitionVersionRow } from '../../catalog/index.js';

/** A tenant's own version of a rule. */
export type RuleVersionRow = DefinitionVersionRow;

export const { findVersions, lockVersions, addVersion, activateVersion, retireVersion, draftOf, retirableOf } =
  definitionVersions<RuleVersionRow>({ table: 'validation_rule_version', what: 'rule' });

/** The version of each name that counts: the active one, else the latest draft, else the last that was retired. */
export async function listLeadingVersions(tx: Tx): Promise<RuleVersionRow[]> {
  return tx.query<RuleVersionRow>(
    `select distinct on (name) ${DEFINITION_VERSION_COLUMNS} from validation_rule_version where tenant_id = $1
     order by name, state = 'active' desc, state = 'draft' desc, version desc`,
    [tx.tenantId],
  );
}

/** Definitions in force. */
export async function listActiveVersions(tx: Tx): Promise<Pick<RuleVersionRow, 'name' | 'version' | 'definition'>[]> {
  return tx.query<RuleVersionRow>(
    `select name, version, definition from validation_rule_version where tenant_id = $1 and state = 'active' order by name`,
    [tx.tenantId],
  );
}
