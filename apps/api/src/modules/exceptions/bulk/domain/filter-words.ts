/** How a part of the filter is called, where its name is not the word that people use. */
const NAMES: Readonly<Record<string, string>> = {
  taxonomies: 'problem',
  legalEntities: 'legal entity',
  ownerId: 'owner',
  groupId: 'group',
  objectId: 'document',
  text: 'text',
};

/**
 * A filter in words that stay true when it is forgotten what its ids meant: "state open or waiting; queue tax; unassigned". Parts
 * that are not known here are told by their own names. `names` gives the names of ids.
 */
export function filterWords(filter: Readonly<Record<string, unknown>>, names: ReadonlyMap<string, string>): string {
  // what is so or not so comes after what is asked for by name
  const entries = Object.entries(filter).toSorted(
    ([, one], [, other]) => Number(typeof one === 'boolean') - Number(typeof other === 'boolean'),
  );
  const parts = entries.flatMap(([key, value]) => partWords(key, value, names));
  return parts.length === 0 ? 'all exceptions' : parts.join('; ');
}

function partWords(key: string, value: unknown, names: ReadonlyMap<string, string>): string[] {
  if (value === null || value === undefined) return [];
  if (key === 'unassigned') return value === true ? ['unassigned'] : [];
  if (typeof value === 'boolean') return [value ? plain(key) : `not ${plain(key)}`];
  const name = NAMES[key] ?? singular(plain(key));
  return [`${name} ${valueWords(value, names)}`];
}

function valueWords(value: unknown, names: ReadonlyMap<string, string>): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map((one) => valueWords(one, names)).join(' or ');
  }
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .map(([key, one]) => `${plain(key)} ${valueWords(one, names)}`)
      .join(', ');
  }
  const text = String(value);
  return names.get(text) ?? (isShouted(text) ? plain(text) : text);
}

/** States and the like; currencies and entities are shorter, or hold digits. */
function isShouted(text: string): boolean {
  return text.length > 3 && /^[A-Z]+(_[A-Z]+)*$/.test(text);
}

/** postingPeriod → "posting period", PENDING_APPROVAL → "pending approval" */
function plain(name: string): string {
  return name
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

function singular(name: string): string {
  return name.endsWith('s') ? name.slice(0, -1) : name;
}

/** Ids that a filter names, of which the names are wanted. */
export function namedIds(filter: Readonly<Record<string, unknown>>, key: string): string[] {
  const value = filter[key];
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === 'string');
}
