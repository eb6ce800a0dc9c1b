/**
 * Decimal text of an amount as people and programs write it: grouping by point, comma, blank or apostrophe, a minus before
 * or behind, in brackets. Undefined when it is none.
 */
export function amountTextOf(text: string, decimal: 'point' | 'comma'): string | undefined {
  const [, open, body = ''] = /^(\()?\s*(.*?)\s*\)?$/.exec(text.trim()) ?? [];
  const isNegative = open === '(' || /^[-\u2212]|[-\u2212]$/.test(body);
  const bare = body.replace(/^[-+\u2212]|[-+\u2212]$/g, '').replace(/[\s\u00a0\u202f']/g, '');
  const plain = decimal === 'comma' ? bare.replaceAll('.', '').replace(',', '.') : bare.replaceAll(',', '');
  if (!/^\d{1,30}(?:\.\d{1,12})?$/.test(plain)) return undefined;
  return `${isNegative ? '-' : ''}${plain}`;
}
