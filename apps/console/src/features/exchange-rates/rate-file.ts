/** How a file of rates is read, with what it is called here. */
export const RATE_FORMATS = [
  { value: 'csv', label: 'Plain CSV: type, date, base, currency, rate' },
  { value: 'ecb-xml', label: 'XML of the European Central Bank' },
  { value: 'ecb-csv', label: 'CSV of the European Central Bank' },
] as const;

export type RateFormat = (typeof RATE_FORMATS)[number]['value'];

/** Larger files are refused. */
export const MOST_BYTES = 1_048_576;

/** What a file most likely is, by how it begins; whoever takes it in can say otherwise. */
export function guessFormat(text: string): RateFormat {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start.startsWith('<')) return 'ecb-xml';
  return /^date\s*[,;]\s*[A-Z]{3}\b/i.test(start) ? 'ecb-csv' : 'csv';
}
