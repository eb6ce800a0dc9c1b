import { describe, expect, it } from '@jest/globals';
import {
  dueWords,
  isAwaited,
  milestoneColumns,
  milestoneSummary,
  prepareMilestones,
  reachedWords,
  type MilestoneFact,
} from './prepare-milestones.js';

function fact(name: string, position: number, more: Partial<MilestoneFact> = {}): MilestoneFact {
  return { name, title: name.replace('-', ' '), position, state: 'PENDING', ruleKind: 'none', ...more };
}

const FACTS = [
  fact('payment-applied', 4, {
    state: 'REACHED',
    reachedAt: '2026-11-20T10:00:00Z',
    dueAt: '2026-11-20T11:00:00Z',
    ruleKind: 'service',
  }),
  fact('payment-applied', 4, { state: 'OVERDUE', dueAt: '2026-11-20T09:00:00Z', ruleKind: 'service' }),
  fact('cash-position', 4),
  fact('contract-approved', 0, { state: 'REACHED', reachedAt: '2026-11-19T10:00:00Z' }),
];

describe('milestones', () => {
  it('are one step per name, and show the worst of their objects', () => {
    const steps = prepareMilestones(FACTS);
    expect(steps.map((step) => [step.name, step.state, step.reachedCount, step.totalCount])).toEqual([
      ['contract-approved', 'REACHED', 1, 1],
      ['cash-position', 'PENDING', 0, 1],
      ['payment-applied', 'OVERDUE', 1, 2],
    ]);
  });

  it('shows the due time that is still open', () => {
    expect(prepareMilestones(FACTS)[2]?.dueAt).toBe('2026-11-20T09:00:00Z');
  });

  describe('that are optional', () => {
    const optional = (state: string) => fact('order-released', 2, { state, isRequired: false });
    const steps = (state: string) =>
      prepareMilestones([
        fact('order-accepted', 1, { state: 'REACHED', reachedAt: '2026-11-19T10:00:00Z' }),
        optional(state),
      ]);

    it('are told apart, and say so when they were skipped', () => {
      expect(steps('SKIPPED')[1]).toMatchObject({
        state: 'SKIPPED',
        isOptional: true,
        skippedCount: 1,
        reachedCount: 0,
      });
      expect(reachedWords(steps('SKIPPED'))).toBe('1 of 2 reached, 1 skipped');
      expect(milestoneSummary(steps('SKIPPED'))).toBe(
        '1 of 2 milestones reached, 1 skipped; nothing that is required still waits.',
      );
    });

    it('are waited for by nobody, also while they are to come', () => {
      expect(steps('PENDING').map(isAwaited)).toEqual([false, false]);
      expect(prepareMilestones(FACTS).map(isAwaited)).toEqual([false, true, true]);
    });
  });

  it('puts what stands side by side into one column', () => {
    expect(milestoneColumns(prepareMilestones(FACTS)).map((column) => column.length)).toEqual([1, 2]);
  });

  it('says in a sentence what still waits', () => {
    expect(milestoneSummary(prepareMilestones(FACTS))).toBe(
      '1 of 3 milestones reached; cash position and payment applied still wait.',
    );
  });

  it.each([
    [{ reachedAt: undefined, reachedCount: 0 }, '2026-11-20T08:12:00Z', '48 min left'],
    [{ reachedAt: undefined, reachedCount: 0 }, '2026-11-20T11:05:00Z', '2 h 5 min over'],
    [{ reachedAt: '2026-11-20T07:50:00Z', reachedCount: 1 }, '2026-11-21T00:00:00Z', '1 h 10 min early'],
    [{ reachedAt: '2026-11-20T09:30:00Z', reachedCount: 1 }, '2026-11-21T00:00:00Z', '30 min late'],
  ])('%j seen at %s is %s', (reached, now, words) => {
    expect(dueWords({ dueAt: '2026-11-20T09:00:00Z', totalCount: 1, ...reached }, new Date(now))).toBe(words);
  });
});
