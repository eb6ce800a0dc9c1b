import { problemSignature } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { ProblemSummary, TransactionSummary } from '../../lineage-summary.js';
import type { Story, StoryState } from '../../story.js';
import { CONTRACT_VIOLATION } from './booking-signals.js';
import { PIPELINE_INTEGRATION, dailySnapshot, snapshotNotLoaded, snapshotOfOldModel, stageChange } from './pipeline.js';

/** Monday: the snapshots are those of Wednesday, 23 September, and taken three hours before six in the morning there. */
const START = '2026-09-21T09:00:00Z';

const snapshot = (
  number: string,
  milestones: TransactionSummary['milestones'],
  isLoaded = true,
): TransactionSummary => ({
  progress: isLoaded ? 'completed' : 'running',
  members: [`pipeline-snapshot PIPE-${number}`],
  hubs: isLoaded ? [`forecast-version FC-${number}`] : [],
  milestones,
});

function story(
  name: string,
  journey: Journey,
  number: string,
  transaction: TransactionSummary,
  states: readonly [at: string, state: StoryState][],
  problems: ProblemSummary[] = [],
): Story {
  const transactionName = `pipeline-to-plan PIPE-${number}`;
  return {
    name,
    signals: signalsOf(journey, number, START),
    expected: { transactions: { [transactionName]: transaction }, problems },
    states: states.map(([at, state]) => ({ at, of: { [transactionName]: state } })),
  };
}

const loadedInTime: Story = {
  ...story(
    'a snapshot of the pipeline that is loaded before six',
    dailySnapshot,
    '46002',
    // DE01: 06:00 in Berlin, in summer time, is 04:00 in UTC.
    snapshot('46002', {
      'snapshot-taken': '2026-09-23T01:00:00.000Z',
      'snapshot-loaded': ['2026-09-23T02:30:00.000Z', '2026-09-23T04:00:00.000Z'],
    }),
    [['2026-09-23T05:00:00.000Z', 'COMPLETED']],
  ),
  lineage: [
    'opportunity OPP-46002-1 ─gathers 90000.00 EUR→ pipeline-snapshot PIPE-46002',
    'opportunity OPP-46002-2 ─gathers 60000.00 EUR→ pipeline-snapshot PIPE-46002',
    'pipeline-snapshot PIPE-46002 ─feeds→ forecast-version FC-46002',
  ],
  pending: [{ line: 'pipeline count and amount by stage in planning against the CRM', needs: 'reconciliation' }],
};

const changedStage = story(
  'a stage change that is loaded within a quarter of an hour',
  stageChange,
  '46001',
  // It states no morning that it is due on: its clock is the quarter of an hour alone.
  snapshot('46001', {
    'snapshot-taken': '2026-09-21T09:00:00.000Z',
    'stage-change-loaded': ['2026-09-21T09:06:00.000Z', '2026-09-21T09:15:00.000Z'],
  }),
  [['2026-09-21T10:00:00.000Z', 'COMPLETED']],
);

const neverLoaded = story(
  'a snapshot of the pipeline that nobody loads',
  snapshotNotLoaded,
  '46003',
  // US01: 06:00 in New York is 10:00 in UTC.
  snapshot(
    '46003',
    {
      'snapshot-taken': '2026-09-23T07:00:00.000Z',
      'snapshot-loaded': ['pending', '2026-09-23T10:00:00.000Z'],
    },
    false,
  ),
  [
    ['2026-09-23T09:20:00.000Z', 'RUNNING'],
    // Of three hours less than a fifth, 36 minutes, is left from 09:24 on.
    ['2026-09-23T09:25:00.000Z', 'AT_RISK'],
    ['2026-09-23T10:01:00.000Z', 'LATE'],
  ],
);

const loadedLate = story(
  'a snapshot of the pipeline that is loaded at eight',
  snapshotNotLoaded,
  '46000',
  // BR01: 06:00 in São Paulo is 09:00 in UTC.
  snapshot('46000', {
    'snapshot-taken': '2026-09-23T06:00:00.000Z',
    'snapshot-loaded': ['2026-09-23T11:00:00.000Z', '2026-09-23T09:00:00.000Z'],
  }),
  [['2026-09-23T12:00:00.000Z', 'COMPLETED']],
);

const modelProblem = (number: string, lastOccurredAt: string, clearedAt: string | null): ProblemSummary => ({
  subject: `pipeline-snapshot PIPE-${number}`,
  hop: PIPELINE_INTEGRATION.morning,
  signature: problemSignature(CONTRACT_VIOLATION, { list: 'Stage' }),
  occurrences: 1,
  lastOccurredAt,
  clearedAt,
});

const refusedByModel = story(
  'a snapshot of the pipeline that a changed model refuses',
  snapshotOfOldModel,
  '47001',
  snapshot(
    '47001',
    {
      'snapshot-taken': '2026-09-23T01:00:00.000Z',
      'snapshot-loaded': ['pending', '2026-09-23T04:00:00.000Z'],
    },
    false,
  ),
  [['2026-09-23T03:00:00.000Z', 'BLOCKED']],
  [modelProblem('47001', '2026-09-23T02:00:02.000Z', null)],
);

const takenByModel = story(
  'a snapshot of the pipeline that the model takes at nine',
  snapshotOfOldModel,
  '47000',
  // SG01: 06:00 in Singapore is 22:00 in UTC, of the day before.
  snapshot('47000', {
    'snapshot-taken': '2026-09-22T19:00:00.000Z',
    'snapshot-loaded': ['2026-09-23T01:00:00.000Z', '2026-09-22T22:00:00.000Z'],
  }),
  [['2026-09-23T02:00:00.000Z', 'COMPLETED']],
  [modelProblem('47000', '2026-09-22T20:00:02.000Z', '2026-09-23T01:00:00.000Z')],
);

/** The pipeline as planning sees it, in the morning and on a stage change. */
export const PIPELINE_STORIES: readonly Story[] = [
  loadedInTime,
  changedStage,
  neverLoaded,
  loadedLate,
  refusedByModel,
  takenByModel,
];
