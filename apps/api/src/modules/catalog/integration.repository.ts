import type { Tx } from '@throughline/persistence';
import { SecretBox } from '@throughline/persistence';
import { readSecrets, type RequeueTarget } from './domain/requeue-target.js';

/** A configured flow of data, with its secrets opened. */
export type IntegrationRow = {
  name: string;
  title: string;
  fromSystem: string;
  toSystem: string;
  owner: string;
  criticality: string;
  /** Null = it takes nothing that is sent again. */
  requeueTarget: RequeueTarget | null;
  /** When a person last set or removed that; null = nobody did. */
  requeueChangedAt: Date | null;
};

type StoredIntegration = Omit<IntegrationRow, 'requeueTarget'> &
  Omit<RequeueTarget, 'url' | 'secrets'> & { url: string | null; sealedSecrets: Buffer | null };

/** Integrations by name, with their secrets; names that are not configured are absent. */
export async function findIntegrations(
  tx: Tx,
  names: readonly string[],
  secretKey: Buffer,
): Promise<Map<string, IntegrationRow>> {
  const rows = await tx.query<StoredIntegration>(
    `select name, title, from_system as "fromSystem", to_system as "toSystem", owner, criticality,
            requeue_adapter as adapter, requeue_url as url, requeue_settings as settings,
            requeue_secret_encrypted as "sealedSecrets", requeue_status_url as "statusUrl",
            requeue_validate_url as "validateUrl", requeue_is_idempotent as "isIdempotent",
            requeue_changed_at as "requeueChangedAt"
     from integration where tenant_id = $1 and name = any($2::text[])`,
    [tx.tenantId, names],
  );
  const box = new SecretBox(secretKey);
  return new Map(rows.map((row) => [row.name, opened(row, box)]));
}

function opened(row: StoredIntegration, box: SecretBox): IntegrationRow {
  const { adapter, url, settings, sealedSecrets, statusUrl, validateUrl, isIdempotent, ...integration } = row;
  const secrets = sealedSecrets === null ? {} : readSecrets(box.open(sealedSecrets));
  const target = url === null ? null : { adapter, url, settings, secrets, statusUrl, validateUrl, isIdempotent };
  return { ...integration, requeueTarget: target };
}

/** An integration as the catalog lists it; the fields match IntegrationType. */
export type ListedIntegration = Omit<IntegrationRow, 'requeueTarget' | 'requeueChangedAt'> & {
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
