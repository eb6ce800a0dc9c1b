const LONGEST_PATTERN = 160;

/** What differs from one failure to the next of the same kind, in the order in which it is looked for. */
const VARYING: readonly [RegExp, string][] = [
  [/\bhttps?:\/\/[^\s"'<>]+/giu, '{address}'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, '{address}'],
  [/"[^"]*"|“[^”]*”|`[^`]*`|(?<![\p{L}\p{N}])'[^']*'(?![\p{L}\p{N}])/gu, '{text}'],
  // what an answer's number means is the kind of failure itself
  [/\b(http|status|code)([ :=]+)([1-5]\d\d)\b(?![.,]?\d)/giu, '$1$2<$3>'],
];

/** A word with a digit in it: a number, an amount, a date, a document, a UUID, an account. */
const WORD_WITH_DIGIT = /[\p{L}\p{N}_](?:[\p{L}\p{N}_:./,\-+]*[\p{L}\p{N}_])?/gu;
const KEPT_NUMBER = /<([1-5]\d\d)>/g;

/**
 * A message without what is of one document alone: names that are known of its subject, numbers, amounts, dates, ids, addresses and
 * quoted text become placeholders, so that the same failure of another document has the same pattern.
 *
 *     Order O-100234 of Bremen Werft over EUR 1,234.50 was refused: status 422      (known: Bremen Werft)
 *     order {n} of {name} over eur {n} was refused: status 422
 *
 * In small letters, at most 160 characters.
 */
export function messagePattern(message: string, known: readonly string[] = []): string {
  let text = message.normalize('NFC').slice(0, 4 * LONGEST_PATTERN);
  for (const name of [...known].filter((one) => one.trim().length > 2).sort((a, b) => b.length - a.length)) {
    text = text.replaceAll(wholeWords(name.trim().normalize('NFC')), '{name}');
  }
  for (const [pattern, replacement] of VARYING) text = text.replace(pattern, replacement);
  const kept: string[] = [];
  text = text.replace(KEPT_NUMBER, (_, number: string) => `<${'x'.repeat(kept.push(number))}>`);
  text = text.replace(WORD_WITH_DIGIT, (word) => (/\p{N}/u.test(word) ? '{n}' : word));
  text = text.replace(/<(x+)>/g, (_, marks: string) => kept[marks.length - 1] ?? '');
  return text.toLowerCase().replace(/\s+/gu, ' ').trim().slice(0, LONGEST_PATTERN).trimEnd();
}

/** ING is no part of "missing". Scripts that write without gaps have no words to end. */
function wholeWords(name: string): RegExp {
  return new RegExp(`(?<!${LETTER})${escaped(name)}(?!${LETTER})`, 'giu');
}

const LETTER = String.raw`[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}]`;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&').replace(/\\-/gu, '-');
}
