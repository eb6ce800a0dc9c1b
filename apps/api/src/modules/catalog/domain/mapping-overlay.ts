import { CODE_MAPPINGS, PackError, readPack, type CodeMappingFacts, type MappingPack } from '@throughline/ingest';

/** A version as the overlay needs it. */
export type LeadingVersion = { name: string; version: number; definition: string; state: string };

/** A mapping as it counts for a tenant. */
export type CountingMapping = {
  name: string;
  /** 0 = none is in force. */
  activeVersion: number;
  isShipped: boolean;
  definition: string;
  /** Null when what is stored cannot be read any more, and where the mapping is in code. */
  pack: MappingPack | null;
  /** Null = it is declared. */
  inCode: CodeMappingFacts | null;
};

/** The shipped mappings, some in a tenant's own version, the tenant's own ones, and those in code, by name. */
export function overlayMappings(
  shipped: ReadonlyMap<string, { pack: MappingPack; yaml: string }>,
  versions: readonly LeadingVersion[],
): CountingMapping[] {
  const counting = new Map<string, CountingMapping>(CODE_MAPPINGS.map((facts) => [facts.name, inCode(facts)]));
  for (const [name, { pack, yaml }] of shipped) {
    counting.set(name, { name, activeVersion: pack.version, isShipped: true, definition: yaml, pack, inCode: null });
  }
  for (const { name, version, definition, state } of versions) {
    const isShipped = shipped.has(name);
    // a draft beside a shipped version changes nothing yet
    if (state !== 'active' && isShipped) continue;
    const pack = readOrNull(definition, name);
    const activeVersion = state === 'active' ? version : 0;
    counting.set(name, { name, activeVersion, isShipped, definition, pack, inCode: null });
  }
  return [...counting.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

function inCode(facts: CodeMappingFacts): CountingMapping {
  const { name, version } = facts;
  return { name, activeVersion: version, isShipped: true, definition: '', pack: null, inCode: facts };
}

function readOrNull(definition: string, name: string): MappingPack | null {
  try {
    return readPack(definition, name);
  } catch (error) {
    if (error instanceof PackError) return null;
    throw error;
  }
}
