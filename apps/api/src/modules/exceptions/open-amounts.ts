import { sumMoney, type Money } from '@throughline/canonical';
import { BATCH } from '@throughline/lineage';
import { uuidArray, type Tx } from '@throughline/persistence';
import { loadMoneyAround } from '../lineage/index.js';
import { openAmount } from './domain/open-amount.js';

/** Blocks of one file that are looked at. */
const MOST_BLOCKS = 200;

/** What is left of an object's amount, as its problem sees it. */
export type OpenAmountOf = (objectId: string, problem: { asOf: Date | null; taxonomy: string | null }) => Money | null;

/** The money that is still open at objects. A payment file has no amount of its own: that of its blocks, where all of them have one. */
export async function loadOpenAmounts(
  tx: Tx,
  objects: readonly { objectId: string; objectType: string }[],
): Promise<OpenAmountOf> {
  const ids = objects.map(({ objectId }) => objectId);
  const blocks = await findBlocks(
    tx,
    objects.flatMap(({ objectId, objectType }) => (objectType === BATCH ? [objectId] : [])),
  );
  const around = await loadMoneyAround(tx, [...ids, ...[...blocks.values()].flat()]);
  const openAt: OpenAmountOf = (objectId, problem) => {
    const { nodes, links } = around(objectId);
    return openAmount(objectId, nodes, links, problem);
  };
  return (objectId, problem) =>
    openAt(objectId, problem) ?? sumOfAll((blocks.get(objectId) ?? []).map((blockId) => openAt(blockId, problem)));
}

/** Null where one is not known, or is in another currency than the others. */
function sumOfAll(amounts: readonly (Money | null)[]): Money | null {
  const known = amounts.filter((amount) => amount !== null);
  const [first] = known;
  if (first === undefined || known.length < amounts.length) return null;
  return known.every(({ currency }) => currency === first.currency) ? sumMoney(known, first.currency) : null;
}

/** The blocks of files; of a file with more than are looked at none, rather than a part. */
async function findBlocks(tx: Tx, fileIds: readonly string[]): Promise<Map<string, string[]>> {
  if (fileIds.length === 0) return new Map();
  const rows = await tx.query<{ fileId: string; blockId: string }>(
    `select asked.id as "fileId", block.id as "blockId"
     from unnest($2::uuid[]) as asked(id)
     cross join lateral (
       select from_object_id as id from object_link
       where tenant_id = $1 and to_object_id = asked.id and qualifier = 'gathers' and from_type = '${BATCH}'
       order by from_object_id limit ${MOST_BLOCKS + 1}
     ) block`,
    [tx.tenantId, uuidArray(fileIds)],
  );
  const blocks = new Map<string, string[]>();
  for (const { fileId, blockId } of rows) blocks.set(fileId, [...(blocks.get(fileId) ?? []), blockId]);
  for (const [fileId, ofFile] of blocks) if (ofFile.length > MOST_BLOCKS) blocks.delete(fileId);
  return blocks;
}
