import { formatMoney, isZero, type Money } from '../../shared/format/money.js';
import { capital, plainWords } from '../../shared/format/words.js';

type SentenceFacts = {
  state: string;
  resolution: string | null;
  direction: string | null;
  counterparty: string | null;
  moneyAtRisk: Money | null;
  businessObject: { type: string; key: string };
  group: { title: string };
};

const RESOLVED_WORDS: Readonly<Record<string, string>> = {
  VERIFIED_REQUEUE: 'It was sent again and its outcome was verified.',
  PROVED_BY_PERSON: 'It was sent again, and a second person saw at the target that it was applied.',
  COMPENSATED: 'It was undone: reversed or cancelled.',
  SOURCE_FIXED: 'It was put right at its source.',
  POSTED_BY_HAND: 'It was corrected by hand.',
  VANISHED: 'It was overcome without anybody sending it again.',
};

function money(facts: SentenceFacts): string | undefined {
  if (!facts.moneyAtRisk || isZero(facts.moneyAtRisk.amount)) return undefined;
  const direction = facts.direction ? ` of ${facts.direction}` : '';
  return `${formatMoney(facts.moneyAtRisk)}${direction}`;
}

/** The id of a signal says nothing to anybody: what is wrong with it does, and the page leads to it. */
function nameOf({ type, key }: SentenceFacts['businessObject']): string {
  return type === 'signal' ? 'a signal' : `${plainWords(type)} ${key}`;
}

/** The one sentence of an exception: what hangs on what, and what is wrong with it. */
export function exceptionSentence(facts: SentenceFacts): string {
  const object = nameOf(facts.businessObject);
  const ofWhom = facts.counterparty ? ` of ${facts.counterparty}` : '';
  const problem = facts.group.title.replace(/\.$/, '');
  if (facts.state === 'RESOLVED') {
    const how = RESOLVED_WORDS[facts.resolution ?? ''] ?? 'It is resolved.';
    return facts.resolution === 'COMPENSATED'
      ? `${capital(object)}${ofWhom}: ${lower(problem)}. ${how}`
      : `${capital(object)}${ofWhom} goes on. ${how}`;
  }
  const sum = money(facts);
  if (facts.businessObject.type === 'signal') return `A signal cannot be read: ${lower(problem)}.`;
  const hang = sum ? `${sum} hangs on ${object}${ofWhom}` : `${capital(object)}${ofWhom} is stuck`;
  return `${hang}: ${lower(problem)}.`;
}

/** Lower case at the start, but for abbreviations and names ("IBAN …", "SAP …"). */
function lower(text: string): string {
  const [first = ''] = text.split(' ');
  return /^\p{Lu}\p{Ll}+$/u.test(first) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
