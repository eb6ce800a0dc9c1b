import { moneyPhrases, type MoneyTotal } from '../../shared/format/money-words.js';
import { count } from '../../shared/format/words.js';
import type { ExceptionView } from '../../shared/url.js';

const NOUN: Record<ExceptionView, [string, string]> = {
  unresolved: ['unresolved exception', 'unresolved exceptions'],
  open: ['exception to do', 'exceptions to do'],
  requeued: ['exception sent again', 'exceptions sent again'],
  resolved: ['resolved exception', 'resolved exceptions'],
  all: ['exception', 'exceptions'],
};

/** The sentence of the inbox: how much money hangs on how many. */
export function inboxAnswer(
  view: ExceptionView,
  total: number,
  isEstimate: boolean,
  totals: readonly MoneyTotal[],
  isNarrowed = false,
): string {
  const [one, many] = NOUN[view];
  const number = `${isEstimate ? 'about ' : ''}${count(total, one, many)}`;
  if (total === 0 && isNarrowed) return `No ${many} match these filters.`;
  if (total === 0) return view === 'unresolved' ? 'Nothing is stuck: no unresolved exceptions.' : `No ${many}.`;
  const money = moneyPhrases(totals);
  const sentence =
    money.length === 0
      ? `${number}; no money hangs on ${total === 1 ? 'it' : 'them'}`
      : view === 'resolved'
        ? `${number}, which held ${money.join(' and ')}`
        : `${money.join(' and ')} ${hangs(totals)} on ${number}`;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function hangs(totals: readonly MoneyTotal[]): string {
  return totals.length === 1 ? 'hangs' : 'hang';
}
