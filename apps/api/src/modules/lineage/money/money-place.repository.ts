import { HOLDING_QUALIFIERS, moneyPlaceOf, type HoldingLink, type MoneyPlace } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';

/** Where the money of each object is held. Four statements for however many: one a step, and who holds others. */
export async function findMoneyPlaces(tx: Tx, objectIds: readonly string[]): Promise<Map<string, MoneyPlace>> {
  const links: HoldingLink[] = [];
  let ids = [...new Set(objectIds)];
  const known = new Set<string>();
  for (let step = 0; step < 3 && ids.length > 0; step += 1) {
    for (const id of ids) known.add(id);
    const found = await findLinksFrom(tx, ids);
    links.push(...found);
    ids = [...new Set(found.map(({ toObjectId }) => toObjectId))].filter((id) => !known.has(id));
  }
  links.push(...(await findHeld(tx, objectIds)));
  const linksOf = new Map<string, HoldingLink[]>();
  for (const link of links) linksOf.set(link.fromObjectId, [...(linksOf.get(link.fromObjectId) ?? []), link]);
  const held = new Map(links.map((link) => [link.toObjectId, link]));
  return new Map(
    objectIds.map((id) => {
      const into = held.get(id);
      return [id, moneyPlaceOf(id, [...onward(id, linksOf), ...(into === undefined ? [] : [into])])];
    }),
  );
}

/** All links that lead on from an object. */
function onward(objectId: string, linksOf: ReadonlyMap<string, readonly HoldingLink[]>): HoldingLink[] {
  const seen = new Set([objectId]);
  const found: HoldingLink[] = [];
  for (const id of seen) {
    for (const link of linksOf.get(id) ?? []) {
      found.push(link);
      seen.add(link.toObjectId);
    }
  }
  return found;
}

type LinkRow = Omit<HoldingLink, 'firstOccurredAt'> & { firstOccurredAt: Date };

const COLUMNS = `l.from_object_id as "fromObjectId", l.to_object_id as "toObjectId", l.qualifier, l.first_occurred_at as "firstOccurredAt"`;

async function findLinksFrom(tx: Tx, ids: readonly string[]): Promise<HoldingLink[]> {
  const rows = await tx.query<LinkRow>(
    `select ${COLUMNS} from object_link l
     where l.tenant_id = $1 and l.from_object_id = any($2::uuid[]) and l.qualifier = any($3::text[])`,
    [tx.tenantId, uuidArray(ids), HOLDING_QUALIFIERS],
  );
  return rows.map(toLink);
}

/** One link for each object that holds others; a batch may hold thousands. */
async function findHeld(tx: Tx, ids: readonly string[]): Promise<HoldingLink[]> {
  const rows = await tx.query<LinkRow>(
    `select ${COLUMNS} from unnest($2::uuid[]) as asked(id)
     cross join lateral (
       select * from object_link h where h.tenant_id = $1 and h.to_object_id = asked.id and h.qualifier = any($3::text[]) limit 1
     ) l`,
    [tx.tenantId, uuidArray(ids), HOLDING_QUALIFIERS],
  );
  return rows.map(toLink);
}

function toLink({ firstOccurredAt, ...link }: LinkRow): HoldingLink {
  return { ...link, firstOccurredAt: firstOccurredAt.toISOString() };
}
