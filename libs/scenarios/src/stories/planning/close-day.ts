import { periodKey } from '@throughline/lineage';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { financeEvent } from '../../wire-forms.js';
import { LEDGER } from './booking.js';
import { closedInTime, lateSubsidiary } from './booking-journeys.js';
import { BOOKED_AT, DE_CLOSE, SG_CLOSE, membersOf, untilBilled } from './booking-stories.js';

type PeriodEvent = 'opened' | 'reopened' | 'closing-started' | 'closed';

/** SAP: something happened to a period of the leading ledger, for one type of accounts or for all. */
export function periodTurned(
  { legalEntity, period, accountType }: { legalEntity: string; period: string; accountType?: string },
  what: PeriodEvent,
  at: string,
): ScenarioSignal {
  const key = periodKey({ legalEntity, ledger: LEDGER, period });
  return financeEvent(`accounting-period.${what}`, `${key}:${accountType ?? 'all'}:${at}`, at, {
    system: 'sap-s4hana',
    objects: [
      {
        type: 'accounting-period',
        keys: [{ kind: 'period', value: key }],
        legalEntity,
        attributes: { ledger: LEDGER, period, ...(accountType !== undefined && { accountType }) },
      },
    ],
  });
}

const APRIL_DE = { legalEntity: 'DE01', period: '2026-04' };
const APRIL_BR = { legalEntity: 'BR01', period: '2026-04' };

/** April in two entities: in one of them receivables close first and all of it on business day 3, in the other it stays in closing. */
export const PERIOD_SIGNALS: readonly ScenarioSignal[] = [
  periodTurned(APRIL_DE, 'opened', '2026-04-01T00:00:00Z'),
  periodTurned(APRIL_BR, 'opened', '2026-04-01T00:00:00Z'),
  periodTurned(APRIL_DE, 'closing-started', '2026-05-04T06:00:00Z'),
  periodTurned(APRIL_BR, 'closing-started', '2026-05-04T12:00:00Z'),
  periodTurned({ ...APRIL_DE, accountType: 'receivables' }, 'closed', '2026-05-05T10:30:00Z'),
  periodTurned(APRIL_DE, 'closed', '2026-05-06T16:00:00Z'),
];

type Times = [reachedAt: string, dueAt: string];

const closing = (number: string, recognisedAt: string, load: Times, close: Times): TransactionSummary => ({
  progress: load[0] === 'pending' ? 'running' : 'completed',
  members: membersOf(number),
  hubs:
    load[0] === 'pending'
      ? []
      : [`actuals-batch ACT-${number}`, `actuals-batch CLOSE-${number}`, `forecast-version FC-${number}`],
  milestones: {
    ...untilBilled(number),
    [`revenue-recognised 19${number}`]: recognisedAt,
    [`actuals-published 19${number}`]: load,
    [`actuals-published-for-close 19${number}`]: close,
  },
});

const IN_TIME = { de: '45003', sg: '45002' };
const LATE = { us: '45000', br: '45005' };

/** The close of April: two entities publish their actuals in time, one a day late, one not at all. */
export const closeDay: Story = {
  name: 'a close day with late subsidiaries',
  signals: [
    ...Object.values(IN_TIME).flatMap((number) => signalsOf(closedInTime, number, BOOKED_AT)),
    ...Object.values(LATE).flatMap((number) => signalsOf(lateSubsidiary, number, BOOKED_AT)),
    ...PERIOD_SIGNALS,
  ],
  expected: {
    transactions: {
      // Revenue of the close at 14:00 of business day 1, Monday, 4 May; its load within four hours.
      'bookings-to-plan BK-45003': closing(
        IN_TIME.de,
        '2026-05-04T14:00:00.000Z',
        ['2026-05-04T16:00:00.000Z', '2026-05-04T18:00:00.000Z'],
        ['2026-05-05T10:00:00.000Z', DE_CLOSE],
      ),
      'bookings-to-plan BK-45002': closing(
        IN_TIME.sg,
        '2026-05-04T14:00:00.000Z',
        ['2026-05-04T16:00:00.000Z', '2026-05-04T18:00:00.000Z'],
        ['2026-05-05T10:00:00.000Z', SG_CLOSE],
      ),
      // 1 May is a business day in the United States: day 2 is Monday, 4 May, which ends at 04:00 in UTC. It comes on day 3.
      'bookings-to-plan BK-45000': closing(
        LATE.us,
        '2026-05-01T14:00:00.000Z',
        ['2026-05-05T10:00:00.000Z', '2026-05-01T18:00:00.000Z'],
        ['2026-05-05T10:00:00.000Z', '2026-05-05T04:00:00.000Z'],
      ),
      // Midnight in São Paulo is 03:00 in UTC.
      'bookings-to-plan BK-45005': closing(
        LATE.br,
        '2026-05-04T14:00:00.000Z',
        ['pending', '2026-05-04T18:00:00.000Z'],
        ['pending', '2026-05-06T03:00:00.000Z'],
      ),
    },
    problems: [],
  },
  states: [
    // Of four hours less than a fifth, 48 minutes, is left from 17:12 on.
    { at: '2026-05-04T17:00:00.000Z', of: statesWith('RUNNING') },
    { at: '2026-05-04T17:15:00.000Z', of: statesWith('AT_RISK') },
    { at: '2026-05-06T03:01:00.000Z', of: statesWith('LATE') },
  ],
  pending: [{ line: 'whether an entity can close, by what of its actuals is missing', needs: 'completeness' }],
};

function statesWith(ofBrazil: 'RUNNING' | 'AT_RISK' | 'LATE') {
  return {
    'bookings-to-plan BK-45003': 'COMPLETED',
    'bookings-to-plan BK-45002': 'COMPLETED',
    'bookings-to-plan BK-45000': 'COMPLETED',
    'bookings-to-plan BK-45005': ofBrazil,
  } as const;
}
