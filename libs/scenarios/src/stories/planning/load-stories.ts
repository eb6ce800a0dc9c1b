import { problemSignature } from '@throughline/canonical';
import type { ProblemSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { PLAN_INTEGRATION } from './booking.js';
import { missingDimension, modelChanged, newProduct } from './booking-journeys.js';
import { CONTRACT_VIOLATION, MISSING_COST_CENTER, MISSING_FIELD } from './booking-signals.js';
import { DE_CLOSE, SG_CLOSE, bookingStory, membersOf, recognised } from './booking-stories.js';

const loadedHubs = (number: string) => [`actuals-batch ACT-${number}`, `forecast-version FC-${number}`];

const refused = (number: string, signature: string, clearedAt: string | null): ProblemSummary => ({
  subject: `journal-entry 19${number}`,
  hop: PLAN_INTEGRATION.actuals,
  signature,
  occurrences: 1,
  // The load at noon; its span ends 2 s after it began.
  lastOccurredAt: '2026-04-28T12:00:02.000Z',
  clearedAt,
});

const unmappedProduct = (number: string) => problemSignature(MISSING_COST_CENTER, { product: `DRIVE-NEW-${number}` });

const productUnmapped = bookingStory(
  'a new product that is mapped to no cost center',
  newProduct,
  '42001',
  {
    progress: 'running',
    members: membersOf('42001'),
    hubs: [],
    milestones: recognised('42001', 'pending', ['pending', SG_CLOSE]),
  },
  [refused('42001', unmappedProduct('42001'), null)],
  [['2026-04-28T12:10:00.000Z', 'BLOCKED']],
);

const productMapped = bookingStory(
  'a new product that is mapped in the afternoon',
  newProduct,
  '42002',
  {
    progress: 'completed',
    members: membersOf('42002'),
    hubs: loadedHubs('42002'),
    milestones: recognised('42002', '2026-04-28T20:05:00.000Z', ['pending', DE_CLOSE]),
  },
  [refused('42002', unmappedProduct('42002'), '2026-04-28T20:05:00.000Z')],
  [['2026-04-28T21:00:00.000Z', 'COMPLETED']],
);

const WITHOUT_CHANNEL = problemSignature(MISSING_FIELD, { dimension: 'channel' });

const channelMissing = bookingStory(
  'actuals without a channel',
  missingDimension,
  '43000',
  {
    progress: 'running',
    members: membersOf('43000'),
    hubs: [],
    milestones: recognised('43000', 'pending', ['pending', SG_CLOSE]),
  },
  [refused('43000', WITHOUT_CHANNEL, null)],
  [['2026-04-28T12:10:00.000Z', 'BLOCKED']],
);

const channelAdded = bookingStory(
  'actuals to which the channel is added',
  missingDimension,
  '43001',
  {
    progress: 'completed',
    members: membersOf('43001'),
    hubs: loadedHubs('43001'),
    milestones: recognised('43001', '2026-04-28T16:05:00.000Z', ['pending', DE_CLOSE]),
  },
  [refused('43001', WITHOUT_CHANNEL, '2026-04-28T16:05:00.000Z')],
  [['2026-04-28T17:00:00.000Z', 'COMPLETED']],
);

const modelProblem = (number: string, clearedAt: string | null): ProblemSummary => ({
  subject: `actuals-batch ACT-${number}`,
  hop: PLAN_INTEGRATION.actuals,
  signature: problemSignature(CONTRACT_VIOLATION, { list: 'Channel' }),
  // The loads at 12:00 and at 16:00.
  occurrences: 2,
  lastOccurredAt: '2026-04-28T16:00:02.000Z',
  clearedAt,
});

const loadsRefused = bookingStory(
  'a changed model of planning that refuses every load',
  modelChanged,
  '44004',
  {
    progress: 'running',
    members: membersOf('44004'),
    hubs: ['actuals-batch ACT-44004'],
    milestones: recognised('44004', 'pending', ['pending', DE_CLOSE]),
  },
  [modelProblem('44004', null)],
  // The problem stands at the load, a hub of thousands, to which the booking is linked only: the booking itself is late.
  [
    // Of four hours less than a fifth, 48 minutes, is left from 11:42 on.
    ['2026-04-28T12:10:00.000Z', 'AT_RISK'],
    ['2026-04-28T17:00:00.000Z', 'LATE'],
  ],
);

const loadsTakenAgain = bookingStory(
  'a changed model of planning that takes loads again',
  modelChanged,
  '44000',
  {
    progress: 'completed',
    members: membersOf('44000'),
    hubs: loadedHubs('44000'),
    milestones: recognised('44000', '2026-04-29T12:05:00.000Z', ['pending', DE_CLOSE]),
  },
  [modelProblem('44000', '2026-04-29T12:05:00.000Z')],
  [['2026-04-29T13:00:00.000Z', 'COMPLETED']],
);

/** Actuals that planning does not take, each left as it is and mended later. */
export const LOAD_STORIES: readonly Story[] = [
  productUnmapped,
  productMapped,
  channelMissing,
  channelAdded,
  loadsRefused,
  loadsTakenAgain,
];
