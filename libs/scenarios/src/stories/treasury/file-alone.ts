import type { Story } from '../../story.js';
import { accountOf } from './bank-accounts.js';
import { mt940File } from './end-of-day-files.js';

const account = accountOf('US01', '511');

/**
 * Nothing but the file is known of a statement: neither whose account it is nor an amount. Its currency still says on which
 * days it is due, in the time zone of that currency: closed Friday 9 October, Monday is Columbus Day, so Tuesday 07:00 in New
 * York, 11:00 UTC. It comes at 11:30 UTC, 30 minutes late; the position is due at 09:00 of that day, 13:00 UTC.
 */
export const fileAlone: Story = {
  name: 'a statement of which nothing but the file is known',
  signals: [
    mt940File({
      account,
      number: '00511',
      openedOn: '2026-10-08',
      closedOn: '2026-10-09',
      opening: '1500.00',
      closing: '1250.00',
      entries: [{ amount: '250.00', side: 'D', reference: 'FA-511-1', text: 'OFFICE SUPPLIES' }],
      receivedAt: '2026-10-13T11:30:00.000Z',
    }),
  ],
  expected: {
    transactions: {
      'treasury-statement 00511 2026-10-09': {
        progress: 'running',
        members: ['bank-statement 00511 2026-10-09'],
        hubs: ['cash-position USD/2026-10-09/booked'],
        milestones: {
          'statement-received': ['2026-10-13T11:30:00.000Z', '2026-10-13T11:00:00.000Z'],
          'balance-checked': 'pending',
          'cash-position-refreshed': ['pending', '2026-10-13T13:00:00.000Z'],
        },
      },
    },
    problems: [],
  },
  lineage: [
    'bank-entry FA-511-1 ─gathers 250.00 USD→ bank-statement 00511 2026-10-09',
    'bank-statement 00511 2026-10-09 ─gathers→ cash-position USD/2026-10-09/booked',
  ],
  states: [
    // 13:00 less a fifth of the 90 minutes from 11:30 on is 12:42.
    { at: '2026-10-13T12:30:00.000Z', of: { 'treasury-statement 00511 2026-10-09': 'RUNNING' } },
    { at: '2026-10-13T12:45:00.000Z', of: { 'treasury-statement 00511 2026-10-09': 'AT_RISK' } },
    { at: '2026-10-13T13:30:00.000Z', of: { 'treasury-statement 00511 2026-10-09': 'LATE' } },
  ],
};
