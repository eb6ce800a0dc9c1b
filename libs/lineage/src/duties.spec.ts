import { describe, expect, it } from '@jest/globals';
import type { ObjectType } from '@throughline/canonical';
import fc from 'fast-check';
import { type DutyLink, dutyFindings } from './duties.js';
import { at } from './testing/activity-builder.js';

/** "contract requested-by person A" at a time of the test day. */
type Line = readonly [said: string, time: string];

/** A link in the words of its reading; two objects of one name are one. */
function linkOf([said, time]: Line): DutyLink {
  const [, to = '', qualifier = '', from = ''] = /^(\S+ \S+) (\S+) (\S+ \S+)$/.exec(said) ?? [];
  const fromType = from.split(' ')[0] as ObjectType;
  return { fromObjectId: from, toObjectId: to, qualifier, fromType, firstOccurredAt: at(time) };
}

const found = (lines: readonly Line[]) =>
  dutyFindings(lines.map(linkOf)).map(({ subjectId, about, since, details }) => ({ subjectId, about, since, details }));

const CASES: {
  name: string;
  said: Line[];
  finding?: { of: string; about: string; since: string; objects: string[] };
}[] = [
  {
    name: 'a request and its approval by one person',
    said: [
      ['contract C requested-by person A', '08:00'],
      ['contract C approved-by person A', '09:00'],
    ],
    finding: { of: 'contract C', about: 'request and approval', since: '09:00', objects: ['person A'] },
  },
  {
    name: 'a request and its approval by two people',
    said: [
      ['contract C requested-by person A', '08:00'],
      ['contract C approved-by person B', '09:00'],
    ],
  },
  {
    name: 'an approval by both counts: one of them had requested it',
    said: [
      ['contract C requested-by person A', '08:00'],
      ['contract C approved-by person B', '09:00'],
      ['contract C approved-by person A', '10:00'],
    ],
    finding: { of: 'contract C', about: 'request and approval', since: '10:00', objects: ['person A'] },
  },
  {
    name: 'approved before it was requested: the same, as nobody else looked at it',
    said: [
      ['contract C approved-by person A', '08:00'],
      ['contract C requested-by person A', '09:00'],
    ],
    finding: { of: 'contract C', about: 'request and approval', since: '09:00', objects: ['person A'] },
  },
  {
    name: 'granted as an approval of its own',
    said: [
      ['contract C requested-by person A', '08:00'],
      ['approval P granted-by person A', '09:00'],
      ['contract C approved-by approval P', '09:00'],
    ],
    finding: { of: 'contract C', about: 'request and approval', since: '09:00', objects: ['person A', 'approval P'] },
  },
  {
    name: 'requested and granted at the approval: a finding of the approval alone',
    said: [
      ['approval P requested-by person A', '08:00'],
      ['approval P granted-by person A', '09:00'],
      ['contract C approved-by approval P', '09:00'],
    ],
    finding: { of: 'approval P', about: 'request and approval', since: '09:00', objects: ['person A'] },
  },
  {
    name: 'two contracts of which each was requested by who approved the other',
    said: [
      ['contract C requested-by person A', '08:00'],
      ['contract C approved-by person B', '09:00'],
      ['contract D requested-by person B', '08:00'],
      ['contract D approved-by person A', '09:00'],
    ],
  },
  {
    name: 'bank details changed, then paid to by the same person',
    said: [
      ['bank-account N bank-details-changed-by person A', '08:00'],
      ['payment Y paid-to bank-account N', '09:00'],
      ['payment Y released-by person A', '10:00'],
    ],
    finding: {
      of: 'payment Y',
      about: 'bank details and release',
      since: '10:00',
      objects: ['person A', 'bank-account N'],
    },
  },
  {
    name: 'released before the details were changed: it did not go there',
    said: [
      ['payment Y paid-to bank-account N', '08:00'],
      ['payment Y released-by person A', '09:00'],
      ['bank-account N bank-details-changed-by person A', '10:00'],
    ],
  },
  {
    name: 'released by somebody else',
    said: [
      ['bank-account N bank-details-changed-by person A', '08:00'],
      ['payment Y paid-to bank-account N', '09:00'],
      ['payment Y released-by person B', '10:00'],
    ],
  },
  {
    name: 'bank details changed, then the batch of a payment that goes there released by the same person',
    said: [
      ['bank-account N bank-details-changed-by person A', '08:00'],
      ['payment Y paid-to bank-account N', '09:00'],
      ['payment-batch B batches payment Y', '09:30'],
      ['payment-batch B released-by person A', '10:00'],
    ],
    finding: {
      of: 'payment Y',
      about: 'bank details and release',
      since: '10:00',
      objects: ['person A', 'bank-account N', 'payment-batch B'],
    },
  },
  {
    name: 'a batch released before the details of one of its payees were changed, and another batch after it',
    said: [
      ['payment Y paid-to bank-account N', '07:00'],
      ['payment-batch B batches payment Y', '07:30'],
      ['payment-batch B released-by person A', '08:00'],
      ['bank-account N bank-details-changed-by person A', '09:00'],
      ['payment-batch D released-by person A', '10:00'],
    ],
  },
  {
    name: 'only a release counts at what is held: who prepared a payment and approves its batch',
    said: [
      ['payment Y prepared-by person A', '08:00'],
      ['payment-batch B batches payment Y', '09:00'],
      ['payment-batch B approved-by person A', '10:00'],
    ],
  },
  {
    name: 'a journal that is prepared and approved by one person',
    said: [
      ['journal-entry J prepared-by person A', '08:00'],
      ['journal-entry J approved-by person A', '09:00'],
    ],
    finding: { of: 'journal-entry J', about: 'preparation and approval', since: '09:00', objects: ['person A'] },
  },
  {
    name: 'a journal that somebody else approves',
    said: [
      ['journal-entry J prepared-by person A', '08:00'],
      ['approval P granted-by person B', '09:00'],
      ['journal-entry J approved-by approval P', '09:00'],
    ],
  },
  {
    name: 'a credit limit raised, then the order under it released by the same person',
    said: [
      ['credit-limit L credit-limit-changed-by person A', '08:00'],
      ['sales-order O limited-by credit-limit L', '08:30'],
      ['sales-order O released-by person A', '09:00'],
    ],
    finding: {
      of: 'sales-order O',
      about: 'credit limit and release',
      since: '09:00',
      objects: ['person A', 'credit-limit L'],
    },
  },
  {
    name: 'an order released before its limit was raised',
    said: [
      ['sales-order O limited-by credit-limit L', '08:00'],
      ['sales-order O released-by person A', '09:00'],
      ['credit-limit L credit-limit-changed-by person A', '10:00'],
    ],
  },
  {
    name: 'duties pass on one step and no further, and not over other links',
    said: [
      ['bank-account N bank-details-changed-by person A', '08:00'],
      ['bank-account M paid-to bank-account N', '08:00'],
      ['payment Y paid-to bank-account M', '09:00'],
      ['payment Z books bank-account N', '09:00'],
      ['payment Y released-by person A', '10:00'],
      ['payment Z released-by person A', '10:00'],
    ],
  },
  {
    name: 'a duty is of people: a customer who requests and a system that approves have none',
    said: [
      ['contract C requested-by customer A', '08:00'],
      ['contract C approved-by customer A', '09:00'],
    ],
  },
];

const DUTIES_OF: Readonly<Record<string, readonly string[]>> = {
  'request and approval': ['requests', 'approves'],
  'preparation and approval': ['prepares', 'approves'],
  'bank details and release': ['changes-bank-details', 'releases'],
  'credit limit and release': ['changes-credit-limit', 'releases'],
};

describe('segregation of duties', () => {
  it.each(CASES)('$name', ({ said, finding }) => {
    const duties = DUTIES_OF[finding?.about ?? ''];
    expect(found(said)).toEqual(
      finding === undefined
        ? []
        : [
            {
              subjectId: finding.of,
              about: finding.about,
              since: at(finding.since),
              details: { duties, objectIds: finding.objects },
            },
          ],
    );
  });

  it('is between people: technical users break none', () => {
    const links = CASES[0]!.said.map(linkOf);
    expect(dutyFindings(links, (personId) => personId === 'person A')).toEqual([]);
    expect(dutyFindings(links, (personId) => personId === 'person B')).toHaveLength(1);
  });

  it('does not depend on the order of the links', () => {
    const lines = CASES.flatMap(({ said }, index) =>
      said.map(([text, time]): Line => [text.replace(/([A-Z])\b/g, `$1${index}`), time]),
    );
    const sorted = (all: readonly Line[]) =>
      found(all).sort((left, right) => (left.subjectId < right.subjectId ? -1 : 1));
    fc.assert(
      fc.property(fc.shuffledSubarray(lines), (some) => {
        const inOrder = lines.filter((line) => some.includes(line));
        expect(sorted(some)).toEqual(sorted(inOrder));
      }),
    );
    expect(found(lines)).toHaveLength(CASES.filter(({ finding }) => finding !== undefined).length);
  });
});
