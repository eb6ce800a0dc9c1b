import { uuidArray, type Tx } from '@throughline/persistence';

/**
 * Open exceptions of the same objects that failed earlier, by exception. Through the same integration an object goes once for all of
 * its exceptions: those are left out.
 */
export async function findEarlierFailures(tx: Tx, exceptionIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.query<{ id: string; earlier: string[] }>(
    `select mine.exception_id as id, array_agg(other.exception_id order by other.opened_at, other.exception_id) as earlier
     from exception mine
     join open_exception_object o on o.tenant_id = $1 and o.object_id = mine.object_id
     join exception other on other.tenant_id = $1 and other.exception_id = o.exception_id
     where mine.tenant_id = $1 and mine.exception_id = any($2::uuid[])
       and other.opened_at < mine.opened_at and other.integration <> mine.integration
     group by mine.exception_id`,
    [tx.tenantId, uuidArray(exceptionIds)],
  );
  return new Map(rows.map(({ id, earlier }) => [id, earlier]));
}
