import { compileExpression, ExpressionFault, type PackExpression } from './pack-expression.js';
import { PackError, type MappingPack } from './mapping-pack.js';

/** A rule ready to run. */
export type CompiledRule = { name: string; when: PackExpression } & (
  { activities: PackExpression } | { ignore: string }
);

/** A pack ready to run. */
export type CompiledPack = {
  pack: MappingPack;
  identity: PackExpression;
  type: PackExpression;
  occurredAt: PackExpression;
  rules: readonly CompiledRule[];
};

/** Compiles every expression of a pack. Throws PackError that names each one that is wrong. */
export function compilePack(pack: MappingPack): CompiledPack {
  const problems: string[] = [];
  const compile = (text: string, place: string): PackExpression => {
    try {
      return compileExpression(text);
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error;
      problems.push(`${place}: ${error.message}`);
      return { evaluate: () => Promise.resolve(undefined) };
    }
  };
  const compiled: CompiledPack = {
    pack,
    identity: compile(pack.identity, 'identity'),
    type: compile(pack.type, 'type'),
    occurredAt: compile(pack.occurredAt, 'occurredAt'),
    rules: pack.rules.map((rule) => ({
      name: rule.name,
      when: compile(rule.when, `rules.${rule.name}.when`),
      ...('ignore' in rule
        ? { ignore: rule.ignore }
        : { activities: compile(rule.activities, `rules.${rule.name}.activities`) }),
    })),
  };
  if (problems.length > 0) throw new PackError(`${pack.name} version ${pack.version}`, problems);
  return compiled;
}
