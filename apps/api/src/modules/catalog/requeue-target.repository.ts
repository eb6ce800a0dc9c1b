import type { Tx } from '@throughline/persistence';
import type { StandingTarget } from './domain/requeue-target-rules.js';

/** What is shown of a target, and who set it last; nobody = it came with the demo. */
export type RequeueTargetRow = StandingTarget & { changedAt: Date | null; changedByName: string | null };

export type StoredTarget = RequeueTargetRow & { sealedSecrets: Buffer | null };

const COLUMNS = `name, requeue_adapter as adapter, requeue_url as url, requeue_settings as settings,
  requeue_secret_encrypted as "sealedSecrets", requeue_status_url as "statusUrl", requeue_validate_url as "validateUrl",
  requeue_is_idempotent as "isIdempotent", requeue_changed_at as "changedAt", requeue_changed_by_name as "changedByName"`;

/** The targets of integrations, sealed; null = it takes nothing that is sent again. Fits Operation.loader. */
export async function findRequeueTargets(tx: Tx, names: readonly string[]): Promise<(StoredTarget | null)[]> {
  const rows = await tx.query<StoredTarget & { name: string }>(
    `select ${COLUMNS} from integration where tenant_id = $1 and name = any($2::text[]) and requeue_url is not null`,
    [tx.tenantId, names],
  );
  const byName = new Map(rows.map(({ name, ...row }) => [name, row]));
  return names.map((name) => byName.get(name) ?? null);
}

/** Lets one act at a time change the target of an integration; undefined = there is no such integration. */
export async function lockRequeueTarget(tx: Tx, name: string): Promise<StoredTarget | null | undefined> {
  const rows = await tx.query(`select 1 from integration where tenant_id = $1 and name = $2 for update`, [
    tx.tenantId,
    name,
  ]);
  if (rows.length === 0) return undefined;
  const [target = null] = await findRequeueTargets(tx, [name]);
  return target;
}

/** Has whoever changes one of these targets wait until the transaction ends: what it asks for goes where the target is now. */
export async function shareTargets(tx: Tx, names: readonly string[]): Promise<void> {
  await tx.query('select 1 from integration where tenant_id = $1 and name = any($2::text[]) order by name for share', [
    tx.tenantId,
    names,
  ]);
}

/** Writes the target; null = it takes nothing any more, and its secrets are gone. */
export async function writeRequeueTarget(
  tx: Tx,
  name: string,
  target: (StandingTarget & { sealedSecrets: Buffer | null }) | null,
  changed: { at: Date; byName: string },
): Promise<void> {
  await tx.query(
    `update integration set requeue_adapter = $3, requeue_url = $4, requeue_settings = $5::jsonb,
            requeue_secret_encrypted = $6, requeue_status_url = $7, requeue_validate_url = $8,
            requeue_is_idempotent = $9, requeue_changed_at = $10, requeue_changed_by_name = $11
     where tenant_id = $1 and name = $2`,
    [
      tx.tenantId,
      name,
      target?.adapter ?? 'webhook',
      target?.url ?? null,
      JSON.stringify(target?.settings ?? {}),
      target?.sealedSecrets ?? null,
      target?.statusUrl ?? null,
      target?.validateUrl ?? null,
      target?.isIdempotent ?? false,
      changed.at,
      changed.byName,
    ],
  );
}

/** What was asked for or approved and may still go out to the target of an integration. */
export async function countWaiting(tx: Tx, name: string): Promise<{ items: number; requests: number }> {
  const [row] = await tx.query<{ items: number; requests: number }>(
    `select count(*)::int as items, count(distinct r.request_id)::int as requests
     from requeue_request r
     join requeue_attempt a on a.tenant_id = $1 and a.request_id = r.request_id and a.integration = $2
     where r.tenant_id = $1 and r.state in ('FREEZING', 'PENDING_APPROVAL', 'APPROVING', 'SENDING', 'PAUSED', 'STOPPED')
       and a.state in ('QUEUED', 'SENDING') and a.finished_at is null`,
    [tx.tenantId, name],
  );
  return row ?? { items: 0, requests: 0 };
}
