import { readdirSync, readFileSync } from 'node:fs';
import { readCsvLayout, type CsvLayout } from './csv-layout.js';

// Relative to the package, so that it is found from the sources and from the build alike.
const LAYOUT_FOLDER = new URL('../../../csv-layouts/', import.meta.url);

let shipped: ReadonlyMap<string, CsvLayout> | undefined;

/** The shipped CSV layouts by name; read once. Throws CsvLayoutError. */
export function shippedCsvLayouts(): ReadonlyMap<string, CsvLayout> {
  shipped ??= new Map(
    readdirSync(LAYOUT_FOLDER)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => readCsvLayout(readFileSync(new URL(name, LAYOUT_FOLDER), 'utf8'), name))
      .map((layout) => [layout.name, layout]),
  );
  return shipped;
}
