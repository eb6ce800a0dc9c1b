import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../graphql/connection.js';

/** A file as lists show it. */
export type FileRow = {
  id: string;
  name: string;
  format: string;
  sourceSystem: string;
  layout: string;
  sizeBytes: string;
  records: number;
  receivedAt: Date;
  receivedText: string;
  contentHash: string;
  header: unknown;
  controls: {
    name: string;
    kind?: string;
    scope?: string;
    currency?: string;
    expected: string;
    actual: string;
    isMet: boolean;
  }[];
  hasControlBreak: boolean;
};

/** What the list can be narrowed to, checked. */
export type FileSelection = {
  formats: readonly string[] | null;
  sourceSystems: readonly string[] | null;
  hasControlBreak: boolean | null;
};

const COLUMNS = `file_id as id, name, format, source_system as "sourceSystem", layout, bytes as "sizeBytes", records,
  received_at as "receivedAt", ${instantCursorSql('received_at')} as "receivedText",
  encode(content_hash, 'hex') as "contentHash", header, controls, has_control_break as "hasControlBreak"`;

const MATCHES = `tenant_id = $1 and ($2::text[] is null or format = any($2)) and ($3::text[] is null or source_system = any($3))
  and ($4::boolean is null or has_control_break = $4)`;

function selectionParams(tx: Tx, { formats, sourceSystems, hasControlBreak }: FileSelection): unknown[] {
  return [tx.tenantId, formats, sourceSystems, hasControlBreak];
}

/** Files, latest first, one more than asked. */
export async function listFiles(tx: Tx, selection: FileSelection, page: Page): Promise<FileRow[]> {
  return tx.query<FileRow>(
    `select ${COLUMNS} from received_file
     where ${MATCHES} and ($5::timestamptz is null or (received_at, file_id) < ($5::timestamptz, $6::uuid))
     order by received_at desc, file_id desc limit $7`,
    [...selectionParams(tx, selection), page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

export function countFiles(tx: Tx, selection: FileSelection): Promise<RowCount> {
  return countRows(tx, `select 1 from received_file where ${MATCHES}`, selectionParams(tx, selection));
}

/** Files by id, in that order; null where there is none. Fits Operation.loader. */
export async function findFiles(tx: Tx, ids: readonly string[]): Promise<(FileRow | null)[]> {
  const rows = await tx.query<FileRow>(
    `select ${COLUMNS} from received_file where tenant_id = $1 and file_id = any($2::uuid[])`,
    [tx.tenantId, ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** How many records of files are unmapped, in the order of the ids. Fits Operation.loader. */
export async function countUnmappedRecords(tx: Tx, fileIds: readonly string[]): Promise<number[]> {
  const rows = await tx.query<{ id: string; records: number }>(
    `select file_id as id, count(*)::int as records from signal
     where tenant_id = $1 and file_id = any($2::uuid[]) and file_id is not null and mapping_outcome = 'unmapped'
     group by file_id`,
    [tx.tenantId, fileIds],
  );
  const byId = new Map(rows.map(({ id, records }) => [id, records]));
  return fileIds.map((id) => byId.get(id) ?? 0);
}
