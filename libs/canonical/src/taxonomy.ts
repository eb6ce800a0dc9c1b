import { createHash } from 'node:crypto';

/** Whose queue a category goes to: finance queues, the integration team, or the team that holds the clock. */
export type ProblemQueue = 'finance' | 'integration' | 'clock-owner';

type Category = { title: string; queue: ProblemQueue; problems: Record<string, string> };

/** The two-level problem taxonomy: category → problem → title. Extensible; a code outside it is described from its own words. */
export const TAXONOMY = {
  'data-quality': {
    title: 'Data quality',
    queue: 'finance',
    problems: {
      'missing-field': 'Missing field',
      'invalid-value': 'Invalid value',
      'contract-violation': 'Contract violation',
      'unmapped-signal': 'Signal cannot be mapped',
      'conflicting-outcome': 'Outcome contradicts itself',
      duplicate: 'Duplicate',
      'price-mismatch': 'Price mismatch',
      'unbalanced-entry': 'Unbalanced entry',
      'amount-mismatch': 'Amount differs',
      'implausible-time': 'Time that cannot be right',
      'circular-links': 'Documents follow from one another in a circle',
      'too-many-names': 'More names than one object has',
      'differing-content': 'Came again with other content',
    },
  },
  'mapping-and-master-data': {
    title: 'Mapping and master data',
    queue: 'finance',
    problems: {
      'missing-legal-entity-mapping': 'Missing legal-entity mapping',
      'unknown-customer': 'Unknown customer',
      'unknown-supplier': 'Unknown supplier',
      'tax-code-mismatch': 'Tax code mismatch',
      'missing-tax-jurisdiction': 'Missing tax jurisdiction',
      'currency-mismatch': 'Currency mismatch',
      'missing-exchange-rate': 'Missing exchange rate',
      'account-determination': 'Account determination failed',
      'closed-cost-center': 'Closed cost center',
      'missing-cost-center-mapping': 'Missing cost-center mapping',
      'master-data-drift': 'Master-data drift',
      'ownership-conflict': 'Ownership conflict',
      'contradictory-keys': 'Keys contradict one another',
    },
  },
  'business-control': {
    title: 'Business control',
    queue: 'finance',
    problems: {
      'blocked-account': 'Blocked account',
      'approval-missing': 'Approval missing',
      'segregation-of-duties': 'Segregation of duties',
      'credit-exposure-over-limit': 'Credit exposure over limit',
      'posting-period-closed': 'Posting period closed',
      'control-ineffective': 'Control not effective',
      'retention-hold': 'Record on retention hold',
      'posted-to-billing-not-to-accounting': 'Posted to billing but not to accounting',
    },
  },
  'cash-and-payment': {
    title: 'Cash and payment',
    queue: 'finance',
    problems: {
      'rejected-by-bank': 'Rejected by the bank',
      returned: 'Returned',
      'held-by-screening-or-limit': 'Held by screening or limit',
      'invalid-bank-details': 'Invalid bank details',
      'execution-date-passed': 'Execution date passed',
      'duplicate-payment': 'Duplicate payment',
      'unidentified-receipt': 'Unidentified receipt',
      'short-payment': 'Short payment',
      'over-payment': 'Over payment',
      'statement-gap': 'Statement gap',
      'balance-mismatch': 'Balance mismatch',
    },
  },
  'timing-and-sequence': {
    title: 'Timing and sequence',
    queue: 'clock-owner',
    problems: {
      'overdue-milestone': 'Overdue milestone',
      'stale-data': 'Stale data',
      'out-of-sequence': 'Out of sequence',
      'sequence-gap': 'Events missing in a sequence',
      'blocked-by-predecessor': 'Blocked by predecessor',
      'missed-cut-off': 'Missed cut-off',
      'missing-file': 'File missing',
      'outcome-not-seen': 'Outcome not seen in time',
    },
  },
  reconciliation: {
    title: 'Reconciliation',
    queue: 'finance',
    problems: { 'count-break': 'Count break', 'amount-break': 'Amount break', 'key-break': 'Key break' },
  },
  platform: {
    title: 'Platform',
    queue: 'integration',
    problems: {
      connectivity: 'Connectivity',
      'time-out': 'Time-out',
      'rate-limit': 'Rate limit',
      authentication: 'Authentication',
      'vendor-outage': 'Vendor outage',
      'object-locked': 'Object locked',
      'partial-failure': 'Partial failure',
      unclassified: 'Unclassified failure',
    },
  },
} as const satisfies Record<string, Category>;

/** A category of the taxonomy. */
export type ProblemCategory = keyof typeof TAXONOMY;

/** Code of a failure that came without a code of its own. */
export const UNCLASSIFIED_PROBLEM = 'platform.unclassified';

/** Code of a milestone that is not reached by its due time. */
export const OVERDUE_MILESTONE_PROBLEM = 'timing-and-sequence.overdue-milestone';

/** A code in words: `isKnown` is false for an extension that the table does not list. */
export type TaxonomyEntry = {
  code: string;
  category: ProblemCategory;
  categoryTitle: string;
  title: string;
  queue: ProblemQueue;
  isKnown: boolean;
};

const CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_CODE = 120;

function isCategory(value: string): value is ProblemCategory {
  return Object.hasOwn(TAXONOMY, value);
}

/** True for `<category>.<problem>` with a category of the taxonomy; the problem itself may be an extension. */
export function isTaxonomyCode(code: string): boolean {
  return code.length <= LONGEST_CODE && CODE.test(code) && isCategory(code.slice(0, code.indexOf('.')));
}

function sentenceOf(slug: string): string {
  const words = slug.replace(/-/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Title, category and queue of a code; a code that is none is described as an unclassified failure. */
export function describeTaxonomy(code: string): TaxonomyEntry {
  const known = isTaxonomyCode(code);
  const usable = known ? code : UNCLASSIFIED_PROBLEM;
  const point = usable.indexOf('.');
  const name = usable.slice(0, point);
  const problem = usable.slice(point + 1);
  if (!isCategory(name)) throw new RangeError(`${name} is not a category`);
  const category: Category = TAXONOMY[name];
  const title = Object.hasOwn(category.problems, problem) ? category.problems[problem] : undefined;
  return {
    code,
    category: name,
    categoryTitle: category.title,
    title: title ?? sentenceOf(problem),
    queue: category.queue,
    isKnown: known && title !== undefined,
  };
}

/** Every code that the table lists. */
export function taxonomyCodes(): string[] {
  return Object.entries(TAXONOMY).flatMap(([category, { problems }]) =>
    Object.keys(problems).map((problem) => `${category}.${problem}`),
  );
}

const LONGEST_PART = 200;

/** One name or value of a signature: separators percent-encoded, a long one cut and completed by its hash. */
function signaturePart(text: string): string {
  const escaped = text.trim().replace(/[%|=]|[^\S ]/g, encodeURIComponent);
  if (escaped.length <= LONGEST_PART) return escaped;
  return `${escaped.slice(0, LONGEST_PART - 33)}~${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

/**
 * Signature of a problem, one half of what identifies an exception: code + sorted discriminators, e.g.
 * `mapping-and-master-data.missing-legal-entity-mapping|sellingUnit=DE01-BREMEN`. Never message, amount or time.
 */
export function problemSignature(code: string, discriminators: Readonly<Record<string, string>>): string {
  const parts = Object.entries(discriminators)
    .map(([name, value]) => `${signaturePart(name)}=${signaturePart(value)}`)
    .sort();
  return [code, ...parts].join('|');
}

/**
 * Fingerprint that puts exceptions of different subjects in one group: same hop, same signature, and where nothing is declared
 * that tells failures of one code apart, the same pattern of the message (`messagePattern`; '' = the message says nothing).
 */
export function groupFingerprint(
  taxonomy: string,
  hop: string,
  discriminators: Readonly<Record<string, string>>,
  pattern = '',
): string {
  const told = pattern === '' || Object.keys(discriminators).length > 0 ? '' : `|${signaturePart(pattern)}`;
  return `${signaturePart(hop)}|${problemSignature(taxonomy, discriminators)}${told}`;
}
