import type { MappingPack } from './mapping-pack.js';

/** What of a pack is used when a message is received: to cut it into records, tell them apart and name them. */
export const INTAKE_MEMBERS = ['records', 'identity', 'type'] as const;

export type IntakeMember = (typeof INTAKE_MEMBERS)[number];

/** The members by which two packs would take in the same message differently; layout apart. */
export function intakeDifferences(pack: MappingPack, other: MappingPack): IntakeMember[] {
  return INTAKE_MEMBERS.filter((member) => meaningOf(pack, member) !== meaningOf(other, member));
}

function meaningOf(pack: MappingPack, member: IntakeMember): string {
  const value = pack[member];
  return typeof value === 'string' ? withDefinitions(pack, value) : JSON.stringify(value);
}

/** The expression with the definitions that it uses, itself or through others. */
function withDefinitions(pack: MappingPack, expression: string): string {
  const used = new Map<string, string>();
  const waiting = [expression];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    for (const [, name = ''] of text.matchAll(/\$([A-Za-z][A-Za-z0-9]*)/g)) {
      const definition = Object.hasOwn(pack.definitions, name) ? pack.definitions[name] : undefined;
      if (definition === undefined || used.has(name)) continue;
      used.set(name, definition);
      waiting.push(definition);
    }
  }
  const parts = [...used].sort(([left], [right]) => (left < right ? -1 : 1)).flat();
  return [expression, ...parts].map((text) => text.replace(/\s+/g, ' ').trim()).join('\n');
}
