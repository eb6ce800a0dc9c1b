/** What an event of the time line tells beside its kind. */
export type Details = Readonly<Record<string, unknown>>;

/** The first of these that says something. */
export function told(details: Details, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = details[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}
