/** Most characters of a note: what is longer is a document, and belongs where it can be read by page. */
export const LONGEST_NOTE = 10_000;

/** Most people whom one note may call. */
export const MOST_MENTIONS = 50;

/** A person of the tenant whom a note may mean, also one who left. */
export type KnownPerson = {
  id: string;
  displayName: string;
  email: string;
  isActive: boolean;
  /** May see exceptions. */
  mayRead: boolean;
};

/** Who is meant, and the words of the note that mean that person, with their "@". */
export type Mention = { personId: string; name: string; text: string };

export type NoteProblemCode =
  | 'NOTE_TOO_LONG'
  | 'PERSON_NOT_FOUND'
  | 'PERSON_AMBIGUOUS'
  | 'PERSON_LEFT'
  | 'PERSON_CANNOT_READ'
  | 'TOO_MANY_MENTIONS';

/** What a note says to people, or why it is not taken: all of it or nothing. */
export type ReadNote = { mentions: Mention[] } | { problem: { code: NoteProblemCode; message: string } };

// A name begins behind a gap or a bracket: the @ of an address or of a link means nobody.
const CALL = /(?<![\p{L}\p{N}_./@\\])@(?=[\p{L}\p{N}])/gu;
const CODE = /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`/g;
/** Two characters, each of which may be a pair. */
const LONGEST_SIGNS = 4;
const WORD = /^[\p{L}\p{N}_]+(?:[.'’-][\p{L}\p{N}_]+)*(?:@[\p{L}\p{N}.-]+[\p{L}\p{N}])?/u;

/**
 * Finds whom a note calls with "@": by the whole name, the address, the part of the address before its "@", or the first name where
 * only one has it. The longest that fits counts. Code and addresses call nobody. One name that cannot be told refuses the whole note.
 */
export function readNote(text: string, people: readonly KnownPerson[]): ReadNote {
  if (text.length > LONGEST_NOTE) {
    const size = `The note has ${inWords(text.length)} characters, and a note may have ${inWords(LONGEST_NOTE)}.`;
    return refused('NOTE_TOO_LONG', size);
  }
  const names = namesByLength(people);
  const prose = text.replace(CODE, (code) => ' '.repeat(code.length));
  const mentions: Mention[] = [];
  for (const { index } of prose.matchAll(CALL)) {
    const called = personCalled(prose.slice(index + 1), names);
    if ('problem' in called) return called;
    const { person, length } = called;
    const words = text.slice(index, index + 1 + length);
    if (!mentions.some((one) => one.personId === person.id && one.text === words)) {
      mentions.push({ personId: person.id, name: person.displayName, text: words });
    }
  }
  return new Set(mentions.map(({ personId }) => personId)).size > MOST_MENTIONS
    ? refused('TOO_MANY_MENTIONS', `A note may call ${MOST_MENTIONS} people.`)
    : { mentions };
}

/** Who has which name, in small letters, by the length of the name as written, the longest first. */
type Names = readonly (readonly [length: number, people: ReadonlyMap<string, readonly KnownPerson[]>])[];

function namesByLength(people: readonly KnownPerson[]): Names {
  const byLength = new Map<number, Map<string, KnownPerson[]>>();
  for (const person of people) {
    for (const words of namesOf(person)) {
      const named = byLength.get(words.length) ?? new Map<string, KnownPerson[]>();
      const folded = words.toLowerCase();
      const known = named.get(folded);
      if (known === undefined) named.set(folded, [person]);
      else if (known.at(-1) !== person) known.push(person);
      byLength.set(words.length, named);
    }
  }
  return [...byLength].sort(([left], [right]) => right - left);
}

function namesOf({ displayName, email }: KnownPerson): string[] {
  const names = [displayName, email, email.split('@')[0] ?? '', displayName.split(/\s+/)[0] ?? ''];
  return [...new Set(names)].filter((words) => words !== '');
}

type Called = { person: KnownPerson; length: number } | Extract<ReadNote, { problem: object }>;

function personCalled(rest: string, names: Names): Called {
  const { length, meant } = longestNameIn(rest, names);
  // of namesakes those who left are not meant
  const active = meant.filter(({ isActive }) => isActive);
  const [person] = active.length > 0 ? active : meant;
  if (person === undefined) {
    return refused('PERSON_NOT_FOUND', `There is nobody called “${WORD.exec(rest)?.[0] ?? ''}” here.`);
  }
  if (active.length > 1) {
    const addresses = active.map(({ email }) => `@${email}`).join(' or ');
    return refused('PERSON_AMBIGUOUS', `“${rest.slice(0, length)}” may be several people: write ${addresses}.`);
  }
  if (!person.isActive) {
    return refused('PERSON_LEFT', `${person.displayName} is not here any more.`);
  }
  return person.mayRead
    ? { person, length }
    : refused('PERSON_CANNOT_READ', `${person.displayName} may not see exceptions.`);
}

/** The longest name with which the text begins, where a word ends behind it, and who has it. */
function longestNameIn(text: string, names: Names): { length: number; meant: readonly KnownPerson[] } {
  for (const [length, people] of names) {
    const meant = people.get(text.slice(0, length).toLowerCase());
    if (meant !== undefined && isWordEnd(text, length)) return { length, meant };
  }
  return { length: 0, meant: [] };
}

function isWordEnd(text: string, at: number): boolean {
  return !/^(?:[\p{L}\p{N}_@]|[.'’-][\p{L}\p{N}])/u.test(text.slice(at, at + LONGEST_SIGNS));
}

function refused(code: NoteProblemCode, message: string): Extract<ReadNote, { problem: object }> {
  return { problem: { code, message: `${message} The note was not added.` } };
}

/** 1000000 → "1,000,000". */
function inWords(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
