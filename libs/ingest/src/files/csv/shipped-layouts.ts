import { readdirSync, readFileSync } from 'node:fs';
import { readCsvLayout, type CsvLayout } from './csv-layout.js';

// Relative to the package, so that it is found from the sources and from the build alike.
const LAYOUT_FOLDER = new URL('../../../csv-layouts/', import.meta.url);

/** A layout that comes with the product. */
export type ShippedCsvLayout = { layout: CsvLayout; yaml: string };

let shipped: ReadonlyMap<string, ShippedCsvLayout> | undefined;

/** The shipped CSV layouts by name; read once. Throws CsvLayoutError. */
export function shippedCsvLayouts(): ReadonlyMap<string, ShippedCsvLayout> {
  shipped ??= new Map(
    readdirSync(LAYOUT_FOLDER)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => {
        const yaml = readFileSync(new URL(name, LAYOUT_FOLDER), 'utf8');
        const layout = readCsvLayout(yaml, name);
        return [layout.name, { layout, yaml }];
      }),
  );
  return shipped;
}
