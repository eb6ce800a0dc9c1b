/** How a target says in the body of a 2xx that it failed: what stands at a JSON pointer; empty value = anything that stands there. */
export type ErrorBody = { pointer: string; value: string };

/** Whether the body says so. What is no JSON, or says nothing at the place, is no failure: telemetry has to prove it anyway. */
export function saysFailure(body: string, { pointer, value }: ErrorBody): boolean {
  const [before, ...names] = pointer.split('/');
  if (before !== '' || names.length === 0) return false;
  const found = names
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((tree, name) => member(tree, name), parsed(body));
  if (found === undefined || found === null) return false;
  return value === '' || (typeof found !== 'object' && String(found) === value);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function member(tree: unknown, name: string): unknown {
  if (typeof tree !== 'object' || tree === null) return undefined;
  return Object.entries(tree).find(([key]) => key === name)?.[1];
}
