import type { MappingPack } from '@throughline/ingest';
import type { Operation } from '../../graphql/operation.js';
import { overlayMappings, type CountingMapping } from './domain/mapping-overlay.js';
import type { MappingType } from './graphql/mapping.types.js';
import { listLeadingVersions } from './mapping.repository.js';
import { shippedMappings } from './shipped-mappings.js';

const ALL = 'all';

/** The mappings as they count for the tenant, by name; read once an operation. */
export async function countingMappings(operation: Operation): Promise<CountingMapping[]> {
  const loader = operation.loader<string, CountingMapping[]>('mappings', async (tx, keys) => {
    const mappings = overlayMappings(shippedMappings(), await listLeadingVersions(tx));
    return keys.map(() => mappings);
  });
  return (await loader.load(ALL)) ?? [];
}

/** One mapping by name; null = there is none. */
export async function countingMapping(operation: Operation, name: string): Promise<CountingMapping | null> {
  return (await countingMappings(operation)).find((mapping) => mapping.name === name) ?? null;
}

/** The mapping in force for a kind of source system. */
export async function mappingOfKind(operation: Operation, kind: string): Promise<MappingType | null> {
  const found = (await countingMappings(operation)).find(
    ({ activeVersion, pack }) => activeVersion > 0 && pack?.sourceKinds.includes(kind) === true,
  );
  return found === undefined ? null : toMapping(found);
}

export function toMapping(mapping: CountingMapping): MappingType {
  const { name, activeVersion, isShipped, definition, pack, inCode } = mapping;
  return {
    name,
    title: pack?.title ?? inCode?.title ?? name,
    sourceKinds: [...(pack?.sourceKinds ?? [])],
    eventTypes: [...(pack?.eventTypes ?? [])],
    reads: inCode?.reads ?? readsOf(pack),
    isInCode: inCode !== null,
    activeVersion,
    isShipped,
    definition,
    rules: (pack?.rules ?? []).map((rule) => ({
      name: rule.name,
      types: [...rule.types],
      when: rule.when,
      ignore: 'ignore' in rule ? rule.ignore : null,
    })),
  };
}

function readsOf(pack: MappingPack | null): string {
  return [...(pack?.sourceKinds ?? []), ...(pack?.eventTypes ?? []).map((prefix) => `${prefix}…`)].join(', ');
}
