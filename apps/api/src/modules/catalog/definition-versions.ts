import type { Tx } from '@throughline/persistence';
import { refuse, type CatalogFailure } from './domain/catalog-failure.js';

export type DefinitionVersionState = 'draft' | 'active' | 'retired';

/** A tenant's own version of something declared as YAML: made by one person, put in force by another, kept for ever. */
export type DefinitionVersionRow = {
  name: string;
  version: number;
  definition: string;
  note: string;
  state: DefinitionVersionState;
  createdById: string;
  createdAt: Date;
  approvedById: string | null;
  approvedAt: Date | null;
};

/** The select list of a version. */
export const DEFINITION_VERSION_COLUMNS = `name, version, definition, note, state, created_by as "createdById",
  created_at as "createdAt", approved_by as "approvedById", approved_at as "approvedAt"`;

export type NewDefinitionVersion = Pick<
  DefinitionVersionRow,
  'name' | 'version' | 'definition' | 'note' | 'createdById' | 'createdAt'
>;

/** The versions in one table; what = the word for what they are versions of. */
export function definitionVersions<Row extends DefinitionVersionRow>({
  table,
  what,
  columns = DEFINITION_VERSION_COLUMNS,
  onActivation = '',
}: {
  table: string;
  what: string;
  columns?: string;
  /** What else is set when a version comes into force, with a comma before it. */
  onActivation?: string;
}) {
  /** All versions of the names, latest first. */
  const findVersions = (tx: Tx, names: readonly string[]): Promise<Row[]> =>
    tx.query<Row>(
      `select ${columns} from ${table} where tenant_id = $1 and name = any($2::text[]) order by name, version desc`,
      [tx.tenantId, names],
    );
  return {
    findVersions,

    /** Lets one act at a time change the versions of a name, and gives them, latest first. */
    async lockVersions(tx: Tx, name: string): Promise<Row[]> {
      // a name without any version has no row to lock
      await tx.query(`select pg_advisory_xact_lock(hashtextextended('${what} ' || $1 || ' ' || $2, 0))`, [
        tx.tenantId,
        name,
      ]);
      return findVersions(tx, [name]);
    },

    async addVersion(tx: Tx, row: NewDefinitionVersion): Promise<void> {
      await tx.query(
        `insert into ${table} (tenant_id, name, version, definition, note, state, created_by, created_at)
         values ($1, $2, $3, $4, $5, 'draft', $6, $7)`,
        [tx.tenantId, row.name, row.version, row.definition, row.note, row.createdById, row.createdAt],
      );
    },

    /** Puts a version in force; the one that was is retired, and remembers by which version. */
    async activateVersion(
      tx: Tx,
      { name, version, approvedById, at }: { name: string; version: number; approvedById: string; at: Date },
    ): Promise<void> {
      await tx.query(
        `update ${table} set state = 'retired', replaced_by = $3 where tenant_id = $1 and name = $2 and state = 'active'`,
        [tx.tenantId, name, version],
      );
      await tx.query(
        `update ${table} set state = 'active', approved_by = $4, approved_at = $5${onActivation}
         where tenant_id = $1 and name = $2 and version = $3`,
        [tx.tenantId, name, version, approvedById, at],
      );
    },

    /** Retires a version; the one that it had replaced is in force again. Answers that one's number, or null. */
    async retireVersion(tx: Tx, name: string, version: number): Promise<number | null> {
      await tx.query(`update ${table} set state = 'retired' where tenant_id = $1 and name = $2 and version = $3`, [
        tx.tenantId,
        name,
        version,
      ]);
      const [restored] = await tx.query<{ version: number }>(
        `update ${table} set state = 'active', replaced_by = null
         where tenant_id = $1 and name = $2 and replaced_by = $3 returning version`,
        [tx.tenantId, name, version],
      );
      return restored?.version ?? null;
    },

    /** The draft that this person may put in force, or why not. */
    draftOf(
      versions: readonly Row[],
      { version, personId }: { version: number; personId: string },
    ): { draft: Row } | CatalogFailure {
      const draft = versions.find((row) => row.version === version);
      if (draft === undefined) return refuse('NOT_FOUND', `There is no such version of this ${what}`);
      if (draft.state !== 'draft') return refuse('CONFLICT', `Version ${String(version)} is ${draft.state}, no draft`);
      return draft.createdById === personId
        ? refuse('SAME_PERSON', 'Another person than its maker puts a version in force')
        : { draft };
    },

    /** The version that can be taken out of force or put away, or why not. */
    retirableOf(versions: readonly Row[], version: number): { row: Row } | CatalogFailure {
      const row = versions.find((each) => each.version === version);
      if (row === undefined) return refuse('NOT_FOUND', `There is no such version of this ${what}`);
      return row.state === 'retired' ? refuse('CONFLICT', `Version ${String(version)} is retired already`) : { row };
    },
  };
}
