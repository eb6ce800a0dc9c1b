import { describe, expect, it } from '@jest/globals';
import type { ExceptionNarrowingInput } from './graphql/exception-narrowing.types.js';
import { readNarrowing } from './read-narrowing.js';

const NOW = new Date('2026-11-30T12:00:00Z');
const read = (filter: ExceptionNarrowingInput) => readNarrowing(filter, NOW);

describe('what narrows the inbox', () => {
  it('is nothing where nothing is said', () => {
    expect(read({ amountFrom: '', daysPastDueTo: null })).toEqual({
      priorities: null,
      integrations: null,
      regions: null,
      counterparties: null,
      postingPeriods: null,
      amount: null,
      ages: null,
      cutOffs: null,
      daysPastDue: null,
      isEscalated: null,
      isStatutory: null,
      isRecurring: null,
      isKnownError: null,
      at: NOW,
    });
  });

  it('is read in cents, names in lower case and each value once', () => {
    expect(
      read({ amountFrom: '1234.5', amountTo: ' 99999.999 ', counterparties: ['Ångström AB', 'Ångström AB'] }),
    ).toMatchObject({ amount: { from: '123450', to: '10000000' }, counterparties: ['ångström ab'] });
  });

  it('may be open on one side, and may lie ahead', () => {
    expect(read({ amountTo: '0', daysPastDueFrom: -7 })).toMatchObject({
      amount: { from: null, to: '0' },
      daysPastDue: { from: -7, to: null },
    });
  });

  it('narrows to nothing by an empty list', () => {
    expect(read({ ages: [], integrations: [] })).toMatchObject({ ages: [], integrations: [] });
  });

  it.each<[ExceptionNarrowingInput, string]>([
    [{ amountFrom: '1,5' }, 'filter.amountFrom must be decimal text'],
    [{ amountTo: '1e9' }, 'filter.amountTo must be decimal text'],
    [{ amountTo: '9'.repeat(16) }, 'filter.amountTo must be decimal text'],
    [{ postingPeriods: ['2026-13'] }, 'filter.postingPeriods must hold months'],
    [{ daysPastDueTo: 40_000 }, 'filter.daysPastDueTo must be from'],
    [{ counterparties: ['x'.repeat(301)] }, 'filter.counterparties may hold at most'],
    [{ integrations: ['a\u0000b'] }, 'filter.integrations may hold at most'],
  ])('%j is refused', (filter, message) => {
    expect(() => read(filter)).toThrow(message);
  });
});
