import { SPAN_ATTRIBUTES } from '@throughline/canonical';
import { textProblems } from './catalog-text.js';

/** Most names of one service. */
const MOST_NAMES = 200;

const FINANCE_ATTRIBUTE = /^finance(?:\.[a-z0-9_-]+)+$/;
const OUTSIDE_THE_NAMESPACE: ReadonlySet<string> = new Set(
  Object.values(SPAN_ATTRIBUTES).filter((name) => !name.startsWith('finance.')),
);

/** Every problem of the names that a service shall have. */
export function attributeNameProblems(
  serviceName: string,
  names: readonly { attribute: string; financeAttribute: string }[],
): string[] {
  if (names.length > MOST_NAMES) return [`names: has ${names.length} items, at most ${MOST_NAMES} are taken`];
  const seen = new Set<string>();
  return [
    ...textProblems('serviceName', serviceName, { min: 0, max: 200 }),
    ...names.flatMap(({ attribute, financeAttribute }, position) => {
      const place = `names.${position}`;
      const problems = textProblems(`${place}.attribute`, attribute, { max: 200 });
      if (!FINANCE_ATTRIBUTE.test(financeAttribute) && !OUTSIDE_THE_NAMESPACE.has(financeAttribute))
        problems.push(`${place}.financeAttribute: must be a finance attribute such as ${SPAN_ATTRIBUTES.legalEntity}`);
      if (attribute === financeAttribute) problems.push(`${place}: an attribute needs no name that it has already`);
      if (seen.has(attribute)) problems.push(`${place}.attribute: is named twice`);
      seen.add(attribute);
      return problems;
    }),
  ];
}
