import type { Tx } from '@throughline/persistence';
import { instantCursorSql, type Page } from '../../graphql/connection.js';

/** Something that sends without being configured. */
export type UnclaimedIntegrationRow = {
  kind: string;
  name: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  lastSeenText: string;
  signals: string;
};

export const COUNT_UNCLAIMED = 'select 1 from unclaimed_integration where tenant_id = $1 and dismissed_at is null';

/** What nobody has claimed or dismissed, last seen first, one more than asked. */
export async function listUnclaimed(tx: Tx, page: Page): Promise<UnclaimedIntegrationRow[]> {
  return tx.query<UnclaimedIntegrationRow>(
    `select kind, name, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt",
            ${instantCursorSql('last_seen_at')} as "lastSeenText", signals
     from unclaimed_integration
     where tenant_id = $1 and dismissed_at is null
       and ($2::timestamptz is null or (last_seen_at, kind, name) < ($2::timestamptz, $3, $4))
     order by last_seen_at desc, kind desc, name desc limit $5`,
    [tx.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.after?.[2] ?? null, page.first + 1],
  );
}

/** Takes one off the list for good: it is configured now. False = it is not on it. */
export async function removeUnclaimed(tx: Tx, kind: string, name: string): Promise<boolean> {
  const rows = await tx.query(
    `delete from unclaimed_integration where tenant_id = $1 and kind = $2 and name = $3 returning name`,
    [tx.tenantId, kind, name],
  );
  return rows.length > 0;
}

/** Takes one off the list; it does not come back when it sends again. False = it is not on it. */
export async function dismissUnclaimed(tx: Tx, kind: string, name: string, at: Date): Promise<boolean> {
  const rows = await tx.query(
    `update unclaimed_integration set dismissed_at = $4
     where tenant_id = $1 and kind = $2 and name = $3 and dismissed_at is null returning name`,
    [tx.tenantId, kind, name, at],
  );
  return rows.length > 0;
}
