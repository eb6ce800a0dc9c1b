import { formatMoney } from '../../shared/format/money.js';
import { plainWords, titleWords } from '../../shared/format/words.js';
import type { Worded } from '../../shared/status/state-words.js';
import type { StatedObject, Statement } from './statement-documents.js';

/** Whether a statement is in force, was overtaken by a later word, or takes one back. */
export function statementState({ counts, isWithdrawal }: Pick<Statement, 'counts' | 'isWithdrawal'>): Worded {
  if (isWithdrawal) return { tone: 'unknown', word: 'Withdrawn' };
  return counts ? { tone: 'good', word: 'In force' } : { tone: 'waiting', word: 'No longer' };
}

/** "Belongs together with invoice 4711, EUR 200.00", seen from one of its objects. */
export function statementSentence(statement: Statement, seenFrom: string): string {
  const others = statement.objects.filter(({ id }) => id !== seenFrom).map(nameOf);
  const other = others[0] ?? 'another name of it';
  if (statement.act === 'IDENTITY') return `Is one with ${other}`;
  const amount = statement.amount ? `, ${formatMoney(statement.amount)}` : '';
  return `Belongs together with ${other}${amount}`;
}

export function nameOf({ type, key }: Pick<StatedObject, 'type' | 'key'>): string {
  return `${plainWords(type)} ${key}`;
}

export function titleOf({ type, key }: Pick<StatedObject, 'type' | 'key'>): string {
  return `${titleWords(type)} ${key}`;
}
