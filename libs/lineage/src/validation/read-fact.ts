import { type FactReference, RULE_FIELDS } from './validation-rule.js';

const ATTRIBUTE = /^attributes\.([A-Za-z][A-Za-z0-9_-]{0,99})$/;
const LINK_NAME = /^[a-z][A-Za-z0-9]{0,39}$/;
/** Facts of many objects at once, which the object itself is not. */
const OF_MANY: ReadonlySet<string> = new Set(['total', 'count']);

/** True for what links are called: camel case, and no name of a fact. */
export function isLinkName(name: string): boolean {
  return LINK_NAME.test(name) && name !== 'attributes' && !(RULE_FIELDS as readonly string[]).includes(name);
}

/**
 * Reads "amount", "attributes.taxCode", "order.currency", "order.attributes.taxCode", "orders.total", or "order" alone for the
 * linked objects themselves. Answers what is wrong with it as a text.
 */
export function readFact(text: string, links: ReadonlySet<string>): FactReference | string {
  const own = fieldOf(text);
  if (own !== undefined) {
    return typeof own === 'string' && OF_MANY.has(own)
      ? `"${text}" is a fact of linked objects: write <link>.${text}`
      : { text, link: null, field: own };
  }
  const [link = '', ...rest] = text.split('.');
  if (!links.has(link)) {
    return `"${text}" is no fact: neither ${RULE_FIELDS.filter((field) => !OF_MANY.has(field)).join(', ')} or attributes.<name>, nor one of a declared link (${[...links].join(', ') || 'none is declared'})`;
  }
  if (rest.length === 0) return { text, link, field: null };
  const field = fieldOf(rest.join('.'));
  return field === undefined ? `"${rest.join('.')}" is no fact of ${link}` : { text, link, field };
}

function fieldOf(text: string): Exclude<FactReference['field'], null> | undefined {
  const attribute = ATTRIBUTE.exec(text)?.[1];
  return attribute === undefined ? RULE_FIELDS.find((field) => field === text) : { attribute };
}
