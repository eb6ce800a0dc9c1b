/**
 * The list that the first pointer which is there leads to; a single element stands for a list of one (XML), and the step
 * `*` for the only member of an object, whatever its name. Undefined when the payload itself is the record.
 */
export function recordList(pointers: readonly string[], payload: unknown): unknown[] | undefined {
  for (const pointer of pointers) {
    const found = pointer.slice(1).split('/').reduce<unknown>(member, payload);
    if (found !== undefined && found !== null) return Array.isArray(found) ? found : [found];
  }
  return Array.isArray(payload) ? payload : undefined;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (name === '*') {
    const members = Object.values(value).filter((one) => typeof one === 'object');
    return members.length === 1 ? members[0] : undefined;
  }
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
