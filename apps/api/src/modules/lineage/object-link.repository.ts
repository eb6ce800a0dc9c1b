import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../graphql/connection.js';
import type { LineageDirection } from './graphql/lineage.types.js';

export type ObjectLinkRow = {
  from: string;
  to: string;
  qualifier: string;
  isContext: boolean;
  isEstablished: boolean;
  amount: string | null;
  currency: string | null;
  firstSeenAt: Date;
  firstText: string;
  assertedById: string;
  otherId: string;
  otherType: string;
  otherKey: string;
};

const SIDES: Record<LineageDirection, { near: string; far: string }> = {
  DOWNSTREAM: { near: 'from_object_id', far: 'to_object_id' },
  UPSTREAM: { near: 'to_object_id', far: 'from_object_id' },
};

/** Links of an object on one side, the latest first. */
export async function listLinksOf(
  tx: Tx,
  objectId: string,
  direction: LineageDirection,
  page: Page,
): Promise<ObjectLinkRow[]> {
  const { near, far } = SIDES[direction];
  return tx.query<ObjectLinkRow>(
    `select l.from_object_id as "from", l.to_object_id as "to", l.qualifier, l.is_context as "isContext", l.is_established as "isEstablished",
            l.amount, l.currency, l.first_occurred_at as "firstSeenAt", ${instantCursorSql('l.first_occurred_at')} as "firstText",
            l.asserted_by as "assertedById", b.object_id as "otherId", b.type as "otherType", b.key as "otherKey"
     from (
       select * from object_link
       where tenant_id = $1 and ${near} = $2
         and ($3::timestamptz is null
              or (first_occurred_at, ${far}, qualifier) < ($3::timestamptz, $4::uuid, $5::text collate "C"))
       order by first_occurred_at desc, ${far} desc, qualifier desc limit $6
     ) l
     join business_object b on b.tenant_id = $1 and b.object_id = l.${far}
     order by l.first_occurred_at desc, l.${far} desc, l.qualifier desc`,
    [tx.tenantId, objectId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.after?.[2] ?? null, page.first + 1],
  );
}

/** How many links an object has on one side. */
export function countLinksOf(tx: Tx, objectId: string, direction: LineageDirection): Promise<RowCount> {
  const select = `select 1 from object_link where tenant_id = $1 and ${SIDES[direction].near} = $2`;
  return countRows(tx, select, [tx.tenantId, objectId]);
}
