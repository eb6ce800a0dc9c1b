export type AttributePair = { attribute: string; financeAttribute: string };

/** "order.no = finance.object.key.value", one a line. */
export function pairsText(pairs: readonly AttributePair[]): string {
  return pairs.map(({ attribute, financeAttribute }) => `${attribute} = ${financeAttribute}`).join('\n');
}

/** The pairs of such a text, or the first line that is none; empty lines count for nothing. */
export function readPairs(text: string): { pairs: AttributePair[] } | { error: string } {
  const pairs: AttributePair[] = [];
  const seen = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [attribute = '', financeAttribute = '', ...more] = line.split('=').map((part) => part.trim());
    if (attribute === '' || financeAttribute === '' || more.length > 0) {
      return { error: `Line ${index + 1} is not “attribute = finance attribute”` };
    }
    if (seen.has(attribute)) return { error: `Line ${index + 1}: ${attribute} stands there twice` };
    seen.add(attribute);
    pairs.push({ attribute, financeAttribute });
  }
  return { pairs };
}
