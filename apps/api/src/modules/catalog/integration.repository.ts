import type { Tx } from '@throughline/persistence';
import { SecretBox } from '@throughline/persistence';

/** A configured flow of data. `requeueSecret` is the `whsec_…` text, decrypted. */
export type IntegrationRow = {
  name: string;
  title: string;
  fromSystem: string;
  toSystem: string;
  owner: string;
  criticality: string;
  requeueUrl: string | null;
  requeueSecret: string | null;
  /** The target keeps the idempotency key: the same attempt may be transmitted again after no answer. */
  requeueIsIdempotent: boolean;
};

type StoredIntegration = Omit<IntegrationRow, 'requeueSecret'> & { sealedSecret: Buffer | null };

/** Integrations by name, with their secrets; names that are not configured are absent. */
export async function findIntegrations(
  tx: Tx,
  names: readonly string[],
  secretKey: Buffer,
): Promise<Map<string, IntegrationRow>> {
  const rows = await tx.query<StoredIntegration>(
    `select name, title, from_system as "fromSystem", to_system as "toSystem", owner, criticality,
            requeue_url as "requeueUrl", requeue_secret_encrypted as "sealedSecret",
            requeue_is_idempotent as "requeueIsIdempotent"
     from integration where tenant_id = $1 and name = any($2::text[])`,
    [tx.tenantId, names],
  );
  const box = new SecretBox(secretKey);
  return new Map(
    rows.map(({ sealedSecret, ...row }) => [
      row.name,
      { ...row, requeueSecret: sealedSecret === null ? null : box.open(sealedSecret) },
    ]),
  );
}

/** An integration as the catalog lists it; the fields match IntegrationType. */
export type ListedIntegration = Omit<IntegrationRow, 'requeueUrl' | 'requeueSecret' | 'requeueIsIdempotent'> & {
  canRequeue: boolean;
};

const LISTED = `select name, title, from_system as "fromSystem", to_system as "toSystem", owner, criticality,
            requeue_url is not null as "canRequeue"
     from integration where tenant_id = $1`;

export const COUNT_INTEGRATIONS = 'select 1 from integration where tenant_id = $1';

/** Integrations by name, one more than asked, without their secrets. */
export async function listIntegrations(
  tx: Tx,
  page: { first: number; after: readonly string[] | null },
): Promise<ListedIntegration[]> {
  return tx.query<ListedIntegration>(`${LISTED} and ($3::text is null or name > $3) order by name limit $2`, [
    tx.tenantId,
    page.first + 1,
    page.after?.[0] ?? null,
  ]);
}

/** The named integrations, without their secrets; unknown names are left out. */
export async function describeIntegrations(tx: Tx, names: readonly string[]): Promise<ListedIntegration[]> {
  return tx.query<ListedIntegration>(`${LISTED} and name = any($2::text[])`, [tx.tenantId, names]);
}

/** Adds an integration that was found sending; false = the name is configured already. */
export async function addIntegration(
  tx: Tx,
  integration: Omit<ListedIntegration, 'canRequeue'> & { adoptedFrom: string },
): Promise<boolean> {
  const { name, title, fromSystem, toSystem, owner, criticality, adoptedFrom } = integration;
  const rows = await tx.query(
    `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, adopted_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning name`,
    [tx.tenantId, name, title, fromSystem, toSystem, owner, criticality, adoptedFrom],
  );
  return rows.length > 0;
}
