/** What may stand between groups of three digits, in every notation. */
const GROUPING = "\\s\\u00a0\\u202f'\u2019";
/** Groups of three digits; in front of the last one also of two, as lakh and crore are written. */
const grouped = (separators: string): RegExp =>
  new RegExp(`^\\d{1,3}(?:([${separators}])\\d{2,3}(?:\\1\\d{2,3})*(?<=\\1\\d{3}))?$`);
const WHOLE = { point: grouped(`,${GROUPING}`), comma: grouped(`.${GROUPING}`) };

/**
 * Decimal text of an amount as people and programs write it: grouping by point, comma, blank or apostrophe, a minus before
 * or behind, in brackets. Undefined when it is none; a separator that does not stand before three digits is a decimal one of
 * another notation ("1,50" is no amount with a decimal point, and never 150).
 */
export function amountTextOf(text: string, decimal: 'point' | 'comma'): string | undefined {
  const [, open, body = ''] = /^(\()?\s*(.*?)\s*\)?$/.exec(text.trim()) ?? [];
  const isNegative = open === '(' || /^[-\u2212]|[-\u2212]$/.test(body);
  const bare = body.replace(/^[-+\u2212]|[-+\u2212]$/g, '').trim();
  const [whole = '', fraction, more] = bare.split(decimal === 'comma' ? ',' : '.');
  if (more !== undefined || (!/^\d{1,30}$/.test(whole) && !WHOLE[decimal].test(whole))) return undefined;
  const plain = `${whole.replace(/\D/g, '')}${fraction === undefined ? '' : `.${fraction}`}`;
  if (!/^\d{1,30}(?:\.\d{1,12})?$/.test(plain)) return undefined;
  return `${isNegative ? '-' : ''}${plain}`;
}
