import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LONGEST_NOTE, MOST_MENTIONS, readNote, type KnownPerson } from './mentions.js';

const person = (id: string, displayName: string, email: string, more: Partial<KnownPerson> = {}): KnownPerson => ({
  id,
  displayName,
  email,
  isActive: true,
  mayRead: true,
  ...more,
});

const PEOPLE = [
  person('anna', 'Anna Lindqvist', 'analyst@demo.example'),
  person('bruno', 'Bruno Keller', 'analyst2@demo.example'),
  person('anna2', 'Anna Maria Berg', 'am.berg@demo.example'),
  person('sean', 'Seán O’Brien', 'sean@demo.example'),
  person('left', 'Ludwig Lang', 'lang@demo.example', { isActive: false }),
  person('admin', 'Hanna Weber', 'admin@demo.example', { mayRead: false }),
];

const mentionsIn = (text: string) => {
  const read = readNote(text, PEOPLE);
  return 'problem' in read ? read.problem.code : read.mentions.map((one) => `${one.personId} ${one.text}`);
};

describe('readNote', () => {
  it.each<[string, string, string[] | string]>([
    ['nobody', 'Asked master data, no answer yet.', []],
    ['a whole name', 'Please look, @Anna Lindqvist.', ['anna @Anna Lindqvist']],
    ['a whole name in small letters', '@anna lindqvist please', ['anna @anna lindqvist']],
    ['a first name that one has', '@Bruno: is this yours?', ['bruno @Bruno']],
    ['an apostrophe in the name', '(@Seán O’Brien)', ['sean @Seán O’Brien']],
    ['an address', 'cc @am.berg@demo.example.', ['anna2 @am.berg@demo.example']],
    ['the beginning of an address', '@analyst2, see above', ['bruno @analyst2']],
    ['the longest that fits', '@analyst2 and @analyst', ['bruno @analyst2', 'anna @analyst']],
    ['twice the same', '@Bruno and again @Bruno', ['bruno @Bruno']],
    ['one person by two names', '@Bruno or @analyst2', ['bruno @Bruno', 'bruno @analyst2']],
    ['in Markdown', '**@Bruno** and [@Sean](https://x.example)', ['bruno @Bruno', 'sean @Sean']],
    ['an address in a text calls nobody', 'mail a.b@demo.example', []],
    ['a link calls nobody', 'https://git.example/@bruno and x/@bruno', []],
    ['code calls nobody', '`@Override` and\n```\n@Bean @nobody\n```\n@Bruno', ['bruno @Bruno']],
    ['an escaped sign calls nobody', 'write \\@nobody', []],
    ['a sign alone calls nobody', 'due @ 17:00 @', []],
    ['a name that nobody has', 'ask @Kim', 'PERSON_NOT_FOUND'],
    ['a beginning of a name is no name', 'ask @Brun', 'PERSON_NOT_FOUND'],
    ['a longer word is another name', 'ask @Brunos', 'PERSON_NOT_FOUND'],
    ['a first name that two have', 'ask @Anna', 'PERSON_AMBIGUOUS'],
    ['somebody who left', 'ask @Ludwig Lang', 'PERSON_LEFT'],
    ['somebody who may not see it', 'ask @Hanna', 'PERSON_CANNOT_READ'],
    ['one unknown among known ones', '@Bruno and @Kim', 'PERSON_NOT_FOUND'],
  ])('%s', (_name, text, expected) => {
    expect(mentionsIn(text)).toEqual(expected);
  });

  it('says who cannot be told, by name', () => {
    const messageOf = (text: string) => {
      const read = readNote(text, PEOPLE);
      return 'problem' in read ? read.problem.message : '';
    };
    expect(messageOf('ask @Kim-Li, please')).toBe('There is nobody called “Kim-Li” here. The note was not added.');
    expect(messageOf('@Ludwig')).toBe('Ludwig Lang is not here any more. The note was not added.');
    expect(messageOf('@Anna')).toBe(
      '“Anna” may be several people: write @analyst@demo.example or @am.berg@demo.example. The note was not added.',
    );
  });

  it('means the namesake who is here', () => {
    const namesakes = [
      person('old', 'Kim Lee', 'old@x.example', { isActive: false }),
      person('new', 'Kim Lee', 'kim@x.example'),
    ];
    expect(readNote('@Kim Lee', namesakes)).toEqual({
      mentions: [{ personId: 'new', name: 'Kim Lee', text: '@Kim Lee' }],
    });
  });

  it('refuses a note of a megabyte with its size and the limit', () => {
    expect(readNote('x'.repeat(LONGEST_NOTE), PEOPLE)).toEqual({ mentions: [] });
    expect(readNote('x'.repeat(1_000_000), PEOPLE)).toEqual({
      problem: {
        code: 'NOTE_TOO_LONG',
        message: 'The note has 1,000,000 characters, and a note may have 10,000. The note was not added.',
      },
    });
  });

  it('refuses to call a crowd', () => {
    const crowd = Array.from({ length: MOST_MENTIONS + 1 }, (_, index) =>
      person(`p${index}`, `Person${index} X`, `p${index}@x.example`),
    );
    const text = crowd.map(({ displayName }) => `@${displayName}`).join(' ');
    expect(readNote(text, crowd)).toMatchObject({ problem: { code: 'TOO_MANY_MENTIONS' } });
  });

  it('reads a note full of calls among very many people without looking at each of them', () => {
    let looks = 0;
    const many = Array.from({ length: 3_000 }, (_, index) =>
      Object.defineProperty(person(`p${index}`, '', `p${index}@x.example`), 'displayName', {
        get() {
          looks += 1;
          return `Person${index} X`;
        },
      }),
    );
    expect(readNote('@p2999 '.repeat(1_200).trim(), many)).toEqual({
      mentions: [{ personId: 'p2999', name: 'Person2999 X', text: '@p2999' }],
    });
    // at each name for each call would be millions
    expect(looks).toBeLessThan(10 * many.length);
  });

  it('finds every person by every name that is theirs alone, wherever it stands', () => {
    const own = [person('p1', 'Mira Öz', 'mira.oz@x.example'), person('p2', 'Tom Ng', 'tom@x.example')];
    const names = fc.constantFrom('Mira Öz', 'mira.oz@x.example', 'mira.oz', 'Mira', 'Tom Ng', 'tom@x.example', 'tom');
    const gap = fc.constantFrom(' ', '\n', '(', ', ', '**', '> ');
    fc.assert(
      fc.property(fc.array(fc.tuple(gap, names), { maxLength: 8 }), (parts) => {
        const read = readNote(parts.map(([before, name]) => `${before}@${name}`).join(''), own);
        const expected = new Set(parts.map(([, name]) => (name.toLowerCase().startsWith('mira') ? 'p1' : 'p2')));
        expect('mentions' in read && new Set(read.mentions.map(({ personId }) => personId))).toEqual(expected);
      }),
    );
  });
});
