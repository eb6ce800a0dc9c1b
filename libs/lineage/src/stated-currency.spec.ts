import { describe, expect, it } from '@jest/globals';
import type { ActivityObject } from '@throughline/canonical';
import { calendarsOf } from './calendar-of.js';
import { loadWorkflows } from './workflow-folder.js';
import { projectAll } from './projection.js';
import { activity, named } from './testing/activity-builder.js';

const calendarOf = calendarsOf([{ code: 'DE01', calendar: 'TARGET', timeZone: 'Europe/Berlin' }]);
const workflows = loadWorkflows().filter(({ name }) => name === 'treasury-statement');

/** When a statement of Friday 9 October 2026 is due; Monday the 12th is Columbus Day in the United States. */
function dueOf(stated: Partial<ActivityObject>): string | null | undefined {
  const received = activity({
    type: 'bank-statement.received',
    at: '2026-10-12T04:00:00.000Z',
    objects: [{ ...named('bank-statement', 'S'), ...stated }],
  });
  const { milestones } = projectAll([received], workflows, calendarOf);
  return milestones.find(({ name }) => name === 'statement-received')?.dueAt;
}

describe('a due time on the business days of a currency', () => {
  const closed = { closingDate: '2026-10-09' };
  const usd = { ...closed, currency: 'USD' };

  it.each<{ name: string; stated: Partial<ActivityObject>; dueAt: string }>([
    {
      name: 'that the object states, in the time zone of the currency as long as no entity is known: 07:00 in New York',
      stated: { attributes: usd },
      dueAt: '2026-10-13T11:00:00.000Z',
    },
    {
      name: 'that the object states, in the time zone of its entity: 07:00 in Berlin',
      stated: { attributes: usd, legalEntity: 'DE01' },
      dueAt: '2026-10-13T05:00:00.000Z',
    },
    {
      name: 'of its amount before what it states',
      stated: { attributes: usd, legalEntity: 'DE01', amount: { amount: '5.00', currency: 'EUR' } },
      dueAt: '2026-10-12T05:00:00.000Z',
    },
    {
      name: 'that no calendar is known for: those of the entity',
      stated: { attributes: { ...closed, currency: 'XXX' }, legalEntity: 'DE01' },
      dueAt: '2026-10-12T05:00:00.000Z',
    },
    {
      name: 'that nobody states: those of the entity',
      stated: { attributes: closed, legalEntity: 'DE01' },
      dueAt: '2026-10-12T05:00:00.000Z',
    },
  ])('$name', ({ stated, dueAt }) => {
    expect(dueOf(stated)).toBe(dueAt);
  });
});
