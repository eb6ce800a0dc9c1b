/** Outcome of reading something from outside: the value, or every reason (what and where) why it is not one. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; reasons: string[] };

/** The thing could be read. */
export function accepted<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/** The thing could not be read, and why. */
export function refused(...reasons: string[]): { ok: false; reasons: string[] } {
  return { ok: false, reasons };
}

const LONGEST_QUOTE = 60;

/** How a value from outside is named in a reason: JSON, cut short, so that a reason never carries a whole payload. */
export function quoted(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, LONGEST_QUOTE + 1)) : describedShape(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

function describedShape(value: unknown): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
