import { count, cutMiddle, titleWords } from '../../shared/format/words.js';

type Told = {
  type: string;
  key: string;
  counterparty: string | null;
  isPlaceholder: boolean;
  findings: readonly unknown[];
};

/** The one sentence of the page: what it is, and whether anything is wrong with it. */
export function objectAnswer(object: Told, unresolved: number | undefined): string {
  // The whole key stands above, to be read and copied.
  const name = `${titleWords(object.type)} ${cutMiddle(object.key, 40)}`;
  const of = object.counterparty && object.counterparty !== object.key ? ` of ${object.counterparty}` : '';
  const wrong = [
    ...(unresolved !== undefined && unresolved > 0 ? [count(unresolved, 'unresolved exception')] : []),
    ...(object.findings.length > 0 ? [count(object.findings.length, 'finding')] : []),
  ];
  if (wrong.length > 0) return `${name}${of} has ${wrong.join(' and ')}.`;
  if (object.isPlaceholder) return `${name}${of} is only referred to: no system has reported anything about it.`;
  return unresolved === undefined
    ? `${name}${of} has no findings.`
    : `${name}${of} has no unresolved exception and no findings.`;
}
