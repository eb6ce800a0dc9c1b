import { type FinanceEventObject, problemSignature } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
import { STORY_START } from '../money/deal.js';
import { DAY, HOUR, MINUTE, Telling, moneyOfText } from '../money/telling.js';

type Ingestion = 'in-time' | 'late' | 'without-position';

/** 04:30 UTC of this day or the next: banks send the statement of a day early in the morning of the next. */
function untilMorning(startsAt: number): number {
  const morning = (4 * 60 + 30) * MINUTE;
  return (DAY + morning - (startsAt % DAY)) % DAY;
}

function ingestion(code: string, share: number, course: Ingestion): Journey {
  return {
    name: `patterns/bank-statement-${course}`,
    share,
    play(number, startsAt) {
      const telling = new Telling(startsAt);
      const arrivesAt = untilMorning(startsAt) + (course === 'late' ? 6 * HOUR : 0);
      const account = `DE01-EUR-${code}${number}`;
      const statement: FinanceEventObject = {
        type: 'bank-statement',
        keys: [{ system: 'kyriba', kind: 'statement-number', scope: account, value: `ST-${code}${number}` }],
        legalEntity: 'DE01',
        amount: moneyOfText('250000.00 EUR'),
        attributes: { closingDate: telling.dayAfter(arrivesAt - DAY) },
      };
      const position: FinanceEventObject = {
        type: 'cash-position',
        keys: [{ system: 'kyriba', kind: 'cash-position', scope: account, value: `POS-${code}${number}` }],
        legalEntity: 'DE01',
      };
      telling
        .says(arrivesAt, { system: 'kyriba', what: 'bank-statement.received', to: statement })
        .says(arrivesAt + 2 * MINUTE, {
          system: 'kyriba',
          integration: 'statement-balance-check',
          what: 'bank-statement.balance-checked',
          to: statement,
        });
      if (course === 'without-position') return telling.signals();
      return telling
        .says(arrivesAt + 10 * MINUTE, {
          system: 'kyriba',
          integration: 'statement-to-cash-position',
          what: 'cash-position.updated',
          to: position,
          links: [[statement, 'gathers', position]],
        })
        .signals();
    },
  };
}

const [inTime, late, unplaced] = [
  ingestion('PSW', 10, 'in-time'),
  ingestion('PSL', 2, 'late'),
  ingestion('PSP', 2, 'without-position'),
];

/** Tuesday 06:30 in Berlin. */
const MORNING = '2026-09-29T04:30:00Z';
// The statement of Monday is due on Tuesday at 07:00 in Berlin, the position that it feeds at 09:00 of the day on which it came.
const [STATEMENT_DUE, POSITION_DUE] = ['2026-09-29T05:00:00.000Z', '2026-09-29T07:00:00.000Z'];

type Exposure = 'whole' | 'without-rate' | 'rate-added';

/** An exposure in dollars is worked out anew, for which a rate of the day is needed. */
function exposure(code: string, share: number, course: Exposure): Journey {
  return {
    name: `patterns/exposure-update-${course}`,
    share,
    play(number, startsAt) {
      const fx: FinanceEventObject = {
        type: 'fx-exposure',
        keys: [{ system: 'kyriba', kind: 'exposure', value: `EURUSD-${code}${number}` }],
        legalEntity: 'DE01',
        amount: moneyOfText('150000.00 USD'),
      };
      const update = { system: 'kyriba', integration: 'fx-exposure-calculation', what: 'fx-exposure.updated', to: fx };
      const telling = new Telling(startsAt).says(0, {
        system: 'sap-s4hana',
        what: 'fx-exposure.update-requested',
        to: fx,
      });
      if (course === 'whole') return telling.says(25 * MINUTE, update).signals();
      telling.fails(10 * MINUTE, {
        ...update,
        what: 'fx-exposure.update-failed',
        problem: {
          code: 'mapping-and-master-data.missing-exchange-rate',
          discriminators: { pair: 'EUR/USD' },
          message: 'No rate of the day is known for EUR/USD',
        },
      });
      return (course === 'rate-added' ? telling.says(3 * HOUR, update) : telling).signals();
    },
  };
}

const [updated, rateless, rateAdded] = [
  exposure('PEW', 10, 'whole'),
  exposure('PER', 2, 'without-rate'),
  exposure('PEA', 3, 'rate-added'),
];

const exposureOf = (number: string, progress: string, updatedAt: string) => ({
  [`exposure-update EURUSD-${number}`]: {
    progress,
    members: [`fx-exposure EURUSD-${number}`],
    hubs: [],
    milestones: {
      'update-requested': '2026-09-28T07:00:00.000Z',
      // Monday 09:00 in Berlin and an hour.
      'exposure-updated': [updatedAt, '2026-09-28T08:00:00.000Z'] as [string, string],
    },
  },
});

const rateProblem = (number: string, clearedAt: string | null) => ({
  subject: `fx-exposure EURUSD-${number}`,
  hop: 'fx-exposure-calculation',
  signature: problemSignature('mapping-and-master-data.missing-exchange-rate', { pair: 'EUR/USD' }),
  occurrences: 1,
  lastOccurredAt: '2026-09-28T07:10:00.000Z',
  clearedAt,
});

export const TREASURY_PATTERN_JOURNEYS: readonly Journey[] = [inTime, late, unplaced, updated, rateless, rateAdded];

export const TREASURY_PATTERN_STORIES: readonly Story[] = [
  {
    name: 'a bank statement is taken in',
    signals: signalsOf(inTime, '0', MORNING),
    expected: {
      transactions: {
        'treasury-statement ST-PSW0': {
          progress: 'completed',
          members: ['bank-statement ST-PSW0'],
          hubs: ['cash-position POS-PSW0'],
          milestones: {
            'statement-received': ['2026-09-29T04:30:00.000Z', STATEMENT_DUE],
            'balance-checked': '2026-09-29T04:32:00.000Z',
            'cash-position-refreshed': ['2026-09-29T04:40:00.000Z', POSITION_DUE],
          },
        },
      },
      problems: [],
    },
    lineage: ['bank-statement ST-PSW0 ─gathers→ cash-position POS-PSW0'],
    money: {},
  },
  {
    name: 'a bank statement that comes late',
    signals: signalsOf(late, '0', MORNING),
    expected: {
      transactions: {
        'treasury-statement ST-PSL0': {
          progress: 'completed',
          members: ['bank-statement ST-PSL0'],
          hubs: ['cash-position POS-PSL0'],
          milestones: {
            'statement-received': ['2026-09-29T10:30:00.000Z', STATEMENT_DUE],
            'balance-checked': '2026-09-29T10:32:00.000Z',
            'cash-position-refreshed': ['2026-09-29T10:40:00.000Z', POSITION_DUE],
          },
        },
      },
      problems: [],
    },
    pending: [
      { line: 'the statement is missed at 07:00, before it has come', needs: 'completeness' },
      { line: 'the position of the account is stale until then', needs: 'freshness' },
    ],
  },
  {
    name: 'a bank statement whose position is not refreshed',
    signals: signalsOf(unplaced, '0', MORNING),
    expected: {
      transactions: {
        'treasury-statement ST-PSP0': {
          progress: 'running',
          members: ['bank-statement ST-PSP0'],
          hubs: [],
          milestones: {
            'statement-received': ['2026-09-29T04:30:00.000Z', STATEMENT_DUE],
            'balance-checked': '2026-09-29T04:32:00.000Z',
            'cash-position-refreshed': ['pending', POSITION_DUE],
          },
        },
      },
      problems: [],
    },
    // From 04:30 to 07:00 there are 2 h 30 min, of which a fifth is 30 min: at risk from 06:30 on.
    states: [
      { at: '2026-09-29T06:20:00.000Z', of: { 'treasury-statement ST-PSP0': 'RUNNING' } },
      { at: '2026-09-29T06:40:00.000Z', of: { 'treasury-statement ST-PSP0': 'AT_RISK' } },
      { at: '2026-09-29T07:10:00.000Z', of: { 'treasury-statement ST-PSP0': 'LATE' } },
    ],
  },
  {
    name: 'an exposure is updated',
    signals: signalsOf(updated, '0', STORY_START),
    expected: { transactions: exposureOf('PEW0', 'completed', '2026-09-28T07:25:00.000Z'), problems: [] },
  },
  {
    name: 'an exposure without a rate',
    signals: signalsOf(rateless, '0', STORY_START),
    expected: { transactions: exposureOf('PER0', 'running', 'pending'), problems: [rateProblem('PER0', null)] },
    states: [{ at: '2026-09-28T09:00:00.000Z', of: { 'exposure-update EURUSD-PER0': 'BLOCKED' } }],
  },
  {
    name: 'an exposure whose rate is added',
    signals: signalsOf(rateAdded, '0', STORY_START),
    expected: {
      transactions: exposureOf('PEA0', 'completed', '2026-09-28T10:00:00.000Z'),
      problems: [rateProblem('PEA0', '2026-09-28T10:00:00.000Z')],
    },
  },
];
