import jsonata from 'jsonata';
import { isNode, nodesIn, variablesIn } from './expression-tree.js';
import { hiddenName } from './hidden-names.js';
import { PACK_FUNCTIONS } from './pack-functions.js';
import { TEXT_FUNCTIONS } from './text-functions.js';

type Bindings = Readonly<Record<string, unknown>>;

/** One expression, compiled; evaluates to plain JSON or undefined. Throws ExpressionFault. */
export type PackExpression = { evaluate(record: unknown, bindings: Bindings): Promise<unknown> };

/** What expressions share, by name: a function, or a value that is found once a record. */
export type Definitions = ReadonlyMap<string, Definition>;

/** One of them, compiled. */
export type Definition = {
  text: string;
  isFunction: boolean;
  /** Names of the definitions that it uses, itself or through others. */
  uses: ReadonlySet<string>;
  /** The value for a record; records are told apart by their bindings. */
  valueOf(record: unknown, bindings: Bindings): Promise<unknown>;
};

/** An expression that cannot be compiled, or that failed on a record. */
export class ExpressionFault extends Error {
  override readonly name = 'ExpressionFault';
}

// Set for every evaluation: an expression that recurses without end would else hang the worker. It is the clock's time, not
// the processor's, and a mapping must not come out otherwise on a busy machine: so it is far above what any pack needs.
const LIMITS = { timeout: 5_000, stack: 300, sequence: 100_000 };

/** Functions of the language that could run code made from a record's text, or that answer otherwise the next time. */
const FORBIDDEN_FUNCTIONS = new Set(['eval', 'now', 'millis', 'random', 'shuffle']);

/** What makes an expression depend on the record. */
const DEPENDING = ['name', 'variable', 'wildcard', 'descendant', 'parent', 'function', 'lambda'];

/**
 * Compiles an expression. Regular expressions are refused: one that backtracks for ever cannot be stopped by the limits;
 * `$contains`, `$startsWith`, `$split` with text and `$matches(text, "glob*")` take their place. Throws ExpressionFault.
 */
export function compileExpression(text: string, definitions: Definitions = new Map()): PackExpression {
  const evaluate = compileRaw(text, definitions);
  return {
    async evaluate(record, bindings) {
      const value = await evaluate(record, bindings);
      // JSONata's sequences are arrays with more on them; what leaves here is plain. The record itself was plain before.
      return isScalar(value) || value === record ? value : (JSON.parse(JSON.stringify(value) ?? 'null') as unknown);
    },
  };
}

/** Compiles a definition of a pack; it may use those before it, a function also itself. Throws ExpressionFault. */
export function compileDefinition(name: string, text: string, earlier: Definitions): Definition {
  const tree = parsed(text, 0).ast();
  const isFunction = isLambda(tree);
  const uses = usedBy(tree, earlier);
  const itself: Definition = { text, isFunction, uses, valueOf: () => Promise.resolve(undefined) };
  const evaluate = compileRaw(
    isFunction ? `$${name}` : text,
    isFunction ? new Map([...earlier, [name, itself]]) : earlier,
  );
  const isConstant = ![...nodesIn(tree)].some((node) => DEPENDING.some((type) => isNode(node, type)));
  const known = new WeakMap<object, Promise<unknown>>();
  const forAll = {};
  return {
    ...itself,
    valueOf(record, bindings) {
      const key = isConstant ? forAll : bindings;
      const found = known.get(key) ?? evaluate(record, bindings);
      known.set(key, found);
      return found;
    },
  };
}

function compileRaw(text: string, definitions: Definitions): (record: unknown, bindings: Bindings) => Promise<unknown> {
  const needed = usedBy(parsed(text, 0).ast(), definitions);
  const used = [...definitions].filter(([name]) => needed.has(name));
  const functions = used.filter(([, definition]) => definition.isFunction);
  const values = used.filter(([, definition]) => !definition.isFunction);
  const prelude = functions.map(([name, definition]) => `$${name} := (${definition.text}\n);`).join('\n');
  const shift = prelude === '' ? 0 : prelude.length + 2;
  const expression = parsed(prelude === '' ? text : `(${prelude}\n${text}\n)`, shift);
  for (const [name, implementation] of Object.entries(PACK_FUNCTIONS)) {
    expression.registerFunction(name, (...given: unknown[]) => implementation(...given));
  }
  for (const [name, implementation] of Object.entries(TEXT_FUNCTIONS))
    expression.registerFunction(name, implementation);
  return async (record, bindings) => {
    const all: Record<string, unknown> = { ...bindings };
    for (const [name, definition] of values) all[name] = await definition.valueOf(record, bindings);
    try {
      return (await expression.evaluate(record, all)) as unknown;
    } catch (error) {
      throw new ExpressionFault(describe(error, shift));
    }
  };
}

/** Names of the definitions that a tree uses, itself or through others. */
function usedBy(tree: unknown, definitions: Definitions): Set<string> {
  const used = new Set<string>();
  for (const name of variablesIn(tree)) {
    const definition = definitions.get(name);
    if (definition === undefined) continue;
    used.add(name);
    for (const deeper of definition.uses) used.add(deeper);
  }
  return used;
}

function isLambda(tree: unknown): boolean {
  if (isNode(tree, 'block') && 'expressions' in tree && Array.isArray(tree.expressions)) {
    return tree.expressions.length === 1 && isLambda(tree.expressions[0]);
  }
  return isNode(tree, 'lambda');
}

function isScalar(value: unknown): boolean {
  return value === undefined || value === null || (typeof value !== 'object' && typeof value !== 'function');
}

function parsed(text: string, shift: number): jsonata.Expression {
  let expression: jsonata.Expression;
  try {
    expression = jsonata(text, LIMITS);
  } catch (error) {
    throw new ExpressionFault(describe(error, shift));
  }
  refuseUnsafe(expression.ast());
  const hidden = hiddenName(expression.ast());
  if (hidden !== undefined) throw new ExpressionFault(`$${hidden} hides what is used under that name; choose another`);
  return expression;
}

function refuseUnsafe(root: unknown): void {
  for (const node of nodesIn(root)) {
    if (node instanceof RegExp || isNode(node, 'regex')) {
      throw new ExpressionFault('regular expressions are not allowed; use $matches(text, "pattern*") or $contains');
    }
  }
  const forbidden = [...variablesIn(root)].find((name) => FORBIDDEN_FUNCTIONS.has(name));
  if (forbidden !== undefined) throw new ExpressionFault(`$${forbidden} is not allowed`);
}

function describe(error: unknown, shift: number): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return 'failed for an unknown reason';
  const position = 'position' in error && typeof error.position === 'number' ? error.position - shift : -1;
  return `${String(error.message).slice(0, 400)}${position >= 0 ? ` (at character ${position})` : ''}`;
}
