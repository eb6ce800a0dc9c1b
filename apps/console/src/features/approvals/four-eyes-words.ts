import { formatMoney, joinWords } from '../../shared/format/money.js';
import { count, plainWords } from '../../shared/format/words.js';
import type { ApprovalLimit, FourEyesRule, FourEyesRules } from './four-eyes-documents.js';

const ACTIONS: Readonly<Record<string, string>> = { remap: 'map again', rebuild: 'switch to a rebuild' };

const MODES: Readonly<Record<string, string>> = {
  'as-is': 'as it failed',
  corrected: 'corrected',
  'extract-anew': 'extracted anew',
};

/** "From EUR 100,000.00 of invoice in DE01"; "Always". */
export function ruleConditions(rule: FourEyesRule): string {
  const { amountFrom, countFrom, activitiesFrom, objectTypes, legalEntities, integrations, actions, modes } = rule;
  const from = [
    ...(amountFrom ? [formatMoney(amountFrom)] : []),
    ...(countFrom === null ? [] : [count(countFrom, 'document')]),
    ...(activitiesFrom === null ? [] : [count(activitiesFrom, 'activity', 'activities')]),
  ];
  const words = [
    from.length === 0 ? 'Any' : `From ${joinWords(from)}`,
    ...(objectTypes ? [`of ${joinWords(objectTypes.map(plainWords))}`] : []),
    ...(legalEntities ? [`in ${joinWords(legalEntities)}`] : []),
    ...(integrations ? [`through ${joinWords(integrations)}`] : []),
    ...(modes ? [`sent ${modes.map((mode) => MODES[mode] ?? mode).join(' or ')}`] : []),
    ...(rule.closedPeriods ? ['in closed periods'] : []),
    ...(actions ? [`when asked to ${joinWords(actions.map((action) => ACTIONS[action] ?? action))}`] : []),
  ];
  return words.join(' ');
}

/** "3 people, one of them controller, nobody who worked on it". */
export function rulePeople({ people, role, excludesTouchers }: FourEyesRule): string {
  return [
    `${people} people`,
    ...(role === null ? [] : [`one of them ${role}`]),
    ...(excludesTouchers ? ['nobody who worked on it'] : []),
  ].join(', ');
}

export function limitWords({ perDay }: ApprovalLimit): string {
  return perDay === null ? 'without limit' : formatMoney(perDay);
}

/** The answer of the page. */
export function fourEyesAnswer({ rules, versions }: FourEyesRules): string {
  const drafts = versions.filter(({ state }) => state === 'draft').length;
  const asks = `${count(rules.length, 'rule')} ${rules.length === 1 ? 'asks' : 'ask'} for a second person before something is sent again`;
  return drafts === 0
    ? `${asks}.`
    : `${asks}; ${count(drafts, 'change')} ${drafts === 1 ? 'waits' : 'wait'} for approval.`;
}
