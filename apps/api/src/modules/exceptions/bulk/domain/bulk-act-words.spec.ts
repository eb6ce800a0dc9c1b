import { expect, it } from '@jest/globals';
import { bulkActWords } from './bulk-act-words.js';
import type { BulkAct } from './bulk-act.js';

const UNTIL = new Date('2026-10-01T08:00:00Z');
const PERIOD = { kind: 'posting-period-open', legalEntity: 'DE01', period: '2026-10' } as const;

it.each<[BulkAct, string]>([
  [{ kind: 'ASSIGN', ownerId: 'a' }, 'Assign to Anna Analyst'],
  [{ kind: 'HAND_BACK' }, 'Hand back to the queue'],
  [{ kind: 'MOVE', queue: 'tax' }, 'Move to Tax'],
  [{ kind: 'PRIORITISE', band: 'P1' }, 'Priority P1'],
  [{ kind: 'PRIORITISE', band: null }, 'Priority as rated'],
  [{ kind: 'SNOOZE', until: UNTIL, isUntilNextOccurrence: true }, 'Snooze until 2026-10-01 08:00 UTC'],
  [{ kind: 'SNOOZE', until: null, isUntilNextOccurrence: true }, 'Snooze until it fails again'],
  [{ kind: 'START' }, 'Take in hand'],
  [{ kind: 'PUT_BACK' }, 'Put back'],
  [
    { kind: 'WAIT', waitReason: 'bank', terms: { until: UNTIL, predicate: null, expiresAt: UNTIL } },
    'Wait: The bank answers, until 2026-10-01 08:00 UTC',
  ],
  [
    { kind: 'WAIT', waitReason: 'posting-period', terms: { until: null, predicate: PERIOD, expiresAt: UNTIL } },
    'Wait: The posting period opens, for posting period 2026-10 of DE01, until 2026-10-01 08:00 UTC',
  ],
  [{ kind: 'RESOLVE' }, 'Resolve: corrected at the source'],
  [{ kind: 'NOTE' }, 'Note'],
  [{ kind: 'ACCEPT', reasonCode: 'immaterial' }, 'Close without correction: Too small to pursue'],
  [{ kind: 'REROUTE' }, 'Apply the routing rules'],
  [{ kind: 'APPROVE_ACCEPTANCES', ofActId: 'a' }, 'Approve closing without correction'],
  [{ kind: 'REJECT_ACCEPTANCES', ofActId: 'a' }, 'Refuse closing without correction'],
  [{ kind: 'WITHDRAW_ACCEPTANCES', ofActId: 'a' }, 'Withdraw the request to close without correction'],
])('%j in words', (act, words) => {
  expect(bulkActWords(act, 'Anna Analyst')).toBe(words);
});
