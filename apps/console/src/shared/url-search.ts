// How the search part of addresses is read and written: what cannot be meant is left out, so that any address opens a page.

export type RawSearch = Record<string, unknown>;
export type SearchValue = string | number | readonly string[] | undefined;

export function text(raw: RawSearch, name: string): string | undefined {
  const value = raw[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function list(raw: RawSearch, name: string): string[] {
  const value = raw[name];
  if (Array.isArray(value)) return value.filter((item): item is string => typeof item === 'string' && item !== '');
  return (text(raw, name) ?? '').split(',').filter((item) => item !== '');
}

export function oneOf<T extends string>(value: string | undefined, allowed: readonly T[], otherwise: T): T {
  return allowed.find((item) => item === value) ?? otherwise;
}

export const AMOUNT = /^-?\d{1,20}(\.\d{1,6})?$/;

export function matching(raw: RawSearch, name: string, pattern: RegExp): string | undefined {
  const value = text(raw, name)?.trim();
  return value !== undefined && pattern.test(value) ? value : undefined;
}

export function day(raw: RawSearch, name: string): string | undefined {
  const value = matching(raw, name, /^\d{4}-\d{2}-\d{2}$/);
  const at = value === undefined ? Number.NaN : Date.parse(value);
  // the round trip refuses days that do not exist
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value ?? '') ? value : undefined;
}

/** Address text → raw search; the router's own JSON notation would make addresses nobody can read. */
export function parseSearchText(searchText: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(searchText));
}

/** Raw or validated search → address text; empty values are left out and lists are joined with commas. */
export function stringifySearch(search: Record<string, SearchValue>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    const written = Array.isArray(value) ? value.join(',') : String(value ?? '');
    if (written !== '') params.set(name, written);
  }
  const written = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return written === '' ? '' : `?${written}`;
}

/** Validated search without what is the default anyway, so that addresses stay short. */
export function href<T extends Record<string, SearchValue>>(
  path: string,
  search: T,
  defaults: Partial<T> = {},
): string {
  const told = Object.entries(search).filter(([name, value]) => value !== defaults[name]);
  return path + stringifySearch(Object.fromEntries(told));
}

export function instant(raw: RawSearch, name: string): string | undefined {
  const at = Date.parse(text(raw, name) ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
