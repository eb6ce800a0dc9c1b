import { describe, expect, it } from '@jest/globals';
import { applicationDueAt, MINUTE_MS } from './business-clock.js';
import { latestCreditDueBy } from './late-credit.js';
import { LEGAL_ENTITIES } from './legal-entities.js';

const moments = [
  ['in the middle of a working day', '2026-11-18T14:07:00Z'],
  ['at night', '2026-11-18T02:30:00Z'],
  ['on a Sunday', '2026-11-22T12:00:00Z'],
  ['on Christmas Day', '2026-12-25T12:00:00Z'],
] as const;

describe.each(moments)('a bank credit whose rule runs out %s', (_, moment) => {
  it.each(LEGAL_ENTITIES.map((entity) => [entity.code, entity] as const))('is found for %s', (_code, entity) => {
    const wanted = Date.parse(moment);
    const { creditAt, dueAt } = latestCreditDueBy(entity, wanted);
    expect(dueAt).toBe(applicationDueAt(entity, creditAt));
    expect(creditAt).toBeLessThan(dueAt);
    expect(dueAt).toBeLessThanOrEqual(wanted);
    expect(applicationDueAt(entity, creditAt + 2 * MINUTE_MS)).toBeGreaterThan(wanted);
  });
});
