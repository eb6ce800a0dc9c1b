import { NIL_UUID } from '@throughline/canonical';
import { missingFacts, type ValidationRule } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { judgeObjects } from './judge-objects.js';
import { type KeyedObject } from './same-facts.repository.js';
import { loadRuleObjects } from './surroundings.repository.js';

/** Stored objects that a trial passes at most, and of them those that it looks at. Ids are hashes: any part of them is a fair sample. */
const MOST_PASSED = 100_000;
const MOST_LOOKED_AT = 5_000;
const PASSED_AT_ONCE = 20_000;
const JUDGED_AT_ONCE = 500;
const FIRST = 10;

export type RuleTrial = {
  looked: number;
  /** Every stored object of the types was looked at; else the numbers are those of a sample. */
  isAll: boolean;
  violated: number;
  cannotBeTold: number;
  first: { objectId: string; type: string; key: string; message: string }[];
  /** Facts that were missing where it could not be told, the most frequent first. */
  missing: { fact: string; count: number }[];
};

/** What a rule would say of stored objects; nothing is written. */
export async function tryRule(tx: Tx, rule: ValidationRule): Promise<RuleTrial> {
  const { ids, isAll } = await findOfTypes(tx, rule.about);
  const trial: RuleTrial = { looked: 0, isAll, violated: 0, cannotBeTold: 0, first: [], missing: [] };
  const missing = new Map<string, number>();
  for (let from = 0; from < ids.length; from += JUDGED_AT_ONCE) {
    const objects = await loadRuleObjects(tx, ids.slice(from, from + JUDGED_AT_ONCE));
    const sameAs = await findAlike(tx, rule, objects);
    for (const { object, subject, verdict } of await judgeObjects(tx, [rule], objects, sameAs)) {
      trial.looked += 1;
      if (verdict.result === 'violated') {
        trial.violated += 1;
        const { objectId, type, key } = object;
        if (trial.first.length < FIRST) trial.first.push({ objectId, type, key, message: verdict.message });
      }
      if (verdict.result === 'cannot-be-told') {
        trial.cannotBeTold += 1;
        for (const fact of missingFacts(rule, subject)) missing.set(fact, (missing.get(fact) ?? 0) + 1);
      }
    }
  }
  trial.missing = [...missing]
    .map(([fact, count]) => ({ fact, count }))
    .sort((left, right) => right.count - left.count || (left.fact < right.fact ? -1 : 1))
    .slice(0, FIRST);
  return trial;
}

async function findOfTypes(tx: Tx, types: readonly string[]): Promise<{ ids: string[]; isAll: boolean }> {
  const ids: string[] = [];
  let after = NIL_UUID;
  for (let passed = 0; passed < MOST_PASSED; passed += PASSED_AT_ONCE) {
    const [page] = await tx.query<{ ids: string[]; last: string | null; count: number }>(
      `with page as materialized (
         select object_id, type from business_object where tenant_id = $1 and object_id > $2 order by object_id limit $4
       )
       select coalesce(array_agg(object_id order by object_id) filter (where type = any($3::text[])), '{}') as ids,
              (array_agg(object_id order by object_id desc))[1] as last, count(*)::int as count from page`,
      [tx.tenantId, after, types, PASSED_AT_ONCE],
    );
    ids.push(...(page?.ids ?? []));
    if (ids.length > MOST_LOOKED_AT) return { ids: ids.slice(0, MOST_LOOKED_AT), isAll: false };
    if (page === undefined || page.last === null || page.count < PASSED_AT_ONCE) return { ids, isAll: true };
    after = page.last;
  }
  return { ids, isAll: false };
}

/** Objects of the same counterparty: those that may have the same facts, while the rule has no keys of its own yet. */
async function findAlike(
  tx: Tx,
  rule: ValidationRule,
  objects: readonly { counterparty: string | null }[],
): Promise<string[]> {
  if (![...rule.links.values()].some((link) => 'sameFacts' in link)) return [];
  const parties = [...new Set(objects.flatMap(({ counterparty }) => counterparty?.toLowerCase() ?? []))];
  const rows = await tx.query<Pick<KeyedObject, 'objectId'>>(
    `select found.object_id as "objectId"
     from unnest($2::text[]) as asked(party)
     cross join lateral (
       select object_id from business_object
       where tenant_id = $1 and counterparty_folded = asked.party collate "C" and type = any($3::text[]) limit 1000
     ) found`,
    [tx.tenantId, parties, rule.about],
  );
  return rows.map(({ objectId }) => objectId);
}
