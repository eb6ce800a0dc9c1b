import {
  evaluateRule,
  grouped,
  neighboursIn,
  type RuleObject,
  type RuleSubject,
  type RuleVerdict,
  type ValidationRule,
} from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { findFinished, findReported, loadSurroundings } from './surroundings.repository.js';

/** What a rule says of an object, by what it looked at. */
export type Judgement = { rule: ValidationRule; object: RuleObject; subject: RuleSubject; verdict: RuleVerdict };

/**
 * What rules say of objects, from present facts. What is over is not looked at where a rule asks for that; what an integration told
 * itself, at the object or at what the rule looks at beside it, is not told twice; what it told of others with the same facts is another
 * matter.
 */
export async function judgeObjects(
  tx: Tx,
  rules: readonly ValidationRule[],
  objects: readonly RuleObject[],
  sameAs: readonly string[],
): Promise<Judgement[]> {
  const about = new Set(rules.flatMap((rule) => rule.about));
  const subjects = objects.filter(({ type }) => about.has(type));
  if (subjects.length === 0) return [];
  const surroundings = await loadSurroundings(tx, rules, subjects, sameAs);
  const finished = await findFinished(
    tx,
    subjects.map(({ objectId }) => objectId),
  );
  const subjectOf = neighboursIn(surroundings);
  const ofType = grouped(subjects, ({ type }) => type);
  const judged = rules.flatMap((rule) =>
    [...new Set(rule.about)]
      .flatMap((type) => ofType.get(type) ?? [])
      .filter(({ objectId }) => !(rule.onlyOpen && finished.has(objectId)))
      .map((object) => {
        const subject = subjectOf(rule, object);
        return { rule, object, subject, verdict: evaluateRule(rule, subject) };
      }),
  );
  const violated = judged.filter(({ verdict }) => verdict.result === 'violated');
  const reported = await findReported(tx, [...new Set(violated.flatMap(({ rule, subject }) => idsOf(rule, subject)))]);
  return judged.map(({ rule, object, subject, verdict }) => ({
    rule,
    object,
    subject,
    verdict:
      verdict.result === 'violated' && idsOf(rule, subject).some((id) => reported.get(id)?.includes(rule.problem))
        ? { result: 'holds' as const }
        : verdict,
  }));
}

function idsOf(rule: ValidationRule, { object, linked }: RuleSubject): string[] {
  const beside = [...rule.links].flatMap(([name, link]) => ('steps' in link ? (linked.get(name) ?? []) : []));
  return [object.objectId, ...beside.map(({ object: other }) => other.objectId)];
}
