/** Every node of the syntax tree of an expression, the root first. */
export function* nodesIn(root: unknown): Generator<object> {
  const waiting: unknown[] = [root];
  const seen = new Set<object>();
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    yield node;
    waiting.push(...Object.values(node));
  }
}

/** Names of the variables and functions that an expression uses or binds. */
export function variablesIn(root: unknown): Set<string> {
  const names = new Set<string>();
  for (const node of nodesIn(root)) {
    const name = variableName(node);
    if (name !== undefined) names.add(name);
  }
  return names;
}

/** The name of a variable node, without its "$". */
export function variableName(node: unknown): string | undefined {
  if (!isNode(node, 'variable') || !('value' in node) || typeof node.value !== 'string') return undefined;
  return node.value;
}

/** True for a node of the type. */
export function isNode(node: unknown, type: string): node is object {
  return typeof node === 'object' && node !== null && 'type' in node && node.type === type;
}
