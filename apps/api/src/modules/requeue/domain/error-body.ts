/** How a target says in the body of a 2xx that it failed: the value at a path of its JSON. */
export type ErrorBody = { path: string; value: string };

/** Whether the body says so. What is no JSON, or says nothing at the path, is no failure: telemetry has to prove it anyway. */
export function saysFailure(body: string, { path, value }: ErrorBody): boolean {
  const found = at(parsed(body), path.replace(/^\$\.?/, '').split('.'));
  return found !== null && typeof found !== 'object' && String(found) === value;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function at(tree: unknown, [name, ...rest]: readonly string[]): string | number | boolean | object | null {
  if (name === undefined || name === '') {
    return typeof tree === 'string' || typeof tree === 'number' || typeof tree === 'boolean' || isObject(tree)
      ? tree
      : null;
  }
  const found = isObject(tree) ? Object.entries(tree).find(([key]) => key === name) : undefined;
  return found === undefined ? null : at(found[1], rest);
}

function isObject(tree: unknown): tree is object {
  return typeof tree === 'object' && tree !== null;
}
