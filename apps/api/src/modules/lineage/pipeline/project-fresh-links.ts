import type { ObjectType } from '@throughline/canonical';
import { type LinkState, type ResolvedLink, advanceLink, mergeLinks } from '@throughline/lineage';
import { type Tx, encodeArray, uuidArray } from '@throughline/persistence';
import type { FreshFacts } from './fresh-facts.js';
import { OBJECT_LINK, toRow } from './projection-tables.js';
import { moneyOf } from './read-objects.js';
import { writeRows } from './row-diff.js';
import { readLinkStatements } from './stated-links.js';

type LinkKey = Pick<LinkState, 'fromObjectId' | 'toObjectId' | 'qualifier'>;

type LinkLine = {
  from_object_id: string;
  to_object_id: string;
  qualifier: string;
  from_type: ObjectType;
  to_type: ObjectType;
  is_context: boolean;
  amount: string | null;
  currency: string | null;
  first_occurred_at: Date;
  is_established: boolean;
  established_at: Date | null;
  asserted_by: string;
};

/** Adds new statements of links to those that are known; answers the links that changed. */
export async function projectFreshLinks(
  tx: Tx,
  facts: FreshFacts,
  objectIdOf: ReadonlyMap<string, string>,
): Promise<LinkState[]> {
  const typeOf = new Map(facts.names.map(({ aliasId, objectType }) => [objectIdOf.get(aliasId) ?? '', objectType]));
  const statements = resolve(facts, objectIdOf);
  const stated = [...statements.values()].flatMap((ofLink) => mergeLinks(ofLink, (objectId) => typeOf.get(objectId)));
  if (stated.length === 0) return [];
  const known = await readLinks(tx, stated);
  const changed: LinkState[] = [];
  const undecided: LinkState[] = [];
  for (const link of stated) {
    const before = known.get(identityOf(link));
    const after = before === undefined ? link : advanceLink(before, statements.get(identityOf(link)) ?? []);
    if (after === null) undecided.push(link);
    else if (after !== before) changed.push(after);
  }
  const whole = mergeLinks(await readLinkStatements(tx, undecided), (objectId) => typeOf.get(objectId));
  const written = [...changed, ...whole];
  await writeRows(tx, OBJECT_LINK, written.map(toRow.link));
  return written;
}

function resolve(facts: FreshFacts, objectIdOf: ReadonlyMap<string, string>): Map<string, ResolvedLink[]> {
  const statements = new Map<string, ResolvedLink[]>();
  for (const stated of facts.links) {
    const [fromObjectId, toObjectId] = [objectIdOf.get(stated.fromAliasId), objectIdOf.get(stated.toAliasId)];
    if (fromObjectId === undefined || toObjectId === undefined) continue;
    const { activityId, ordinal, occurredAt, recordedAt, qualifier, amount, outcome } = stated;
    const link = { activityId, ordinal, occurredAt, recordedAt, fromObjectId, toObjectId, qualifier, amount, outcome };
    const identity = identityOf(link);
    const known = statements.get(identity);
    if (known === undefined) statements.set(identity, [link]);
    else known.push(link);
  }
  return statements;
}

async function readLinks(tx: Tx, links: readonly LinkKey[]): Promise<Map<string, LinkState>> {
  const lines = await tx.query<LinkLine>(
    `select l.* from unnest($2::uuid[], $3::uuid[], $4::text[]) as asked(from_object_id, to_object_id, qualifier)
     cross join lateral (
       select from_object_id, to_object_id, qualifier, from_type, to_type, is_context, amount, currency, first_occurred_at,
              is_established, established_at, asserted_by
       from object_link
       where tenant_id = $1 and from_object_id = asked.from_object_id and to_object_id = asked.to_object_id
         and qualifier = asked.qualifier limit 1
     ) l`,
    [tx.tenantId, ...columnsOf(links)],
  );
  return new Map(
    lines.map((line) => {
      const link = linkOf(line);
      return [identityOf(link), link];
    }),
  );
}

function columnsOf(links: readonly LinkKey[]): Buffer[] {
  return [
    uuidArray(links.map((link) => link.fromObjectId)),
    uuidArray(links.map((link) => link.toObjectId)),
    encodeArray(
      'text',
      links.map((link) => link.qualifier),
    ),
  ];
}

function identityOf({ fromObjectId, toObjectId, qualifier }: LinkKey): string {
  return `${fromObjectId}/${toObjectId}/${qualifier}`;
}

function linkOf(line: LinkLine): LinkState {
  return {
    fromObjectId: line.from_object_id,
    toObjectId: line.to_object_id,
    qualifier: line.qualifier,
    fromType: line.from_type,
    toType: line.to_type,
    isContext: line.is_context,
    amount: moneyOf(line),
    firstOccurredAt: line.first_occurred_at.toISOString(),
    establishedAt: line.is_established ? (line.established_at ?? line.first_occurred_at).toISOString() : null,
    assertedBy: line.asserted_by,
  };
}
