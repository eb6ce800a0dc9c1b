import { describe, expect, it } from '@jest/globals';
import { assignByRule, type RuleAssignment, type Workers } from './rule-assignment.js';

const NOW = new Date('2026-09-29T08:00:00Z');
const UNTIL = new Date('2026-10-05T00:00:00Z');
const away = (personId: string, deputyId: string | null) => ({
  personId,
  deputyId,
  from: new Date('2026-09-28T00:00:00Z'),
  until: UNTIL,
});

/** Anna, Ben and Cleo may work, Dora may not; of the tax queue are Anna and Ben. */
function workers(...absences: ReturnType<typeof away>[]): Workers {
  const person = (name: string, mayWork = true) => ({ name, mayWork });
  return {
    people: new Map([
      ['anna', person('Anna')],
      ['ben', person('Ben')],
      ['cleo', person('Cleo')],
      ['dora', person('Dora', false)],
    ]),
    members: new Map([['tax', new Set(['anna', 'ben'])]]),
    absences,
  };
}

const given = (ownerId: string, ownerName: string, insteadOf: string | null = null) => ({
  ownerId,
  ownerName,
  insteadOf,
});
const nobody = (why: string) => ({ ownerId: null, why });

describe('what a rule routes to a person', () => {
  it.each<[string, string, 'tax' | 'payments', Workers, RuleAssignment]>([
    ['who is there gets it', 'anna', 'tax', workers(), given('anna', 'Anna')],
    ['of a queue without members whoever may work', 'cleo', 'payments', workers(), given('cleo', 'Cleo')],
    ['who is no member does not', 'cleo', 'tax', workers(), nobody('Cleo is no member of the queue Tax.')],
    ['who may not work does not', 'dora', 'payments', workers(), nobody('Dora may not work on exceptions.')],
    ['who left does not', 'gone', 'tax', workers(), nobody('The person whom the rule names is not here any more.')],
    ['for who is away the deputy', 'anna', 'tax', workers(away('anna', 'ben')), given('ben', 'Ben', 'Anna')],
    [
      'and the deputy of a deputy who is away too',
      'cleo',
      'payments',
      workers(away('cleo', 'anna'), away('anna', 'ben')),
      given('ben', 'Ben', 'Cleo'),
    ],
    [
      'not a deputy of another queue',
      'anna',
      'tax',
      workers(away('anna', 'cleo')),
      nobody('Anna is away until 2026-10-05, and whoever stands in cannot hold work of the queue Tax.'),
    ],
    [
      'nor one who may not work',
      'anna',
      'payments',
      workers(away('anna', 'dora')),
      nobody('Anna is away until 2026-10-05, and whoever stands in cannot hold work of the queue Payments.'),
    ],
    [
      'nobody where none is named',
      'anna',
      'tax',
      workers(away('anna', null)),
      nobody('Anna is away until 2026-10-05, and nobody stands in.'),
    ],
    [
      'nobody in a circle of people who are away',
      'anna',
      'tax',
      workers(away('anna', 'ben'), away('ben', 'anna')),
      nobody('Anna is away until 2026-10-05, and nobody stands in.'),
    ],
    [
      'the deputy does not heal a person who could not hold it',
      'cleo',
      'tax',
      workers(away('cleo', 'ben')),
      nobody('Cleo is no member of the queue Tax.'),
    ],
  ])('%s', (_name, personId, queue, those, expected) => {
    expect(assignByRule(personId, queue, those, NOW)).toEqual(expected);
  });

  it('is theirs again from the instant of being back', () => {
    expect(assignByRule('anna', 'tax', workers(away('anna', 'ben')), UNTIL)).toEqual(given('anna', 'Anna'));
  });
});
