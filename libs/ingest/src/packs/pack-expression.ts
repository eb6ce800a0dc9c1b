import jsonata from 'jsonata';
import { PACK_FUNCTIONS } from './pack-functions.js';

/** One expression, compiled; evaluates to plain JSON or undefined. Throws ExpressionFault. */
export type PackExpression = {
  evaluate(record: unknown, bindings: Readonly<Record<string, unknown>>): Promise<unknown>;
};

/** An expression that cannot be compiled, or that failed on a record. */
export class ExpressionFault extends Error {
  override readonly name = 'ExpressionFault';
}

// Set for every evaluation: an expression that recurses without end would else hang the worker.
const LIMITS = { timeout: 300, stack: 300, sequence: 100_000 };

/** Functions of the language that could run code made from a record's text. */
const FORBIDDEN_FUNCTIONS = new Set(['eval']);

/**
 * Compiles an expression. Regular expressions are refused: one that backtracks for ever cannot be stopped by the limits;
 * `$contains`, `$startsWith`, `$split` with text and `$matches(text, "glob*")` take their place. Throws ExpressionFault.
 */
export function compileExpression(text: string): PackExpression {
  let expression: jsonata.Expression;
  try {
    expression = jsonata(text, LIMITS);
  } catch (error) {
    throw new ExpressionFault(describe(error));
  }
  refuseUnsafe(expression.ast());
  for (const [name, implementation] of Object.entries(PACK_FUNCTIONS)) {
    expression.registerFunction(name, (...values: unknown[]) => implementation(...values));
  }
  return {
    async evaluate(record, bindings) {
      try {
        const value: unknown = await expression.evaluate(record, { ...bindings });
        // JSONata's sequences are arrays with more on them; what leaves here is plain.
        return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
      } catch (error) {
        throw new ExpressionFault(describe(error));
      }
    },
  };
}

function refuseUnsafe(root: unknown): void {
  const waiting: unknown[] = [root];
  const seen = new Set<object>();
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    if (node instanceof RegExp || ('type' in node && node.type === 'regex')) {
      throw new ExpressionFault('regular expressions are not allowed; use $matches(text, "pattern*") or $contains');
    }
    if ('type' in node && node.type === 'variable' && 'value' in node && FORBIDDEN_FUNCTIONS.has(String(node.value))) {
      throw new ExpressionFault(`$${String(node.value)} is not allowed`);
    }
    waiting.push(...Object.values(node));
  }
}

function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return 'failed for an unknown reason';
  const at = 'position' in error && typeof error.position === 'number' ? ` (at character ${error.position})` : '';
  return `${String(error.message).slice(0, 400)}${at}`;
}
