import { describe, expect, it } from '@jest/globals';
import { checkFourEyes, shippedFourEyes } from '../four-eyes-in-force.js';
import { SHIPPED_FOUR_EYES } from '../shipped-four-eyes.js';
import { limitOf } from './limits.js';
import { readFourEyes } from './read-four-eyes.js';

const definition = (rules: string, limits = '[]') =>
  `version: 1\nexpiresAfterHours: 24\nrules: ${rules}\nlimits: ${limits}\n`;

describe('a definition of who approves what', () => {
  it('ships, and can be read', () => {
    expect(shippedFourEyes().rules.length).toBeGreaterThan(0);
    expect(shippedFourEyes().rules.find(({ name }) => name === 'corrected')?.when.modes).toEqual(['corrected']);
  });

  it('says in how many business days an emergency is reviewed; one that does not, in two', () => {
    const read = (line: string) => readFourEyes(`version: 1\nexpiresAfterHours: 24\n${line}rules: []\nlimits: []\n`);
    expect(read('')).toMatchObject({ fourEyes: { reviewWithinBusinessDays: 2 } });
    expect(read('reviewWithinBusinessDays: 5\n')).toMatchObject({ fourEyes: { reviewWithinBusinessDays: 5 } });
    expect(read('reviewWithinBusinessDays: 0\n')).toMatchObject({ ok: false });
    expect(shippedFourEyes().reviewWithinBusinessDays).toBe(2);
  });

  it('takes its number when it is saved', () => {
    const checked = checkFourEyes(SHIPPED_FOUR_EYES, 7);
    expect(checked).toMatchObject({ ok: true, fourEyes: { version: 7 } });
    expect(checked.definition).toContain('version: 7\n');
  });

  it.each([
    [
      'an amount as a number',
      '[{ name: a, title: A, when: { amountFrom: 100.5 }, people: 2 }]',
      'rules.0.when.amountFrom',
    ],
    ['a negative amount', '[{ name: a, title: A, when: { amountFrom: "-1" }, people: 2 }]', 'rules.0.when.amountFrom'],
    ['one person', '[{ name: a, title: A, people: 1 }]', 'rules.0.people'],
    ['an unknown role', '[{ name: a, title: A, people: 2, role: boss }]', 'rules.0.role'],
    [
      'an unknown kind of object',
      '[{ name: a, title: A, when: { objectTypes: [thing] }, people: 2 }]',
      'rules.0.when.objectTypes',
    ],
    ['a condition nobody knows', '[{ name: a, title: A, when: { weekday: 1 }, people: 2 }]', 'rules.0.when'],
    [
      'activities of what is sent',
      '[{ name: a, title: A, when: { actions: [remap, resend], activitiesFrom: 5 }, people: 2 }]',
      'rules.0.when',
    ],
    [
      'closed periods of everything',
      '[{ name: a, title: A, when: { closedPeriods: true }, people: 2 }]',
      'rules.0.when',
    ],
    ['a mode nobody knows', '[{ name: a, title: A, when: { modes: [guessed] }, people: 2 }]', 'rules.0.when.modes'],
    [
      'modes of what takes no payload',
      '[{ name: a, title: A, when: { actions: [resend, compensate], modes: [corrected] }, people: 2 }]',
      'rules.0.when',
    ],
    ['the same name twice', '[{ name: a, title: A, people: 2 }, { name: a, title: B, people: 2 }]', 'rules'],
    ['no YAML', '[{', ''],
  ])('is refused with its place: %s', (_name, rules, place) => {
    const read = readFourEyes(definition(rules));
    expect(read.ok ? [] : read.problems).toEqual([expect.stringContaining(place)]);
  });

  it('is refused where a limit is of nobody, or of a role and a person', () => {
    expect(readFourEyes(definition('[]', '[{ perDay: "1" }]')).ok).toBe(false);
    expect(readFourEyes(definition('[]', '[{ role: approver, person: a@b.example, perDay: "1" }]')).ok).toBe(false);
  });
});

describe('the limit of a person', () => {
  const read = readFourEyes(
    definition(
      '[]',
      '[{ role: approver, perDay: "100.00" }, { role: controller, perDay: unlimited }, { person: low@b.example, perDay: "1.00" }]',
    ),
  );
  const limits = read.ok ? read.fourEyes.limits : [];

  it.each<[string, string, string[], bigint | null | undefined]>([
    ['of the role', 'a@b.example', ['approver'], 10_000n],
    ['of the highest role', 'a@b.example', ['approver', 'controller'], null],
    ['of the person, also where it is lower', 'Low@b.example', ['controller'], 100n],
    ['of nobody', 'a@b.example', ['analyst'], undefined],
  ])('%s', (_name, email, roles, perDay) => {
    expect(limitOf(limits, { email, roles })?.perDayMinor).toBe(perDay);
  });
});
