import type { Tx } from '@throughline/persistence';
import { DEFINITION_VERSION_COLUMNS, definitionVersions, type DefinitionVersionRow } from './definition-versions.js';

/** A tenant's own version of a mapping. */
export type MappingVersionRow = DefinitionVersionRow & { fault: string | null };

const COLUMNS = `${DEFINITION_VERSION_COLUMNS}, fault`;

export const { findVersions, lockVersions, addVersion, activateVersion, retireVersion, draftOf, retirableOf } =
  definitionVersions<MappingVersionRow>({
    table: 'mapping_version',
    what: 'mapping',
    columns: COLUMNS,
    onActivation: ', fault = null',
  });

/** The version of each name that counts: the active one, else the latest draft. */
export async function listLeadingVersions(tx: Tx): Promise<MappingVersionRow[]> {
  return tx.query<MappingVersionRow>(
    `select distinct on (name) ${COLUMNS} from mapping_version where tenant_id = $1 and state <> 'retired'
     order by name, state = 'active' desc, version desc`,
    [tx.tenantId],
  );
}
