import { describe, expect, it } from '@jest/globals';
import { legalEntityProblems, type LegalEntityStatement } from './legal-entity-rules.js';

const ENTITY: LegalEntityStatement = {
  code: 'FR01',
  name: 'Nordlicht France SAS',
  country: 'FR',
  currency: 'EUR',
  calendar: 'TARGET',
  timeZone: 'Europe/Paris',
};

describe('a legal entity', () => {
  it('is taken as stated', () => {
    expect(legalEntityProblems(ENTITY)).toEqual([]);
  });

  it.each<[string, Partial<LegalEntityStatement>, string]>([
    ['without a code', { code: '' }, 'code'],
    ['with a code that no system writes', { code: 'FR 01' }, 'code'],
    ['without a name', { name: ' ' }, 'name'],
    ['in a country by its name', { country: 'France' }, 'country'],
    ['in a currency that there is not', { currency: 'FRX' }, 'currency'],
    ['on a calendar that nobody keeps', { calendar: 'FR' }, 'calendar'],
    ['in a zone that there is not', { timeZone: 'Europe/Lyon' }, 'timeZone'],
  ])('%s is refused at its place', (_name, over, place) => {
    const problems = legalEntityProblems({ ...ENTITY, ...over });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([place]);
  });
});
