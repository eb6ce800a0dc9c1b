import { hash } from 'node:crypto';
import type { ProjectedTransaction } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import { BUSINESS_TRANSACTION, MILESTONE, TRANSACTION_OBJECT, toRow } from './projection-tables.js';
import { writeDiff, writeRows } from './row-diff.js';

type Row = Record<string, unknown>;

/** Digests of the rows of a transaction by a short form of their keys. */
type Digests = Map<string, string>;

/** A transaction as rows, each with its key and digest. */
type Rows = {
  id: string;
  transaction: Row;
  objects: [key: string, row: Row][];
  milestones: [key: string, row: Row][];
  digests: Digests;
};

/** As much of an object's id as tells the members of one transaction apart; where it does not, rows are compared instead. */
const ID_LENGTH = 12;
const DIGEST_LENGTH = 11;
const OWN_KEY = 't';
const OBJECT_KEY = 'o';
const MILESTONE_KEY = 'm';

/**
 * Makes the stored rows of transactions equal to these, and removes those that are stored and no longer there; answers the ids
 * of those that changed. A transaction keeps digests of its rows, so that of the dozen that each fact concerns only the two or
 * three that differ go to the server.
 */
export async function writeTransactions(
  tx: Tx,
  projected: readonly ProjectedTransaction[],
  storedIds: readonly string[],
): Promise<Set<string>> {
  const rows = projected.map(rowsOf);
  const ids = [...new Set([...storedIds, ...rows.map(({ id }) => id)])];
  if (ids.length === 0) return new Set();
  const stored = await readDigests(tx, ids);
  const present = new Set(rows.map(({ id }) => id));
  const compared = rows.filter(({ id, digests }) => isCertain(stored.get(id), digests));
  const isCompared = new Set(compared.map(({ id }) => id));
  const changed = compared.filter(({ id, digests }) => differs(stored.get(id), digests));
  const news = (key: string, { id, digests }: Rows) => stored.get(id)?.get(key) !== digests.get(key);
  const rowsOfAll = (part: 'objects' | 'milestones') =>
    changed.flatMap((one) => one[part].flatMap(([key, row]) => (news(key, one) ? [row] : [])));
  await writeRows(
    tx,
    BUSINESS_TRANSACTION,
    changed.map(({ transaction }) => transaction),
  );
  await deleteVanished(tx, changed, stored);
  await writeRows(tx, TRANSACTION_OBJECT, rowsOfAll('objects'));
  await writeRows(tx, MILESTONE, rowsOfAll('milestones'));
  const others = rows.filter(({ id }) => !isCompared.has(id));
  const gone = storedIds.filter((id) => !present.has(id));
  return new Set([...changed.map(({ id }) => id), ...(await compareRows(tx, others, gone))]);
}

/** Deletes rows whose keys are no longer among those of their transaction, such as the one that waits for a first object. */
async function deleteVanished(tx: Tx, rows: readonly Rows[], stored: ReadonlyMap<string, Digests>): Promise<void> {
  const vanished = rows.flatMap(({ id, digests }) =>
    [...(stored.get(id)?.keys() ?? [])].filter((key) => !digests.has(key)).map((key) => ({ id, ...partsOf(key) })),
  );
  for (const table of ['transaction_object', 'milestone'] as const) {
    const gone = vanished.filter((one) => one.table === table);
    if (gone.length === 0) continue;
    await tx.query(
      // Nobody else changes them under the projection lock, so that where they stand tells which they are.
      `delete from ${table} where tenant_id = $1 and ctid = any(array(
         select t.ctid from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::int[]) as gone(id, lowest, highest, position)
         cross join lateral (
           select ctid from ${table}
           where tenant_id = $1 and transaction_id = gone.id and object_id between gone.lowest and gone.highest
             ${table === 'milestone' ? 'and position = gone.position' : ''} offset 0
         ) t))`,
      [
        tx.tenantId,
        uuidArray(gone.map(({ id }) => id)),
        uuidArray(gone.map(({ lowest }) => lowest)),
        uuidArray(gone.map(({ highest }) => highest)),
        gone.map(({ position }) => position),
      ],
    );
  }
}

/** Which rows a key stands for: the ids that begin with its short one, and the place of a milestone. */
function partsOf(key: string) {
  const short = key.slice(1, 1 + ID_LENGTH);
  return {
    table: { [OBJECT_KEY]: 'transaction_object', [MILESTONE_KEY]: 'milestone' }[key.slice(0, 1)],
    lowest: short.padEnd(32, '0'),
    highest: short.padEnd(32, 'f'),
    position: Number(key.slice(1 + ID_LENGTH)),
  };
}

/** The same by comparing all rows in the database: where nothing is known of what is stored. */
async function compareRows(tx: Tx, rows: readonly Rows[], gone: readonly string[]): Promise<string[]> {
  const ids = [...rows.map(({ id }) => id), ...gone];
  if (ids.length === 0) return [];
  const scope = { condition: 't.transaction_id = any($2::uuid[])', params: [uuidArray(ids)] };
  const changes = [
    await writeDiff(
      tx,
      BUSINESS_TRANSACTION,
      scope,
      rows.map(({ transaction }) => transaction),
    ),
    await writeDiff(
      tx,
      TRANSACTION_OBJECT,
      scope,
      rows.flatMap(({ objects }) => objects.map(([, row]) => row)),
    ),
    await writeDiff(
      tx,
      MILESTONE,
      scope,
      rows.flatMap(({ milestones }) => milestones.map(([, row]) => row)),
    ),
  ];
  return changes.flatMap(({ written, deleted }) =>
    [...written, ...deleted].flatMap((key) => key['transaction_id'] ?? []),
  );
}

async function readDigests(tx: Tx, ids: readonly string[]): Promise<Map<string, Digests>> {
  const rows = await tx.query<{ id: string; digests: string }>(
    `select transaction_id as id, digests from business_transaction where tenant_id = $1 and transaction_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(ids)],
  );
  return new Map(rows.map(({ id, digests }) => [id, parse(digests)]));
}

/** Whether the digests tell all: nothing is stored yet, or what is stored is known. */
function isCertain(stored: Digests | undefined, digests: Digests): boolean {
  if (digests.size === 0) return false;
  if (stored === undefined) return true;
  return stored.size > 0;
}

function differs(stored: Digests | undefined, digests: Digests): boolean {
  if (stored === undefined) return true;
  // Different keys of the same number: one of the new ones is not among the old.
  if (stored.size !== digests.size) return true;
  for (const [key, digest] of digests) if (stored.get(key) !== digest) return true;
  return false;
}

/** A transaction as the rows that stand for it, each with its key. */
export function rowsOf({
  transaction,
  objects,
  milestones,
}: Pick<ProjectedTransaction, 'transaction' | 'objects' | 'milestones'>): Rows {
  const own = toRow.transaction(transaction);
  const rows: Omit<Rows, 'digests' | 'transaction'> = {
    id: transaction.transactionId,
    objects: objects.map((object) => [`${OBJECT_KEY}${shortId(object.objectId)}`, toRow.transactionObject(object)]),
    milestones: milestones.map((milestone) => [
      `${MILESTONE_KEY}${shortId(milestone.objectId)}${milestone.position}`,
      toRow.milestone(milestone),
    ]),
  };
  const keyed: [string, Row][] = [[OWN_KEY, own], ...rows.objects, ...rows.milestones];
  const digests = new Map(keyed.map(([key, row]) => [key, digestOf(row)]));
  // Two rows of one key: they cannot be told apart by it.
  if (digests.size < keyed.length) digests.clear();
  return { ...rows, transaction: { ...own, digests: format(digests) }, digests };
}

function shortId(objectId: string): string {
  // Its first twelve digits, without the hyphen between them.
  return objectId.slice(0, 8) + objectId.slice(9, ID_LENGTH + 1);
}

function digestOf(row: Row): string {
  return hash('sha1', JSON.stringify(Object.values(row)), 'base64url').slice(0, DIGEST_LENGTH);
}

function format(digests: Digests): string {
  return [...digests].map(([key, digest]) => `${key}:${digest}`).join(' ');
}

function parse(text: string): Digests {
  if (text === '') return new Map();
  return new Map(
    text.split(' ').map((pair) => {
      const at = pair.indexOf(':');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
