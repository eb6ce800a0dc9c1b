import { describeTaxonomy, problemSignature } from '@throughline/canonical';
import { FINDING_HOPS, FINDING_KINDS, type FindingKind } from '@throughline/lineage';
import type { ProblemFact, SubjectFacts } from './stored-exception.js';

/** A finding at the object that an exception about it is about. */
export type FindingFact = SubjectFacts & {
  kind: FindingKind;
  objectId: string;
  about: string;
  details: Readonly<Record<string, unknown>>;
  /** When that which made it happened; never from the clock, so that it stays while nothing new happens. */
  since: Date;
  /** The step that was reached too often or out of order; null for a finding about an object. */
  step: { workflow: string; name: string; title: string } | null;
  /** Keys of the objects that the details name, persons apart. */
  people: readonly string[];
  others: readonly string[];
};

/** What a finding means as a problem of its subject. */
type Opening = {
  taxonomy: string;
  hop: (finding: FindingFact) => string;
  discriminators: (finding: FindingFact) => Readonly<Record<string, string>>;
  headline: (finding: FindingFact) => string;
  message: (finding: FindingFact) => string;
};

export type FindingRule = { opens: Opening } | { opensNothing: string };

const LINEAGE = () => FINDING_HOPS.lineage;
const OF_MASTER_DATA = () => FINDING_HOPS.masterData;
const OF_STEP = ({ step }: FindingFact) => (step === null ? FINDING_HOPS.lineage : `${step.workflow}/${step.name}`);
const NOTHING = () => ({});

/** Of each kind of finding the exception that it opens, or why nobody has to act on it. */
export const FINDING_RULES: Readonly<Record<FindingKind, FindingRule>> = {
  'contradictory-alias': {
    opens: {
      taxonomy: 'mapping-and-master-data.contradictory-keys',
      hop: LINEAGE,
      discriminators: ({ about }) => ({ key: about }),
      headline: ({ about }) => `Two numbers where there can be one (${about})`,
      message: ({ about, details }) =>
        `Messages call ${listOf(details['values'])} one and the same, which can have only one number of ${about}. ` +
        'What was said first, or with more authority, counts; the other statement was left out.',
    },
  },
  'ownership-conflict': {
    opens: {
      taxonomy: 'mapping-and-master-data.ownership-conflict',
      hop: OF_MASTER_DATA,
      discriminators: ({ about }) => ({ attribute: about }),
      headline: ({ about }) => `${capital(wordsOf(about))} changed by a system that does not own it`,
      message: ({ about, details }) =>
        `${copiesOf(details['changes'], ' says ')}; ${copyOf(details['owner'], ' says ')} and owns the ` +
        `${wordsOf(about)}. ${stewardOf(details)} decides which holds.`,
    },
  },
  'master-data-drift': {
    opens: {
      taxonomy: 'mapping-and-master-data.master-data-drift',
      hop: OF_MASTER_DATA,
      discriminators: ({ about }) => ({ attribute: about }),
      headline: ({ about }) => `Copies of ${wordsOf(about)} differ`,
      message: ({ details }) => `${copiesOf(details['copies'], ' says ')}. ${stewardOf(details)} decides which holds.`,
    },
  },
  'link-cycle': {
    opens: {
      taxonomy: 'data-quality.circular-links',
      hop: LINEAGE,
      discriminators: NOTHING,
      headline: () => 'Documents follow from one another in a circle',
      message: ({ others }) =>
        `${listOf(others)} follow from one another, so that none comes first. One of the links points the wrong way.`,
    },
  },
  'self-link': { opensNothing: 'the link is left out, and what is one object needs no link to itself' },
  'implausible-time': {
    opens: {
      taxonomy: 'data-quality.implausible-time',
      hop: LINEAGE,
      discriminators: systemOf,
      headline: () => 'A time that cannot be right',
      message: ({ details }) =>
        `${textOf(details['system'])} says that it happened at ${textOf(details['value'])}. ` +
        'It counts as it was sent, so that what is due and how long it took are doubtful.',
    },
  },
  'unusable-amount': {
    opens: {
      taxonomy: 'data-quality.invalid-value',
      hop: LINEAGE,
      discriminators: (finding) => ({ field: 'amount', ...systemOf(finding) }),
      headline: () => 'An amount that cannot be used',
      message: ({ details }) =>
        `${textOf(details['system'])} sent ${quoted(details['value'])}, which is no amount in a known currency. ` +
        'It is not counted as money.',
    },
  },
  'differing-content': {
    opens: {
      taxonomy: 'data-quality.differing-content',
      hop: LINEAGE,
      discriminators: ({ about }) => ({ part: about }),
      headline: () => 'A statement came again with other content',
      message: ({ about, others, details }) =>
        `${capital(about)} does not say the same in ${listOf(others)}${differencesIn(details['differences'])}. ` +
        'What each says is kept: the bank has to say which holds.',
    },
  },
  'too-many-aliases': {
    opens: {
      taxonomy: 'data-quality.too-many-names',
      hop: LINEAGE,
      discriminators: NOTHING,
      headline: () => 'More names than one object has',
      message: ({ details }) =>
        `It has more than ${textOf(details['most'])} names. A number that many share has probably joined what does not belong together.`,
    },
  },
  'transaction-truncated': {
    opensNothing: 'how much is followed is a limit of ours, and what is wrong beyond it shows at its own documents',
  },
  'more-than-expected': {
    opens: {
      taxonomy: 'data-quality.duplicate',
      hop: OF_STEP,
      discriminators: NOTHING,
      headline: ({ step }) => `Once too often: ${step?.title ?? 'a step'}`,
      message: ({ step }) =>
        `"${step?.title ?? 'A step'}" was reached by more objects than what they come from allows; this one came after the first.`,
    },
  },
  'out-of-sequence': {
    opens: {
      taxonomy: 'timing-and-sequence.out-of-sequence',
      hop: OF_STEP,
      discriminators: NOTHING,
      headline: ({ step }) => `${step?.title ?? 'A step'}, though it should not have been any more`,
      message: ({ step }) =>
        `"${step?.title ?? 'A step'}" came after a step that should have kept it from happening. ` +
        'Take it back, and find out why the system that did it did not know.',
    },
  },
  'segregation-of-duties': {
    opens: {
      taxonomy: 'business-control.segregation-of-duties',
      hop: () => FINDING_HOPS.duties,
      discriminators: ({ about }) => ({ duties: about }),
      headline: ({ about }) => `${capital(about)} by one person`,
      message: ({ about, people, others }) =>
        `${capital(about)} are of ${people.length > 1 ? `${listOf(people)}, each` : (people[0] ?? 'one person')}` +
        `${others.length === 0 ? '' : `, by way of ${listOf(others)}`}: two people should have done that.`,
    },
  },
};

/** The problems that findings are, as far as they open an exception. */
export function findingProblems(findings: readonly FindingFact[]): ProblemFact[] {
  const conflicts = new Set(findings.filter(({ kind }) => kind === 'ownership-conflict').map(placeOf));
  return findings
    .filter((finding) => !(finding.kind === 'master-data-drift' && conflicts.has(placeOf(finding))))
    .flatMap((finding) => {
      const rule = FINDING_RULES[finding.kind];
      return 'opens' in rule ? [toProblem(finding, rule.opens)] : [];
    });
}

/** A change by who does not own it makes copies differ: that is one matter, told by the change. */
function placeOf({ objectId, about }: FindingFact): string {
  return `${objectId}/${about}`;
}

function toProblem(finding: FindingFact, opening: Opening): ProblemFact {
  const { objectId, objectType, objectKey, legalEntity, counterparty, amount, currency, direction, since } = finding;
  const discriminators = opening.discriminators(finding);
  return {
    objectId,
    objectType,
    objectKey,
    legalEntity,
    counterparty,
    amount,
    currency,
    direction,
    hop: opening.hop(finding),
    signature: problemSignature(opening.taxonomy, discriminators),
    taxonomy: opening.taxonomy,
    discriminators,
    headline: opening.headline(finding),
    message: opening.message(finding),
    integration: '',
    occurrences: 1,
    firstOccurredAt: since,
    lastOccurredAt: since,
    lastActivityId: null,
    clearedAt: null,
  };
}

/** Proves the rules of findings: none is missing, and what opens is in the taxonomy. Called when the program starts. */
export function proveFindingRules(rules: Readonly<Partial<Record<FindingKind, FindingRule>>> = FINDING_RULES): void {
  const faults = FINDING_KINDS.flatMap((kind) => {
    const rule = rules[kind];
    if (rule === undefined) return [`nothing is said of ${kind}`];
    if ('opensNothing' in rule)
      return rule.opensNothing.trim() === '' ? [`${kind} opens nothing, and why is not said`] : [];
    const { taxonomy } = rule.opens;
    return describeTaxonomy(taxonomy).isKnown ? [] : [`${kind} opens ${taxonomy}, which is no known problem`];
  });
  if (faults.length > 0) throw new Error(`the rules of findings are broken: ${faults.join('; ')}`);
}

/** In which the first two differ at first sight; without any, it is in the entries themselves. */
function differencesIn(differences: unknown): string {
  if (!Array.isArray(differences)) return '';
  const told = differences.flatMap((difference: unknown) => {
    const [name, one, other] = Array.isArray(difference) ? difference.map(textOf) : [];
    return name === undefined ? [] : [`${wordsOf(name)} ${one || 'none'} and ${other || 'none'}`];
  });
  return told.length === 0 ? ': the entries themselves differ' : `: ${told.join(', ')}`;
}

function systemOf({ details }: FindingFact): Record<string, string> {
  const system = textOf(details['system']);
  return system === '' ? {} : { system };
}

function copiesOf(copies: unknown, says: string): string {
  return Array.isArray(copies) ? copies.map((copy) => copyOf(copy, says)).join(', ') : '';
}

function copyOf(copy: unknown, says: string): string {
  const { system, value } = (copy ?? {}) as { system?: unknown; value?: unknown };
  return `${textOf(system) || 'another system'}${says}${quoted(value)}`;
}

function stewardOf(details: FindingFact['details']): string {
  return textOf(details['steward']) || 'The steward';
}

function listOf(values: unknown): string {
  return Array.isArray(values) ? values.map(textOf).join(', ') : '';
}

function quoted(value: unknown): string {
  return `"${textOf(value)}"`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** "paymentTerms" → "payment terms" */
function wordsOf(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/[-_.]+/g, ' ')
    .toLowerCase();
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
