import {
  evaluateRule,
  neighboursIn,
  type Projection,
  type RuleObject,
  undoingActivities,
  type ValidationRule,
} from '@throughline/lineage';

/** What violates rules, sorted: "billed-in-another-currency of invoice 9015015". */
export function drawViolations({ objects, links }: Projection, rules: readonly ValidationRule[]): string[] {
  const known = new Map(
    objects.map(({ amount, happened, ...object }): [string, RuleObject] => {
      const undoing = undoingActivities(object.type);
      const isUndone = happened?.some(({ type }) => undoing.includes(type)) ?? false;
      return [
        object.objectId,
        { ...object, amount: amount?.amount ?? null, currency: amount?.currency ?? null, isUndone },
      ];
    }),
  );
  const subjectOf = neighboursIn({ objects: known, edges: links });
  return rules
    .flatMap((rule) =>
      [...known.values()]
        .filter(({ type }) => rule.about.includes(type))
        .filter((object) => evaluateRule(rule, subjectOf(rule, object)).result === 'violated')
        .map(({ type, key }) => `${rule.name} of ${type} ${key}`),
    )
    .sort();
}
