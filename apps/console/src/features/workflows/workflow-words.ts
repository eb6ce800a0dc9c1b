import { joinWords } from '../../shared/format/money.js';
import { count, plainWords } from '../../shared/format/words.js';
import type { Workflow, WorkflowStep } from './workflows-documents.js';

/** "an invoice", "a sales order" */
function withArticle(type: string): string {
  const words = plainWords(type);
  return `${/^[aeio]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** "subscription", "contract.validated" → "a subscription or “contract validated”": any of them is enough. */
function anyOf(conditions: readonly string[]): string {
  const words = conditions.map((one) => (one.includes('.') ? `“${plainWords(one)}”` : withArticle(one)));
  return joinWords(words).replace(/ and (?=[^,]*$)/, ' or ');
}

/** "contract.approved" → "contract approved"; several are ways of the same. */
export function activityWords(types: readonly string[]): string {
  return joinWords(types.map(plainWords)).replace(/ and (?=[^,]*$)/, ' or ');
}

/** With what a transaction of it begins. */
export function startWords({ anchor, given, unless }: Pick<Workflow, 'anchor' | 'given' | 'unless'>): string {
  const once = given.length === 0 ? '' : `, once there is ${anyOf(given)}`;
  const not = unless.length === 0 ? '' : `, unless there is ${anyOf(unless)}`;
  return `Begins with ${withArticle(anchor)}${once}${not}.`;
}

/** What ends it or begins it anew; undefined where nothing does. */
export function endWords({
  cancelledBy,
  restartedBy,
}: Pick<Workflow, 'cancelledBy' | 'restartedBy'>): string | undefined {
  const words = [
    cancelledBy.length > 0 && `It is cancelled by “${activityWords(cancelledBy)}”.`,
    restartedBy.length > 0 && `It begins anew with “${activityWords(restartedBy)}”.`,
  ].filter((one) => one !== false);
  return words.length === 0 ? undefined : words.join(' ');
}

export type Presence = { word: 'required' | 'conditional' | 'optional'; what: string };

/** When a step is one of a transaction, and whether that waits for it. */
export function presenceOf({ isRequired, given, on, per }: WorkflowStep): Presence {
  const of = per ?? on;
  if (isRequired)
    return given.length === 0
      ? { word: 'required', what: 'Required' }
      : { word: 'conditional', what: `Required once there is ${anyOf(given)}` };
  return {
    word: 'optional',
    what: `Optional, once there is ${given.length === 0 ? withArticle(of) : anyOf(given)}`,
  };
}

/** How often it is reached in one transaction. */
export function timesWords({ per, cardinality }: WorkflowStep): string {
  const times = per === null ? 'once' : `once for each ${plainWords(per)}`;
  return cardinality === null ? times : `${times}, ${cardinality}`;
}

/** When it is due and whose time that is; undefined where nothing says so. */
export function dueRuleWords({
  dueRule,
  ruleKind,
  dueGiven,
}: WorkflowStep): { rule: string; kind: string } | undefined {
  if (dueRule === null) return undefined;
  const rule = dueRule.charAt(0).toUpperCase() + dueRule.slice(1);
  const binds = dueGiven.length === 0 ? '' : `, where there is ${anyOf(dueGiven)}`;
  return { rule, kind: `${ruleKind === 'service' ? 'ours to keep' : 'expected of others'}${binds}` };
}

/** "12 steps, 6 of them required, 9 with a due rule" */
export function stepsWords({ milestones }: Pick<Workflow, 'milestones'>): string {
  const required = milestones.filter(({ isRequired }) => isRequired).length;
  const due = milestones.filter(({ dueRule }) => dueRule !== null).length;
  return `${count(milestones.length, 'step')}, ${required} of them required, ${due} with a due rule`;
}

/** "14 workflows are declared, with 96 steps; 58 of these have a due rule." */
export function workflowsAnswer(workflows: readonly Pick<Workflow, 'milestones'>[]): string {
  if (workflows.length === 0) return 'No workflow is declared.';
  const steps = workflows.flatMap(({ milestones }) => milestones);
  const due = steps.filter(({ dueRule }) => dueRule !== null).length;
  const are = workflows.length === 1 ? 'is' : 'are';
  return `${count(workflows.length, 'workflow')} ${are} declared, with ${count(steps.length, 'step')}; ${due} of these have a due rule.`;
}
