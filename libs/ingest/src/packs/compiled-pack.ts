import { matchesGlob } from './glob.js';
import {
  compileDefinition,
  compileExpression,
  ExpressionFault,
  type Definition,
  type PackExpression,
} from './pack-expression.js';
import { PackError, type MappingPack } from './mapping-pack.js';

/** A rule ready to run. */
export type CompiledRule = {
  name: string;
  /** True when the rule may take a signal of the type. */
  takesType(type: string): boolean;
  /** Undefined = always. */
  when: PackExpression | undefined;
} & ({ activities: PackExpression } | { ignore: string });

/** A pack ready to run. */
export type CompiledPack = {
  pack: MappingPack;
  /** Undefined = the record as it is. */
  record: PackExpression | undefined;
  identity: PackExpression;
  type: PackExpression;
  occurredAt: PackExpression;
  rules: readonly CompiledRule[];
};

/** Compiles every expression of a pack. Throws PackError that names each one that is wrong. */
export function compilePack(pack: MappingPack): CompiledPack {
  const problems: string[] = [];
  const definitions = new Map<string, Definition>();
  const attempt = <T>(place: string, fallback: T, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error;
      problems.push(`${place}: ${error.message}`);
      return fallback;
    }
  };
  for (const [name, text] of Object.entries(pack.definitions)) {
    attempt(`definitions.${name}`, undefined, () => {
      definitions.set(name, compileDefinition(name, text, definitions));
    });
  }
  // One that is wrong would be named again at every place that uses it.
  if (problems.length > 0) throw new PackError(`${pack.name} version ${pack.version}`, problems);
  const nothing: PackExpression = { evaluate: () => Promise.resolve(undefined) };
  const compile = (text: string, place: string): PackExpression =>
    attempt(place, nothing, () => compileExpression(text, definitions));
  const compiled: CompiledPack = {
    pack,
    // Without definitions: they are over what it finds.
    record: pack.record === '$' ? undefined : attempt('record', nothing, () => compileExpression(pack.record)),
    identity: compile(pack.identity, 'identity'),
    type: compile(pack.type, 'type'),
    occurredAt: compile(pack.occurredAt, 'occurredAt'),
    rules: pack.rules.map((rule) => ({
      name: rule.name,
      takesType: typeTest(rule.types),
      when: rule.when === 'true' ? undefined : compile(rule.when, `rules.${rule.name}.when`),
      ...('ignore' in rule
        ? { ignore: rule.ignore }
        : { activities: compile(rule.activities, `rules.${rule.name}.activities`) }),
    })),
  };
  if (problems.length > 0) throw new PackError(`${pack.name} version ${pack.version}`, problems);
  return compiled;
}

function typeTest(globs: readonly string[]): (type: string) => boolean {
  return globs.length === 0 ? () => true : (type) => globs.some((glob) => matchesGlob(type, glob));
}
