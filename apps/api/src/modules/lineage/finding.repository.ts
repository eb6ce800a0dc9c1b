import { FINDING_KINDS, type FindingKind } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { EXACT_COUNT_LIMIT, countRows, type Page, type RowCount } from '../../graphql/connection.js';

export type FindingRow = {
  kind: FindingKind;
  subjectId: string;
  about: string;
  since: Date | null;
  details: unknown;
};

const COLUMNS = `f.kind, f.subject_id as "subjectId", f.about, f.since, f.details`;

/** Findings of some kinds, kind by kind along their key. */
export async function listFindings(tx: Tx, kinds: readonly FindingKind[], page: Page): Promise<FindingRow[]> {
  return tx.query<FindingRow>(
    `select ${COLUMNS} from finding f
     where f.tenant_id = $1 and f.kind = any($2::text[])
       and ($3::text is null or (f.kind, f.subject_id, f.about) > ($3::text collate "C", $4::uuid, $5::text collate "C"))
     order by f.kind, f.subject_id, f.about limit $6`,
    [tx.tenantId, kinds, page.after?.[0] ?? null, page.after?.[1] ?? null, page.after?.[2] ?? null, page.first + 1],
  );
}

/** How many findings of some kinds there are. */
export function countFindings(tx: Tx, kinds: readonly FindingKind[]): Promise<RowCount> {
  return countRows(tx, 'select 1 from finding f where f.tenant_id = $1 and f.kind = any($2::text[])', [
    tx.tenantId,
    kinds,
  ]);
}

/** How many findings of each kind there are, of those that there are any; at most 10 000 of each are counted. */
export async function countFindingsByKind(tx: Tx): Promise<{ kind: FindingKind; count: number }[]> {
  return tx.query<{ kind: FindingKind; count: number }>(
    `select asked.kind, counted.rows as count
     from unnest($2::text[]) with ordinality as asked(kind, place)
     cross join lateral (
       select count(*)::int as rows from (
         select 1 from finding f where f.tenant_id = $1 and f.kind = asked.kind collate "C" limit ${EXACT_COUNT_LIMIT}
       ) counted_rows
     ) counted
     where counted.rows > 0 order by asked.place`,
    [tx.tenantId, [...FINDING_KINDS]],
  );
}

/** Findings of objects: their own, and the circles that they are in. */
export async function findFindingsOf(tx: Tx, objectIds: readonly string[]): Promise<FindingRow[][]> {
  const rows = await tx.query<FindingRow & { askedId: string }>(
    `select asked.id as "askedId", ${COLUMNS}
     from unnest($2::uuid[]) as asked(id)
     join finding f on f.tenant_id = $1 and f.subject_id = asked.id
     union all
     select asked.id, ${COLUMNS}
     from unnest($2::uuid[]) as asked(id)
     join finding f on f.tenant_id = $1 and f.kind = 'link-cycle' and f.subject_id <> asked.id
       and f.details->'objectIds' @> to_jsonb(asked.id::text)
     order by kind, "subjectId", about`,
    [tx.tenantId, objectIds],
  );
  return objectIds.map((id) => rows.filter((row) => row.askedId === id).map(({ askedId: _asked, ...row }) => row));
}
