import type { Tx } from '@throughline/persistence';
import type { Page } from '../../graphql/connection.js';

/** A source system as the catalog shows it, without its secrets. */
export type SourceSystemRow = {
  name: string;
  kind: string;
  title: string;
  timeZone: string;
  webhookAuthentication: string;
  hasSecret: boolean;
  previousSecretUntil: Date | null;
  isActive: boolean;
};

const COLUMNS = `name, kind, title, time_zone as "timeZone", webhook_authentication as "webhookAuthentication",
  webhook_secret_encrypted is not null as "hasSecret", previous_secret_until as "previousSecretUntil",
  is_active as "isActive"`;

export const COUNT_SOURCE_SYSTEMS = 'select 1 from source_system where tenant_id = $1';

/** Source systems by name, one more than asked. */
export async function listSourceSystems(tx: Tx, page: Page): Promise<SourceSystemRow[]> {
  return tx.query<SourceSystemRow>(
    `select ${COLUMNS} from source_system where tenant_id = $1 and ($2::text is null or name > $2)
     order by name limit $3`,
    [tx.tenantId, page.after?.[0] ?? null, page.first + 1],
  );
}

/** The named source systems; unknown names are left out. */
export async function findSourceSystems(tx: Tx, names: readonly string[]): Promise<SourceSystemRow[]> {
  return tx.query<SourceSystemRow>(
    `select ${COLUMNS} from source_system where tenant_id = $1 and name = any($2::text[])`,
    [tx.tenantId, names],
  );
}

/** Names of the source systems of these kinds. */
export async function namesOfKinds(tx: Tx, kinds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select name from source_system where tenant_id = $1 and kind = any($2::text[]) order by name`,
    [tx.tenantId, kinds],
  );
  return rows.map(({ name }) => name);
}

/** Holds a source system against another act until the transaction ends; null = there is none. */
export async function lockSourceSystem(tx: Tx, name: string): Promise<SourceSystemRow | null> {
  const [row] = await tx.query<SourceSystemRow>(
    `select ${COLUMNS} from source_system where tenant_id = $1 and name = $2 for update`,
    [tx.tenantId, name],
  );
  return row ?? null;
}

/** What is written of a source system. */
export type SourceSystemFacts = Omit<SourceSystemRow, 'hasSecret' | 'previousSecretUntil'>;

/** Adds a source system; false = the name is taken. */
export async function addSourceSystem(
  tx: Tx,
  facts: SourceSystemFacts,
  sealedSecret: Buffer | null,
  at: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into source_system (tenant_id, name, kind, title, time_zone, webhook_authentication, is_active,
                                webhook_secret_encrypted, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning name`,
    [...factParams(tx, facts), sealedSecret, at],
  );
  return rows.length > 0;
}

/** Changes a source system. A new secret puts the one before it aside until `previousUntil` (null = at once gone). */
export async function changeSourceSystem(
  tx: Tx,
  facts: SourceSystemFacts,
  secret: { sealed: Buffer; previousUntil: Date | null } | 'keep' | 'remove',
  at: Date,
): Promise<void> {
  const params = [...factParams(tx, facts), at];
  const changed = `kind = $3, title = $4, time_zone = $5, webhook_authentication = $6, is_active = $7, updated_at = $8`;
  if (secret === 'keep') {
    await tx.query(`update source_system set ${changed} where tenant_id = $1 and name = $2`, params);
  } else if (secret === 'remove') {
    await tx.query(
      `update source_system set ${changed}, webhook_secret_encrypted = null, previous_secret_encrypted = null,
              previous_secret_until = null
       where tenant_id = $1 and name = $2`,
      params,
    );
  } else {
    await tx.query(
      `update source_system set ${changed}, webhook_secret_encrypted = $9,
              previous_secret_encrypted = case when $10::timestamptz is null then null else webhook_secret_encrypted end,
              previous_secret_until = case when webhook_secret_encrypted is null then null else $10::timestamptz end
       where tenant_id = $1 and name = $2`,
      [...params, secret.sealed, secret.previousUntil],
    );
  }
}

function factParams(tx: Tx, facts: SourceSystemFacts): unknown[] {
  const { name, kind, title, timeZone, webhookAuthentication, isActive } = facts;
  return [tx.tenantId, name, kind, title, timeZone, webhookAuthentication, isActive];
}
