import { CsvLayoutError, readCsvLayout, shippedCsvLayouts, type CsvLayout } from '@throughline/ingest';

/** A layout as it counts for a tenant. */
export type CountingCsvLayout = {
  name: string;
  version: number;
  isShipped: boolean;
  definition: string;
  /** Null when what is stored cannot be read any more: then it takes no file. */
  layout: CsvLayout | null;
};

/** Longest definition, in characters. */
const LONGEST_DEFINITION = 100_000;
// A key at the very beginning of a line is one of the definition's own.
const VERSION_LINE = /^version:[ \t]*\d+[ \t]*(?=#|\r?$)/m;

/** The shipped layouts, some in a tenant's own version, and the tenant's own ones, by name. */
export function countingCsvLayouts(
  latest: readonly { name: string; version: number; definition: string }[],
): CountingCsvLayout[] {
  const shipped = shippedCsvLayouts();
  const counting = new Map<string, CountingCsvLayout>();
  for (const [name, { layout, yaml }] of shipped)
    counting.set(name, { name, version: layout.version, isShipped: true, definition: yaml, layout });
  for (const { name, version, definition } of latest) {
    const read = checkCsvLayout(definition, { name, version });
    const layout = read.ok ? read.layout : null;
    counting.set(name, { name, version, isShipped: shipped.has(name), definition, layout });
  }
  return [...counting.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** A definition with its number, ready to be stored, or everything that is wrong with it. */
export function checkCsvLayout(
  text: string,
  expected: { name: string; version: number },
): { ok: true; definition: string; layout: CsvLayout } | { ok: false; problems: readonly string[] } {
  if (text.length > LONGEST_DEFINITION)
    return { ok: false, problems: [`definition: is longer than ${LONGEST_DEFINITION} characters`] };
  const definition = text.replace(VERSION_LINE, `version: ${expected.version}`);
  try {
    const layout = readCsvLayout(definition, expected.name);
    const problems = [
      ...(layout.name === expected.name
        ? []
        : [`name: is ${JSON.stringify(layout.name)}, must be ${JSON.stringify(expected.name)}`]),
      ...(layout.version === expected.version
        ? []
        : [`version: is ${layout.version}, must be ${expected.version} on a line of its own`]),
    ];
    return problems.length === 0 ? { ok: true, definition, layout } : { ok: false, problems };
  } catch (error) {
    if (error instanceof CsvLayoutError) return { ok: false, problems: error.problems };
    throw error;
  }
}
