import { describeTaxonomy, maskText } from '@throughline/canonical';

type Discriminators = Readonly<Record<string, string>>;

/** Why a signal could not be mapped, by the code of the reason. */
const UNMAPPED: Readonly<Record<string, (mapping: string, place: string) => string>> = {
  'no-mapping': () => 'No mapping takes it',
  'no-rule': (mapping) => `No rule of mapping ${mapping} takes it`,
  unreadable: (mapping) => (mapping === '' ? 'Cannot be read' : `Cannot be read by mapping ${mapping}`),
  'invalid-output': (mapping, place) => `Mapping ${mapping} fails${place === '' ? '' : ` at ${place}`}`,
};

/** What is wrong, in finance's words, where the taxonomy's own title would leave the reader asking "which one?". */
const SENTENCES: Readonly<Record<string, (values: Discriminators) => string | null>> = {
  'mapping-and-master-data.missing-legal-entity-mapping': ({ sellingUnit }) =>
    sellingUnit === undefined ? null : `No company code for ${sellingUnit}`,
  'mapping-and-master-data.unknown-customer': ({ customer }) =>
    customer === undefined ? null : `Customer ${customer} is not known to the receiving system`,
  'business-control.blocked-account': ({ customer, account }) => {
    const who = customer ?? account;
    return who === undefined ? null : `Account of ${who} is blocked`;
  },
  'data-quality.unmapped-signal': ({ mapping, code, place }) =>
    UNMAPPED[code ?? '']?.(mapping ?? '', place ?? '') ?? null,
  'data-quality.contract-violation': ({ code, place }) =>
    code === undefined ? null : place === undefined ? 'Breaks its contract' : `Breaks its contract at ${place}`,
  'business-control.posting-period-closed': ({ period }) =>
    period === undefined ? null : `Posting period ${period} is closed`,
};

/** Object types as finance people say them, where that differs from the type's name. */
const NOUNS: Readonly<Record<string, string>> = { 'sales-order': 'order', 'supplier-invoice': 'supplier invoice' };

/** Longest title; keys and values of a broken source can be anything. */
const LONGEST = 300;

/** The problem without its subject: title of the group. Account numbers are masked for everybody: titles go into lists and chats. */
export function problemTitle(taxonomy: string, discriminators: Discriminators): string {
  return cut(maskText(wordsOf(taxonomy, discriminators)).value);
}

function wordsOf(taxonomy: string, discriminators: Discriminators): string {
  const sentence = SENTENCES[taxonomy]?.(discriminators) ?? null;
  if (sentence !== null) {
    return sentence;
  }
  const values = Object.keys(discriminators)
    .sort()
    .map((name) => discriminators[name] ?? '')
    .filter((value) => value !== '');
  const title = describeTaxonomy(taxonomy).title;
  return values.length === 0 ? title : `${title}: ${values.join(', ')}`;
}

/** The problem with its subject: "No company code for DE01-BREMEN — order O-100234". */
export function exceptionTitle(problem: string, subject: { type: string; key: string }): string {
  return cut(`${problem} — ${nounOf(subject.type)} ${subject.key}`);
}

/** "sales-order" → "order", "bank-entry" → "bank entry". */
export function nounOf(objectType: string): string {
  return NOUNS[objectType] ?? objectType.replaceAll('-', ' ');
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
