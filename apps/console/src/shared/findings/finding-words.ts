import type { FindingKind } from '../../gql/graphql.js';
import { shortDate } from '../format/time.js';
import { capital, systemName, titleWords } from '../format/words.js';

/** A finding as a person reads it: what is wrong, and what to do about it. */
export type FindingText = { title: string; what: string; todo: string };

type Stated = { system?: string; value?: string; occurredAt?: string; ownerSaid?: string };
type Details = {
  attribute?: string;
  group?: string;
  steward?: string;
  owner?: Stated | string | null;
  changes?: Stated[];
  copies?: Stated[];
  values?: string[];
  key?: { system?: string; kind?: string; scope?: string };
  objectIds?: string[];
  value?: string;
  system?: string;
  most?: number;
  milestones?: string[];
  contents?: number;
  differences?: string[][];
};

/** "paymentTerms" → "payment terms" */
export function attributeWords(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/[-_.]+/g, ' ')
    .toLowerCase();
}

function differencesIn(differences: readonly string[][]): string {
  const told = differences.map(
    ([name = '', one, other]) => `${attributeWords(name)} ${one || 'none'} and ${other || 'none'}`,
  );
  return told.length === 0 ? '' : ` (${told.join(', ')})`;
}

/** The finding in words; of what a later version may add, its name. */
export function findingText({
  kind,
  about,
  details,
}: {
  kind: FindingKind;
  about: string;
  details: unknown;
}): FindingText {
  const told = (details ?? {}) as Details;
  const write = WORDS[kind] as ((told: Details, about: string) => FindingText) | undefined;
  return write?.(told, about) ?? { title: titleWords(kind), what: about, todo: '' };
}

const WORDS: Record<FindingKind, (told: Details, about: string) => FindingText> = {
  CONTRADICTORY_ALIAS: ({ values = [], key }) => {
    const number = `${titleWords(key?.kind ?? 'key').toLowerCase()} in ${systemName(key?.system ?? '')}`;
    return {
      title: 'Names contradict one another',
      what: `A message calls ${listed(values)} one object, which has only one ${number}. What came with more authority, or first, applies; the other was left out.`,
      todo: 'Find the message that is wrong and mend it at its source, or the mapping, and map it again.',
    };
  },
  OWNERSHIP_CONFLICT: ({ owner, changes = [], group, steward }, about) => ({
    title: `${capital(attributeWords(about))} changed by a system that does not own it`,
    what: `${changes.map(changeWords).join('; ') || 'It was changed elsewhere'}. ${ownerWords(owner)} owns the ${group ?? 'attribute'}.`,
    todo: `${steward ?? 'The steward'} decides: take the change over in the owning system, or take it back where it was made.`,
  }),
  MASTER_DATA_DRIFT: ({ copies = [], owner, steward }, about) => ({
    title: `Copies of ${attributeWords(about)} differ`,
    what: `${copies.map(copyWords).join(', ') || 'Systems state different values'}.`,
    todo: owner
      ? `Send the value of ${systemName(typeof owner === 'string' ? owner : (owner.system ?? ''))} to the others; ${steward ?? 'the steward'} decides when it is the one that is wrong.`
      : `${steward ?? 'The steward'} decides which value holds; the system of record has not stated one.`,
  }),
  LINK_CYCLE: ({ objectIds = [] }) => ({
    title: 'Links go round in a circle',
    what: `${objectIds.length} objects follow from one another, so none of them comes first. The transaction is computed all the same, each object once.`,
    todo: 'Find the link that points the wrong way among the ones below, and mend the mapping that states it.',
  }),
  SELF_LINK: (_told, about) => ({
    title: 'A link leads from the object to itself',
    what: `What is stated as two objects (“${titleWords(about).toLowerCase()}”) turned out to be one. The link is left out.`,
    todo: 'Look whether two of its names were joined by mistake; else mend the message that links them.',
  }),
  IMPLAUSIBLE_TIME: ({ value, system }) => ({
    title: 'A time that cannot be right',
    what: `${systemName(system ?? '')} said that something happened at ${value ?? 'an impossible time'}. It counts as it was sent, so order and durations are doubtful.`,
    todo: 'Mend the clock or the date field of the sender, and send or map it again.',
  }),
  UNUSABLE_AMOUNT: ({ value, system }) => ({
    title: 'An amount that cannot be used',
    what: `${systemName(system ?? '')} sent “${value ?? ''}”: no decimal text with a currency of ISO 4217. It is not counted as money.`,
    todo: 'Have the sender state the amount as text with its currency code, and send it again.',
  }),
  DIFFERING_CONTENT: ({ contents, differences = [] }, about) => ({
    title: 'A statement came again with other content',
    what: `${titleWords(about || 'page')} of it came in several files with ${contents ?? 'different'} contents${differencesIn(differences)}. What each of them says is kept.`,
    todo: 'Ask the bank which of the files below holds, and take back by hand what the other one booked.',
  }),
  TOO_MANY_ALIASES: ({ most }) => ({
    title: 'Suspiciously many names',
    what: `It has more than ${most ?? 200} names. A number that many share has probably joined what does not belong together.`,
    todo: 'Look for the name that many objects share, and take it out of the mapping that states it as a key.',
  }),
  TRANSACTION_TRUNCATED: () => ({
    title: 'Too large to be followed whole',
    what: 'More objects hang on it than a transaction shows.',
    todo: 'Look for an object that gathers many others and is not declared as a hub.',
  }),
  MORE_THAN_EXPECTED: () => ({
    title: 'More than its workflow expects',
    what: 'More objects reached a step than there should be for what they come from, such as two invoices for one delivery.',
    todo: 'Look whether one of them is a duplicate; else mend the number that the workflow expects.',
  }),
  OUT_OF_SEQUENCE: ({ milestones = [] }) => ({
    title: 'Done though it should not have been any more',
    what: `${milestones.length === 0 ? 'A step' : listed(milestones.map(titleWords))} came after a step that should have kept it from happening, such as a reminder of an invoice that was paid.`,
    todo: 'Take it back, and find out why the system that did it did not know.',
  }),
  SEGREGATION_OF_DUTIES: (_told, about) => ({
    title: 'One person did what two should do',
    what: `${capital(about || 'both duties')} are of one person, whatever names the systems know that person by.`,
    todo: 'Have somebody else look at it: undo it, or record why it is accepted. The person is among the objects below.',
  }),
};

function changeWords({ system, value, ownerSaid, occurredAt }: Stated): string {
  const day = occurredAt ? ` on ${shortDate(occurredAt)}` : '';
  return `${systemName(system ?? '')} changed it to “${value ?? ''}”${day}, when it was “${ownerSaid ?? ''}”`;
}

function copyWords({ system, value }: Stated): string {
  return `“${value ?? ''}” in ${systemName(system ?? '')}`;
}

function ownerWords(owner: Details['owner']): string {
  if (typeof owner === 'string') return systemName(owner);
  return owner ? `${systemName(owner.system ?? '')}, which says “${owner.value ?? ''}”,` : 'Another system';
}

function listed(values: readonly string[]): string {
  const quoted = values.map((value) => `“${value}”`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}`;
}
