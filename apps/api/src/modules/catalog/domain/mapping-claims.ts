import { CODE_MAPPINGS, type MappingPack } from '@throughline/ingest';
import type { CountingMapping } from './mapping-overlay.js';

/** What a mapping would take away from another one that is in force. */
export function claimProblems(pack: MappingPack, inForce: readonly CountingMapping[]): string[] {
  const others = inForce.filter(({ name, activeVersion }) => name !== pack.name && activeVersion > 0);
  return others.flatMap(({ name, pack: other }) => [
    ...pack.sourceKinds
      .filter((kind) => other?.sourceKinds.includes(kind))
      .map((kind) => `sourceKinds: ${kind} is mapped by ${name}`),
    ...pack.eventTypes
      .filter((prefix) => other?.eventTypes.includes(prefix))
      .map((prefix) => `eventTypes: ${prefix} is mapped by ${name}`),
  ]);
}

/** Why a tenant's own mapping cannot have this name. */
export function ownNameProblems(name: string): string[] {
  return CODE_MAPPINGS.some((inCode) => inCode.name === name)
    ? [`name: ${name} is a mapping of the program itself, which no definition takes the place of`]
    : [];
}
