import { CsvLayoutError, readCsvLayout, type CsvLayout } from './csv-layout.js';
import { shippedCsvLayouts } from './shipped-layouts.js';

/** A version of a layout as a tenant declared it. */
export type DeclaredCsvLayout = { name: string; version: number; definition: string };

/** The CSV layouts of a tenant: the shipped ones and its own, in every version. */
export class CsvLayouts {
  /** By name, the latest version first. */
  private readonly byName = new Map<string, CsvLayout[]>();

  /** A version that cannot be read any more is as good as none. */
  constructor(declared: readonly DeclaredCsvLayout[]) {
    const own = declared.flatMap(({ name, version, definition }) => {
      const layout = readOrNothing(definition, `${name} version ${version}`);
      return layout === undefined ? [] : [{ ...layout, name, version }];
    });
    const isOwn = new Set(own.map(({ name, version }) => `${name} ${version}`));
    const shipped = [...shippedCsvLayouts().values()].map((one) => one.layout);
    for (const layout of [...shipped.filter(({ name, version }) => !isOwn.has(`${name} ${version}`)), ...own])
      this.byName.set(layout.name, [...(this.byName.get(layout.name) ?? []), layout]);
    for (const versions of this.byName.values()) versions.sort((left, right) => right.version - left.version);
  }

  get names(): string[] {
    return [...this.byName.keys()].sort();
  }

  /** The layout by which a file is taken: the latest version. */
  inForce(name: string): CsvLayout | undefined {
    return this.byName.get(name)?.[0];
  }

  /**
   * The layout by which a stored row is read: the version under which its file was taken, or the latest one of the same
   * columns, so that a meaning which was mended holds for what is stored once it is mapped again. Of a shipped layout the versions
   * before the present one are not kept: it reads their rows.
   */
  ofRow(name: string, version: number): CsvLayout | undefined {
    const versions = this.byName.get(name) ?? [];
    const taken = versions.find((layout) => layout.version === version) ?? shippedCsvLayouts().get(name)?.layout;
    return taken && versions.find((layout) => columnsOf(layout) === columnsOf(taken));
  }
}

function columnsOf({ columns }: CsvLayout): string {
  return JSON.stringify(columns.map(({ name, field, form, optional }) => [name, field, form, optional]));
}

function readOrNothing(definition: string, from: string): CsvLayout | undefined {
  try {
    return readCsvLayout(definition, from);
  } catch (error) {
    if (error instanceof CsvLayoutError) return undefined;
    throw error;
  }
}
