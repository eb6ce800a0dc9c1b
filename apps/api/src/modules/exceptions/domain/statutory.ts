/** What the law or a lender puts a date on; it goes before any amount. */
export const STATUTORY_KINDS = ['payroll', 'tax', 'debt-service', 'statutory-filing'] as const;

export type StatutoryKind = (typeof STATUTORY_KINDS)[number];

type Rule = {
  kind: StatutoryKind;
  title: string;
  /** ISO 20022 (category) purpose codes that payments carry. */
  purposes: readonly string[];
  /** Words of which integrations and steps are named. */
  words: readonly string[];
};

const RULES: readonly Rule[] = [
  {
    kind: 'payroll',
    title: 'payroll',
    purposes: ['SALA', 'PAYR', 'PENS', 'SSBE', 'BONU'],
    words: ['payroll', 'salary', 'salaries', 'wages'],
  },
  { kind: 'tax', title: 'tax', purposes: ['TAXS', 'VATX', 'WHLD', 'NITX', 'ESTX'], words: ['tax', 'vat'] },
  {
    kind: 'debt-service',
    title: 'debt service',
    purposes: ['INTE', 'LOAR', 'DBTC'],
    words: ['debt', 'loan', 'covenant', 'coupon'],
  },
  { kind: 'statutory-filing', title: 'a statutory filing', purposes: [], words: ['filing', 'statutory', 'intrastat'] },
];

/** Objects that carry a date of the law themselves, whoever moves them; others only share a word with it. */
const DATED_TYPES: ReadonlySet<string> = new Set([
  'payment',
  'payment-batch',
  'report',
  'file',
  'run',
  'journal-entry',
]);

/** Purposes and names that a subject is known by. */
export type StatutoryFacts = { objectType: string; purposes: readonly string[]; integration: string; hop: string };

/** Which of them an exception holds up, the first that fits; null = none. */
export function statutoryKindOf({ objectType, purposes, integration, hop }: StatutoryFacts): StatutoryKind | null {
  if (!DATED_TYPES.has(objectType)) return null;
  const codes = new Set(purposes.map((purpose) => purpose.trim().toUpperCase()));
  const words = new Set(`${integration}/${hop}`.toLowerCase().split(/[^a-z]+/));
  const rule =
    RULES.find((one) => one.purposes.some((code) => codes.has(code))) ??
    RULES.find((one) => one.words.some((word) => words.has(word)));
  return rule?.kind ?? null;
}

export function titleOfStatutory(kind: StatutoryKind): string {
  return RULES.find((rule) => rule.kind === kind)?.title ?? kind;
}
