import { describe, expect, it } from '@jest/globals';
import { type ToldClearing, keepClearings } from './kept-clearings.js';
import type { ProblemState } from './problems.js';
import { SHORT_WORKFLOW } from './testing/short-workflow.js';

const at = (time: string) => `2026-10-01T${time}:00.000Z`;

const problem = (more: Partial<ProblemState> = {}): ProblemState => ({
  objectId: 'object-1',
  hop: 'billing',
  signature: 'signature-1',
  taxonomy: 'data-quality.missing-field',
  discriminators: { field: 'taxCode' },
  message: 'The field taxCode is missing',
  integration: 'billing',
  occurrences: 1,
  firstOccurredAt: at('08:00'),
  lastOccurredAt: at('08:00'),
  lastActivityId: 'failure-1',
  clearedAt: null,
  clearedBy: null,
  ...more,
});

const told = (more: Partial<ToldClearing> = {}): ToldClearing => ({
  objectId: 'object-1',
  hop: 'billing',
  signature: 'signature-1',
  lastActivityId: 'failure-1',
  clearedAt: at('09:00'),
  clearedBy: 'proof-1',
  ...more,
});

describe('a problem whose workflow is left out', () => {
  it.each<[name: string, problem: ProblemState, told: ToldClearing[], clearedAt: string | null]>([
    ['stays overcome', problem(), [told()], at('09:00')],
    ['stays open where nothing was told', problem(), [], null],
    ['stays overcome at the very time of its failure', problem({ lastOccurredAt: at('09:00') }), [told()], at('09:00')],
    ['is there again once it failed since', problem({ lastOccurredAt: at('09:01') }), [told()], null],
    [
      'stays overcome where a failure before that is heard of late',
      problem({ lastOccurredAt: at('08:30'), lastActivityId: 'failure-2' }),
      [told()],
      at('09:00'),
    ],
    ['stays overcome where its object is named anew', problem({ objectId: 'object-2' }), [told()], at('09:00')],
    ['is not another of the same object', problem({ signature: 'signature-2' }), [told()], null],
    [
      'is not that of another object with a failure of its own',
      problem({ objectId: 'object-2', lastActivityId: 'failure-2' }),
      [told()],
      null,
    ],
  ])('%s', (_, one, before, clearedAt) => {
    expect(keepClearings([one], before, [])).toEqual([
      { ...one, clearedAt, clearedBy: clearedAt === null ? null : 'proof-1' },
    ]);
  });

  it('is told by its workflow alone once that is in force', () => {
    expect(keepClearings([problem()], [told()], [SHORT_WORKFLOW])).toEqual([problem()]);
  });
});
