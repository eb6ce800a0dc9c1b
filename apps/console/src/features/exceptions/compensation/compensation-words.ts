import type { CompensationAction } from '../../../gql/graphql.js';
import { compactMoney, isZero, joinWords, sumMoney } from '../../../shared/format/money.js';
import { capital, count, plainWords } from '../../../shared/format/words.js';
import { actionNoun, doneWords, isUndoing } from '../../../shared/status/action-words.js';
import type { CompensationPlan, CompensationPlanItem } from './compensation-documents.js';

type Named = { type: string; key: string };

export function documentWords({ type, key }: Named): string {
  return `${plainWords(type)} ${key}`;
}

/** "Invoice 9001 is reversed by billing-to-erp, posted on 2026-09-28." */
export function planSentence({ action, items }: CompensationPlan): string {
  const [item] = items;
  if (item === undefined) return '';
  if (!item.willSend) return item.reason ?? 'It cannot be undone now.';
  const name = item.document === null ? 'It' : documentWords(item.document);
  if (!isUndoing(action)) return `${capital(item.integration ?? '')} is told of ${name}.`;
  return `${capital(name)} is ${doneWords(action)} by ${item.integration ?? ''}${postingWords(item)}.`;
}

function postingWords({ postingDate, closedPeriod }: CompensationPlanItem): string {
  if (postingDate === null) return ', on the date that its system chooses';
  const why = closedPeriod === null ? '' : ` because ${closedPeriod} is closed`;
  return `, posted on ${postingDate}${why}`;
}

/** "Money effect: EUR −1,234.50 in"; none where somebody is told. */
export function effectWords({ effect }: Pick<CompensationPlan, 'effect'>): string {
  const words = (way: 'inflow' | 'outflow', said: string) =>
    sumMoney(effect.map((sum) => sum[way]))
      .filter(({ amount }) => !isZero(amount))
      .map((money) => `${compactMoney(money)} ${said}`);
  const all = [...words('inflow', 'in'), ...words('outflow', 'out')];
  return all.length === 0 ? 'No money moves.' : `Money effect: ${joinWords(all)}.`;
}

/** What goes with it by itself, and how it hangs on it. */
export function followingWords({ following }: Pick<CompensationPlanItem, 'following'>): string {
  const after = following.filter(({ mustGoFirst }) => !mustGoFirst);
  if (after.length === 0) return '';
  const names = after.slice(0, 3).map(documentWords);
  const more = after.length > 3 ? [`${count(after.length - 3, 'other document')}`] : [];
  return `Depends on it: ${joinWords([...names, ...more])}.`;
}

/** What proves it, before it is asked for. */
export function proofWords(action: CompensationAction): string {
  return isUndoing(action)
    ? 'It is done when the document is seen undone in the lineage, not when the integration took it. Until then nothing else of it is sent.'
    : 'It is done when the integration took it. The exception stays open: telling somebody puts nothing right.';
}

/** What is said when it was asked for. */
export function askedWords(action: CompensationAction, isAsked: boolean): string {
  return isAsked ? `${actionNoun(action)} waits for approval` : `${actionNoun(action)} asked for`;
}
