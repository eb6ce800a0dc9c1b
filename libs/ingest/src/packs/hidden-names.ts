import { isNode, nodesIn, variableName } from './expression-tree.js';

/** Variables that every expression is given. */
const GIVEN = new Set(['source', 'attributes', 'signal', 'envelope']);

/**
 * A name by which an expression hides a function that it calls later (`$text := …; $text(NAME)`) or a variable that it is
 * given: at run time it would fail on the first record. Undefined when there is none.
 */
export function hiddenName(root: unknown): string | undefined {
  for (const node of nodesIn(root)) {
    if (isNode(node, 'lambda') && 'arguments' in node && Array.isArray(node.arguments) && 'body' in node) {
      const hidden = hiddenIn(namesOf(node.arguments), [node.body]);
      if (hidden !== undefined) return hidden;
    }
    if (isNode(node, 'block') && 'expressions' in node && Array.isArray(node.expressions)) {
      for (const [position, expression] of (node.expressions as unknown[]).entries()) {
        if (!isNode(expression, 'bind') || !('lhs' in expression) || !('rhs' in expression)) continue;
        const names = namesOf([expression.lhs]);
        const later = isFunction(expression.rhs) ? [] : node.expressions.slice(position + 1);
        const hidden = hiddenIn(names, later);
        if (hidden !== undefined) return hidden;
      }
    }
  }
  return undefined;
}

function hiddenIn(names: readonly string[], where: readonly unknown[]): string | undefined {
  const given = names.find((name) => GIVEN.has(name));
  if (given !== undefined || names.length === 0) return given;
  for (const node of nodesIn(where)) {
    if (!isNode(node, 'function') || !('procedure' in node)) continue;
    const called = variableName(node.procedure);
    if (called !== undefined && names.includes(called)) return called;
  }
  return undefined;
}

/** A function is bound to be called. */
function isFunction(value: unknown): boolean {
  if (isNode(value, 'block') && 'expressions' in value && Array.isArray(value.expressions)) {
    return value.expressions.length === 1 && isFunction(value.expressions[0]);
  }
  return isNode(value, 'lambda');
}

function namesOf(nodes: readonly unknown[]): string[] {
  return nodes.map(variableName).filter((name) => name !== undefined);
}
