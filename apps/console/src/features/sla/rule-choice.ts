import { titleWords } from '../../shared/format/words.js';
import { groupBy } from '../../shared/group-by.js';
import type { SlaRule } from './sla-documents.js';

/** What the report is on when the address names nothing: the API's own. */
export const USUAL_MILESTONE = 'payment-applied';

type Asked = { workflow: string | undefined; milestone: string | undefined };
type Rule = Pick<SlaRule, 'workflow' | 'milestone' | 'title' | 'description' | 'ruleKind'>;

/** "order-to-cash/payment-applied"; without a workflow all that have a milestone of the name. */
export function ruleId({ workflow, milestone }: Asked): string {
  return `${workflow ?? ''}/${milestone ?? USUAL_MILESTONE}`;
}

export function ruleOf(id: string): Asked {
  const at = id.indexOf('/');
  return { workflow: id.slice(0, at) || undefined, milestone: id.slice(at + 1) };
}

/** The rules that are ours to keep, by workflow; before them those names that several workflows share. */
export function ruleChoices(rules: readonly Rule[]): { group: string; items: { value: string; label: string }[] }[] {
  const own = rules.filter(({ ruleKind }) => ruleKind === 'service');
  const shared = [...groupBy(own, ({ milestone }) => milestone)].filter(
    ([milestone, same]) => same.length > 1 || milestone === USUAL_MILESTONE,
  );
  const byWorkflow = [...groupBy(own, ({ workflow }) => workflow)].map(([workflow, of]) => ({
    group: titleWords(workflow),
    items: of.map((rule) => ({ value: ruleId(rule), label: rule.title })),
  }));
  if (shared.length === 0) return byWorkflow;
  const everywhere = shared.map(([milestone, same]) => ({
    value: ruleId({ workflow: undefined, milestone }),
    label: `${same[0]?.title ?? milestone}, ${same.length === 1 ? 'wherever it is' : `in ${same.length} workflows`}`,
  }));
  return [{ group: 'Every workflow', items: everywhere }, ...byWorkflow];
}

/** On what the report is: "Payment applied (order to cash): 4 h of business time after Payment received" */
export function ruleWords(rules: readonly Rule[], asked: Asked): string {
  const { milestone = USUAL_MILESTONE, workflow } = asked;
  const found = rules.filter(
    (rule) =>
      rule.ruleKind === 'service' &&
      rule.milestone === milestone &&
      (workflow === undefined || rule.workflow === workflow),
  );
  const [first] = found;
  if (first === undefined) return `No rule is declared for “${titleWords(milestone).toLowerCase()}”.`;
  const of = found.map((rule) => titleWords(rule.workflow).toLowerCase());
  if (found.length > 1) return `${first.title}, of ${found.length} workflows together: ${of.join(', ')}.`;
  return `${first.title} (${of[0] ?? ''}): ${first.description.replace(/\.$/, '')}.`;
}
