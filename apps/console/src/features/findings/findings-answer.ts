import { joinWords } from '../../shared/format/money.js';
import { count, countNumber } from '../../shared/format/words.js';
import { FINDING_KINDS, type FindingKindName } from '../../shared/url-lineage.js';

type Counted = { kind: string; count: number };

/** What counts stop at. */
const MOST_COUNTED = 10_000;
/** Kinds that the sentence names. */
const MOST_NAMED = 3;

/** A kind as a filter, and what one and several of it are called in a sentence. */
const KINDS: Record<FindingKindName, { name: string; one: string; several: string }> = {
  SEGREGATION_OF_DUTIES: {
    name: 'Duties of one person',
    one: 'duty that one person did alone',
    several: 'duties that one person did alone',
  },
  OWNERSHIP_CONFLICT: {
    name: 'Changed by another system',
    one: 'change by a system that does not own the fact',
    several: 'changes by systems that do not own the fact',
  },
  MASTER_DATA_DRIFT: { name: 'Copies differ', one: 'copy that differs', several: 'copies that differ' },
  CONTRADICTORY_ALIAS: {
    name: 'Contradicting names',
    one: 'contradiction of names',
    several: 'contradictions of names',
  },
  TOO_MANY_ALIASES: {
    name: 'Too many names',
    one: 'object with too many names',
    several: 'objects with too many names',
  },
  MORE_THAN_EXPECTED: {
    name: 'More than expected',
    one: 'transaction with more than its workflow expects',
    several: 'transactions with more than their workflow expects',
  },
  OUT_OF_SEQUENCE: { name: 'Done too late', one: 'step done too late', several: 'steps done too late' },
  LINK_CYCLE: { name: 'Circles', one: 'circle of links', several: 'circles of links' },
  SELF_LINK: { name: 'Links to itself', one: 'link to itself', several: 'links to themselves' },
  IMPLAUSIBLE_TIME: { name: 'Doubtful times', one: 'doubtful time', several: 'doubtful times' },
  UNUSABLE_AMOUNT: { name: 'Unusable amounts', one: 'unusable amount', several: 'unusable amounts' },
  DIFFERING_CONTENT: {
    name: 'Changed statements',
    one: 'statement that came again with other content',
    several: 'statements that came again with other content',
  },
  TRANSACTION_TRUNCATED: {
    name: 'Too large',
    one: 'transaction too large to follow',
    several: 'transactions too large to follow',
  },
};

export function kindName(kind: FindingKindName): string {
  return KINDS[kind].name;
}

export type KindChoice = { kind: FindingKindName; name: string };

/** The kinds that there are any of, and those that are chosen anyway, with how many each has. */
export function kindChoices(counts: readonly Counted[], chosen: readonly FindingKindName[]): KindChoice[] {
  const known = new Map(counts.map((one) => [one.kind, one.count]));
  return FINDING_KINDS.filter((kind) => known.has(kind) || chosen.includes(kind)).map((kind) => ({
    kind,
    name: `${kindName(kind)} ${numberWords(known.get(kind) ?? 0)}`,
  }));
}

/** "14 findings: 8 copies that differ, 4 doubtful times and 2 others." */
export function findingsAnswer(counts: readonly Counted[], chosen: readonly FindingKindName[]): string {
  const asked = FINDING_KINDS.filter((kind) => chosen.length === 0 || chosen.includes(kind)).flatMap((kind) => {
    const found = counts.find((one) => one.kind === kind)?.count ?? 0;
    return found === 0 ? [] : [{ ...KINDS[kind], found }];
  });
  if (asked.length === 0)
    return chosen.length === 0
      ? 'Nothing is found wrong with lineage or master data.'
      : 'Nothing of these kinds is found.';
  const sorted = asked.toSorted((a, b) => b.found - a.found);
  const words = sorted.map(({ found, one, several }) => `${numberWords(found)} ${found === 1 ? one : several}`);
  if (words.length === 1) return `${words[0] ?? ''}.`;
  const rest = sum(sorted.slice(MOST_NAMED));
  const named = words.slice(0, MOST_NAMED);
  const isCounted = sorted.every(({ found }) => found < MOST_COUNTED);
  const total = isCounted ? count(sum(sorted), 'finding') : `More than ${count(sum(sorted), 'finding')}`;
  return `${total}: ${joinWords([...named, ...(rest === 0 ? [] : [count(rest, 'other')])])}.`;
}

function sum(kinds: readonly { found: number }[]): number {
  return kinds.reduce((total, { found }) => total + found, 0);
}

function numberWords(found: number): string {
  return found >= MOST_COUNTED ? `${countNumber(MOST_COUNTED)} or more` : countNumber(found);
}
