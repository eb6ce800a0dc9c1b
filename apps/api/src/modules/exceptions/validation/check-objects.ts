import { CONTEXT_TYPES, hashedUuid } from '@throughline/canonical';
import { type RuleObject, sameFactsKeys, type ValidationRule } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { emit } from '../../../outbox/index.js';
import { TELLING } from '../../reconciliation/index.js';
import { type Judgement, judgeObjects } from './judge-objects.js';
import { lockValidation, markDependents, markObjects, noteSeen } from './mark.repository.js';
import { rulesInForce } from './rules-in-force.js';
import { findByKeys, type KeyedObject, replaceKeys } from './same-facts.repository.js';
import { findReported, findSharers, loadRuleObjects } from './surroundings.repository.js';
import { replaceViolations, type Violation } from './violation.repository.js';

/**
 * Checks objects whose facts changed against the rules in force, and has those checked that hang on them. Answers the objects whose
 * violations are others now.
 */
export async function checkChangedObjects(tx: Tx, changed: readonly string[], isSilent: boolean): Promise<string[]> {
  if (changed.length === 0) return [];
  const rules = await rulesInForce(tx);
  if (rules.length === 0) return [];
  await lockValidation(tx);
  const objects = await loadRuleObjects(tx, changed);
  const types = typesOf(rules);
  const seen = objects.filter(({ type }) => types.lookedAt.has(type));
  const reported = await findReported(
    tx,
    seen.map(({ objectId }) => objectId),
  );
  const sharers = await findSharers(tx, rules, seen);
  const others = await noteSeen(
    tx,
    seen.map((object) => ({
      objectId: object.objectId,
      factsKey: factsKeyOf(object, [...(reported.get(object.objectId) ?? []), ...(sharers.get(object.objectId) ?? [])]),
    })),
  );
  await markDependents(tx, others, { about: [...types.about], between: [...types.between] }, isSilent);
  // what no rule is about, as the customer that each of its invoices names, violates none
  const apart = new Set(objects.filter(({ type }) => !types.about.has(type)).map(({ objectId }) => objectId));
  return checkObjects(
    tx,
    rules,
    {
      ids: changed.filter((id) => !apart.has(id)),
      objects: objects.filter(({ objectId }) => !apart.has(objectId)),
    },
    isSilent,
  );
}

/** Checks stored objects against the rules in force, as what they hang on or the rules themselves have changed. */
export async function checkStoredObjects(tx: Tx, objectIds: readonly string[], isSilent: boolean): Promise<string[]> {
  if (objectIds.length === 0) return [];
  const rules = await rulesInForce(tx);
  return checkObjects(tx, rules, { ids: objectIds, objects: await loadRuleObjects(tx, objectIds) }, isSilent);
}

async function checkObjects(
  tx: Tx,
  rules: readonly ValidationRule[],
  { ids, objects }: { ids: readonly string[]; objects: readonly RuleObject[] },
  isSilent: boolean,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const keys = objects.flatMap((object) =>
    rules.flatMap((rule) =>
      sameFactsKeys(rule, object).map(({ key }): KeyedObject => ({ objectId: object.objectId, key })),
    ),
  );
  const hasAlike = rules.some(({ links }) => [...links.values()].some((link) => 'sameFacts' in link));
  const moved = hasAlike ? await replaceKeys(tx, ids, keys) : [];
  const sameAs = await findByKeys(tx, [...new Set(keys.map(({ key }) => key))]);
  if (moved.length > 0) {
    const own = new Set(ids);
    await markObjects(
      tx,
      (await findByKeys(tx, moved)).filter((id) => !own.has(id)),
      isSilent,
    );
  }
  const judged = await judgeObjects(tx, rules, objects, sameAs);
  const changed = await replaceViolations(tx, ids, judged.flatMap(violationOf));
  await tellOfMoney(tx, changed, isSilent);
  return [...new Set(changed.map(({ objectId }) => objectId))];
}

/** Money that a rule tells, or tells no longer, is or is not told as a rest around it, whichever of the two was looked at first. */
async function tellOfMoney(
  tx: Tx,
  changed: readonly { objectId: string; taxonomy: string }[],
  isSilent: boolean,
): Promise<void> {
  const objectIds = [
    ...new Set(changed.filter(({ taxonomy }) => TELLING.includes(taxonomy)).map(({ objectId }) => objectId)),
  ];
  if (objectIds.length > 0) await emit(tx, 'validation.changed', { objectIds, ...(isSilent && { isSilent }) });
}

function violationOf({ rule, object, verdict }: Judgement): Violation[] {
  if (verdict.result !== 'violated') return [];
  const difference = rule.amount === 'difference' ? verdict.difference : null;
  return [
    {
      objectId: object.objectId,
      rule: rule.name,
      ruleVersion: rule.version,
      severity: rule.severity,
      taxonomy: rule.problem,
      title: rule.title,
      message: verdict.message,
      discriminators: { rule: rule.name, ...verdict.discriminators },
      amountFrom: rule.amount,
      amount: difference?.amount ?? null,
      currency: difference?.currency ?? null,
      at: verdict.toldAt,
    },
  ];
}

/** Types that rules are about, that they look at beside that, and that lie on the way there. */
function typesOf(rules: readonly ValidationRule[]) {
  const steps = rules.flatMap(({ links }) =>
    [...links.values()].flatMap((link) => ('steps' in link ? [link.steps] : [])),
  );
  return {
    about: new Set<string>(rules.flatMap(({ about }) => about)),
    lookedAt: new Set<string>(steps.flat().flatMap(({ types }) => types)),
    between: new Set<string>(
      steps.flatMap((way) => (way.length > 1 ? (way[0]?.types ?? []) : [])).filter((type) => !CONTEXT_TYPES.has(type)),
    ),
  };
}

/**
 * All that a rule can look at but the times, which move with whatever names the object; and what stands beside it: what is reported of
 * it, which may hide it, and who has a part in it.
 */
function factsKeyOf(object: RuleObject, beside: readonly string[]) {
  const { objectId, type, key, legalEntity, counterparty, amount, currency, direction, isPlaceholder, isUndone } =
    object;
  // In this order: the key is stored.
  const facts = { type, key, legalEntity, counterparty, amount, currency, direction, isPlaceholder, isUndone };
  const sorted = Object.entries(object.attributes).sort(([left], [right]) => (left < right ? -1 : 1));
  return hashedUuid([objectId, JSON.stringify(facts), JSON.stringify(sorted), ...beside]);
}
