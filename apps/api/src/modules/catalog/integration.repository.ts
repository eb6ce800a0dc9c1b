import type { Tx } from '@throughline/persistence';
import { SecretBox } from './domain/secret-box.js';

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

/** All integrations of the tenant, by name, without their secrets. */
export async function listIntegrations(tx: Tx): Promise<ListedIntegration[]> {
  return tx.query<ListedIntegration>(
    `select name, title, from_system as "fromSystem", to_system as "toSystem", owner, criticality,
            requeue_url is not null as "canRequeue"
     from integration where tenant_id = $1 order by name`,
    [tx.tenantId],
  );
}
