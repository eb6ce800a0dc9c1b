const PRIMITIVES = new Set(['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string', 'array', 'map']);

/**
 * The value without the wrappers in which the JSON encoding of Avro puts the members of a union: `{"string": "Hot"}` →
 * "Hot", `{"com.sforce.eventbus.Address": {…}}` → `{…}`. Clients of one stream differ in whether they keep them.
 */
export function withoutAvroUnions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAvroUnions);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  const [only] = members;
  if (members.length === 1 && only !== undefined && isUnionBranch(only[0])) return withoutAvroUnions(only[1]);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutAvroUnions(member)]));
}

/** A primitive, or a record by its full name. */
function isUnionBranch(name: string): boolean {
  return PRIMITIVES.has(name) || /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,}$/.test(name);
}
