import { compactMoney, joinWords, sumMoney, type Money } from '../../shared/format/money.js';
import { count } from '../../shared/format/words.js';

export type PlanItem = {
  exceptionId: string;
  integration: string | null;
  objectKey: string;
  willSend: boolean;
  code: string | null;
  reason: string | null;
  after: readonly string[];
};

type PlannedRow = { id: string; moneyAtRisk: Money | null };

/** "12 of 14 will be sent again, with EUR 1.84 m and USD 310 k; 2 are left out." */
export function planSummary(items: readonly PlanItem[], rows: readonly PlannedRow[]): string {
  const sent = items.filter((item) => item.willSend);
  if (sent.length === 0)
    return items.length === 1 ? 'It cannot be sent again now.' : 'None of them can be sent again now.';
  const ids = new Set(sent.map((item) => item.exceptionId));
  const money = sumMoney(rows.filter((row) => ids.has(row.id)).map((row) => row.moneyAtRisk)).map(compactMoney);
  const withMoney = money.length === 0 ? '' : `, with ${joinWords(money)}`;
  const left = items.length - sent.length;
  const head = items.length === 1 ? 'It will be sent again' : `${sent.length} of ${items.length} will be sent again`;
  return `${head}${withMoney}${left === 0 ? '' : `; ${count(left, 'is', 'are')} left out`}.`;
}

/** Whether something is left out only because what comes before it is stuck. */
export function hasBlocked(items: readonly PlanItem[]): boolean {
  return items.some((item) => item.code === 'BLOCKED_BY_PREDECESSOR');
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
