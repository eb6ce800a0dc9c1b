import { joinWords } from '../../shared/format/money.js';
import { count } from '../../shared/format/words.js';
import { totalWords, type PlanSum } from '../../shared/sending/sum-words.js';

export type PlanItem = {
  exceptionId: string;
  integration: string | null;
  objectKey: string;
  willSend: boolean;
  code: string | null;
  reason: string | null;
  after: readonly string[];
};

/** "12 of 14 will be sent again, with EUR 1.84 m in and USD 310 k in; 2 are left out."; each document counts once. */
export function planSummary(items: readonly PlanItem[], sums: readonly PlanSum[]): string {
  const sent = items.filter((item) => item.willSend);
  if (sent.length === 0)
    return items.length === 1 ? 'It cannot be sent again now.' : 'None of them can be sent again now.';
  const money = totalWords(sums);
  const withMoney = money === '' ? '' : `, with ${money}`;
  const left = items.length - sent.length;
  const head = items.length === 1 ? 'It will be sent again' : `${sent.length} of ${items.length} will be sent again`;
  return `${head}${withMoney}${left === 0 ? '' : `; ${count(left, 'is', 'are')} left out`}.`;
}

/** What a person may ask for in spite of the plan. */
export type InSpiteOf = { despitePredecessors: boolean; despiteLookAlikes: boolean; carryForward: boolean };

export const AS_PLANNED: InSpiteOf = { despitePredecessors: false, despiteLookAlikes: false, carryForward: false };

export type Wish = { name: keyof InSpiteOf; code: string; label: string; description: string };

/** What can be asked for in spite of the plan, by the reason for which something is left out. */
export const WISHES: readonly Wish[] = [
  {
    name: 'despitePredecessors',
    code: 'BLOCKED_BY_PREDECESSOR',
    label: 'Send although what comes before is stuck',
    description: 'The target may refuse it, or take it without what it belongs to',
  },
  {
    name: 'despiteLookAlikes',
    code: 'LOOK_ALIKE_POSTED',
    label: 'Send although one that looks the same was posted since',
    description: 'It may be posted twice',
  },
  {
    name: 'carryForward',
    code: 'CARRY_FORWARD_NEEDED',
    label: 'Carry forward what missed its cut-off or execution date',
    description: 'It is executed later than it was meant to be',
  },
];

/** Those that would change the plan, or did. */
export function wishesFor(items: readonly PlanItem[], wished: InSpiteOf): Wish[] {
  return WISHES.filter(({ name, code }) => wished[name] || items.some((item) => item.code === code));
}

export type PlanApproval = { approvals: number; roles: readonly string[]; rules: readonly { title: string }[] };

/** "It waits for one more person: EUR 100,000 or more." */
export function approvalSentence({ approvals, roles, rules }: PlanApproval): string {
  const people = approvals === 1 ? 'one more person' : `${approvals} more people`;
  const withRoles = roles.length === 0 ? '' : `, ${joinWords(roles)} among those who decide`;
  return `It waits for ${people}${withRoles}: ${rules.map(({ title }) => title).join('; ')}.`;
}

export type PlanWaiting = { title: string; isHub: boolean; count: number };

/** "Should bring about: payment applied (2), cash forecast (1)"; empty when nothing waits for it. */
export function waitingSentence(waiting: readonly PlanWaiting[]): string {
  if (waiting.length === 0) return '';
  return `Waits for it downstream: ${waiting.map(({ title, count: n }) => `${title} (${n})`).join(', ')}.`;
}

/** "to contract-to-order, behind O-100234"; "behind 3 others". */
export function wayOf(item: PlanItem, items: readonly PlanItem[]): string {
  if (!item.willSend) return `left out: ${item.reason ?? ''}`;
  const way = `to ${item.integration ?? ''}`;
  if (item.after.length === 0) return way;
  const [first] = item.after;
  const known = items.find((other) => other.exceptionId === first);
  if (item.after.length > 1) return `${way}, behind ${item.after.length} others`;
  return `${way}, behind ${known?.objectKey ?? 'one that is on its way'}`;
}

/** What was asked for, `isAsked` = waits for somebody else's approval, and what of it fell out since the plan was shown. */
export type WhatWasSent = { count: number; isAsked: boolean; fallen: readonly PlanItem[] };

const MOST_NAMED = 3;

/** "2 queued to be sent again. 1 fell out since the plan: O-3 (Somebody else has just sent it again.)" */
export function whatWasSent({ count: sent, isAsked, fallen }: WhatWasSent): string {
  const asked = sent === 1 ? 'Waits for approval to be sent again' : `${sent} wait for approval to be sent again`;
  const queued = sent === 1 ? 'Queued to be sent again' : `${sent} queued to be sent again`;
  const head = isAsked ? asked : queued;
  if (fallen.length === 0) return head;
  const named = fallen.slice(0, MOST_NAMED).map(({ objectKey, reason }) => `${objectKey} (${reason ?? 'left out'})`);
  const more = fallen.length > MOST_NAMED ? ` and ${fallen.length - MOST_NAMED} more` : '';
  return `${head}. ${fallen.length} fell out since the plan: ${named.join(', ')}${more}; its run lists them.`;
}
