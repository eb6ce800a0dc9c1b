/** "sales-order" → "sales order" */
export function plainWords(code: string): string {
  return code.replace(/[-_.]+/g, ' ').trim();
}

/** "sales-order" → "Sales order" */
export function titleWords(code: string): string {
  return capital(plainWords(code).toLowerCase());
}

/** "two orders wait" → "Two orders wait" */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "1 exception", "12 exceptions", "2 entries" */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${countNumber(n)} ${n === 1 ? noun : plural}`;
}

/** "12,480" */
export function countNumber(n: number): string {
  return new Intl.NumberFormat(typeof navigator === 'undefined' ? 'en' : navigator.language).format(n);
}

/** "12,480 exceptions"; where there are more than were counted, "over 12,480 exceptions" */
export function countAtLeast(n: number, isLowerBound: boolean, noun: string): string {
  return isLowerBound ? `over ${count(n, noun)}` : count(n, noun);
}

/** "4,400"; what was counted no further than `most` is "more than 10,000" */
export function countUpTo(n: number, most: number): string {
  return n > most ? `more than ${countNumber(most)}` : countNumber(n);
}

/** A long key is cut in the middle, since its start and its end tell it apart. */
export function cutMiddle(key: string, most = 24): string {
  if (key.length <= most) return key;
  const head = Math.ceil((most - 1) / 2);
  return `${key.slice(0, head)}…${key.slice(key.length - (most - 1 - head))}`;
}

/** "Anna Berg" → "AB" */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const first = words[0]?.charAt(0) ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : '';
  return (first + last).toUpperCase();
}

const PRODUCT_NAMES: Readonly<Record<string, string>> = {
  salesforce: 'Salesforce',
  'sap-s4hana': 'SAP S/4HANA',
  'sap-integration': 'SAP Integration',
  kyriba: 'Kyriba',
  bank: 'Bank',
  throughline: 'Throughline',
};

/** The name people use for a source system; an instance with a name of its own keeps it. */
export function systemName(system: string): string {
  return PRODUCT_NAMES[system] ?? system;
}

/** ["analyst"] → "Analyst"; several roles joined. */
export function joinRoles(roles: readonly string[]): string {
  return roles.map(titleWords).join(', ');
}
