import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { periodKey, periodStandings } from './accounting-period.js';
import { type Said, saidOfObject } from './testing/said-of-object.js';

const did = (on: string, what: string, accountType?: string): Said => ({
  on,
  type: `accounting-period.${what}`,
  ...(accountType !== undefined && { says: { accountType } }),
});
const statesOf = (said: readonly Said[]) =>
  periodStandings(saidOfObject(said)).map(
    ({ accountType, state, since }) => `${accountType || 'all'} ${state} ${since.slice(0, 10)}`,
  );

describe('an accounting period per account type', () => {
  it.each<{ name: string; said: Said[]; states: string[] }>([
    { name: 'nothing said of it', said: [did('2026-10-01', 'changed')], states: [] },
    { name: 'opened', said: [did('2026-10-01', 'opened')], states: ['all open 2026-10-01'] },
    {
      name: 'receivables close first',
      said: [
        did('2026-10-01', 'opened'),
        did('2026-10-30', 'closing-started'),
        did('2026-11-01', 'closed', 'receivables'),
      ],
      states: ['all closing 2026-10-30', 'receivables closed 2026-11-01'],
    },
    {
      name: 'the close of all closes what is still open, and leaves what was closed before',
      said: [
        did('2026-10-01', 'opened', 'assets'),
        did('2026-11-01', 'closed', 'receivables'),
        did('2026-11-03', 'closed'),
      ],
      states: ['all closed 2026-11-03', 'assets closed 2026-11-03', 'receivables closed 2026-11-01'],
    },
    {
      name: 'reopened for one account type',
      said: [did('2026-11-03', 'closed'), did('2026-11-04', 'reopened', 'general-ledger')],
      states: ['all closed 2026-11-03', 'general-ledger open 2026-11-04'],
    },
    {
      name: 'a close that failed closed nothing',
      said: [did('2026-10-01', 'opened'), { ...did('2026-11-01', 'closed'), fails: true }],
      states: ['all open 2026-10-01'],
    },
    {
      name: 'a posting that names its period does not change it',
      said: [did('2026-11-01', 'closed'), { ...did('2026-11-02', 'opened'), inPassing: true }],
      states: ['all closed 2026-11-01'],
    },
  ])('$name', ({ said, states }) => {
    expect(statesOf(said)).toEqual(states);
  });

  it('does not depend on order or repetition', () => {
    const anySaid = fc.array(
      fc
        .tuple(
          fc.constantFrom('2026-10-01', '2026-10-02', '2026-10-03'),
          fc.constantFrom('opened', 'closing-started', 'closed', 'reopened'),
          fc.constantFrom(undefined, 'receivables', 'payables'),
        )
        .map(([on, what, accountType]) => did(on, what, accountType)),
      { maxLength: 8 },
    );
    const disordered = anySaid
      .map(saidOfObject)
      .chain((statements) =>
        fc.tuple(
          fc.constant(statements),
          fc.shuffledSubarray([...statements, ...statements], { minLength: statements.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(disordered, ([statements, disorder]) =>
        expect(periodStandings(disorder)).toEqual(periodStandings(statements)),
      ),
    );
  });

  it('is one object by entity, ledger and period, however it is written', () => {
    expect(periodKey({ legalEntity: 'de01', ledger: ' 0L', period: '2026-10' })).toBe('DE01/0L/2026-10');
  });
});
