import { compareAmounts } from '../../shared/format/money.js';
import { moneyPhrases } from '../../shared/format/money-words.js';
import { count } from '../../shared/format/words.js';
import type { QueueRow } from './queues-documents.js';

type Counted = Pick<QueueRow, 'title' | 'openCount' | 'unassignedCount' | 'urgentCount' | 'moneyAtRisk'>;

/** The sentence of the queues: how much waits, how urgent it is, and which queue holds most of the money. */
export function queuesAnswer(queues: readonly Counted[]): string {
  const sum = (field: 'openCount' | 'unassignedCount' | 'urgentCount') =>
    queues.reduce((total, queue) => total + queue[field], 0);
  const open = sum('openCount');
  if (open === 0) return 'Nothing waits in any queue.';
  const urgent = sum('urgentCount');
  const busy = queues.filter(({ openCount }) => openCount > 0);
  const parts = [
    `${count(open, 'exception')} in ${count(busy.length, 'queue')}`,
    urgent === 0 ? 'none of them P1' : `${urgent} of them P1`,
    `${sum('unassignedCount')} in nobody’s hand`,
  ];
  const [most] = busy.toSorted((a, b) => compareAmounts(largest(b), largest(a)));
  const money = most === undefined ? [] : moneyPhrases([most.moneyAtRisk]);
  const tail = money.length === 0 || !most ? '' : ` ${most.title} holds the most: ${money.join(' and ')}.`;
  return `${parts.join(', ')}.${tail}`;
}

function largest({ moneyAtRisk: { inflow, outflow } }: Counted): string {
  return compareAmounts(inflow, outflow) < 0 ? outflow : inflow;
}
