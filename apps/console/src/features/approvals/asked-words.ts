import type { AskedDecisionPartsFragment, AskedSumPartsFragment } from '../../gql/graphql.js';
import { isOver, progressSentence } from '../../shared/bulk/bulk-words.js';
import { moneyPhrases } from '../../shared/format/money-words.js';
import { joinWords } from '../../shared/format/money.js';
import { count } from '../../shared/format/words.js';

/** "120 exceptions with EUR 1.2 m of inflow of DE01, EUR 40 k of inflow of FR01", each entity by itself: money of two is never added. */
export function askedSentence(waiting: {
  count: number;
  unknown?: number;
  sums: readonly AskedSumPartsFragment[];
}): string {
  const money = sumsSentence(waiting.sums);
  const open = waiting.unknown ? `; of ${waiting.unknown} nobody knows how much money is at risk` : '';
  return `${count(waiting.count, 'exception')} with ${money === '' ? 'no money at risk' : money}${open}`;
}

/** "EUR 1.2 m of inflow of DE01 and USD 12 k of outflow of US01" */
export function sumsSentence(sums: readonly AskedSumPartsFragment[]): string {
  const byEntity = new Map<string, AskedSumPartsFragment[]>();
  for (const sum of sums) {
    const entity = sum.legalEntity ?? 'no known entity';
    byEntity.set(entity, [...(byEntity.get(entity) ?? []), sum]);
  }
  return joinWords(
    [...byEntity].flatMap(([entity, ofEntity]) => moneyPhrases(ofEntity).map((phrase) => `${phrase} of ${entity}`)),
  );
}

/** What a decision did, or that it is being carried out. */
export function decidedWords(decision: AskedDecisionPartsFragment): string {
  return isOver(decision.state) ? `Decided: ${progressSentence(decision)}` : 'Decided: it is carried out now';
}
