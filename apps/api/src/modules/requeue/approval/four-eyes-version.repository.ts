import type { Tx } from '@throughline/persistence';
import { DEFINITION_VERSION_COLUMNS, definitionVersions, type DefinitionVersionRow } from '../../catalog/index.js';

/** A tenant's own version of who approves what. */
export type FourEyesVersionRow = DefinitionVersionRow;

export const { findVersions, lockVersions, addVersion, activateVersion, retireVersion, draftOf, retirableOf } =
  definitionVersions<FourEyesVersionRow>({ table: 'four_eyes_version', what: 'four-eyes rule' });

/** The version in force; null = the shipped one counts. */
export async function findActiveVersion(tx: Tx, name: string): Promise<FourEyesVersionRow | null> {
  const [row] = await tx.query<FourEyesVersionRow>(
    `select ${DEFINITION_VERSION_COLUMNS} from four_eyes_version where tenant_id = $1 and name = $2 and state = 'active'`,
    [tx.tenantId, name],
  );
  return row ?? null;
}
