/**
 * The list that the first pointer which is there leads to; a single element stands for a list of one (XML), but not where the
 * pointer ends in `[]`, and the step `*` for the only member of an object, whatever its name. Undefined when the payload itself
 * is the record.
 */
export function recordList(pointers: readonly string[], payload: unknown): unknown[] | undefined {
  for (const pointer of pointers) {
    const isList = pointer.endsWith('[]');
    const found = pointer
      .slice(1, isList ? -2 : undefined)
      .split('/')
      .reduce<unknown>(member, payload);
    if (Array.isArray(found)) return found;
    if (!isList && found !== undefined && found !== null) return [found];
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
