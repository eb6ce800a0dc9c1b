import { readPack, shippedPackTexts, type MappingPack } from '@throughline/ingest';

/** A mapping that comes with the product. */
export type ShippedMapping = { pack: MappingPack; yaml: string };

let shipped: ReadonlyMap<string, ShippedMapping> | undefined;

/** The mappings that come with the product, by name; read once. */
export function shippedMappings(): ReadonlyMap<string, ShippedMapping> {
  shipped ??= new Map(
    shippedPackTexts().map(({ name, yaml }) => {
      const pack = readPack(yaml, name);
      return [pack.name, { pack, yaml }];
    }),
  );
  return shipped;
}
