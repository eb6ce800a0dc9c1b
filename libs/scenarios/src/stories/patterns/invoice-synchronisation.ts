import { problemSignature } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { STORY_START, documentOf } from '../money/deal.js';
import { HOUR, MINUTE, Telling } from '../money/telling.js';

type Course = 'whole' | 'period-closed' | 'period-opened-again' | 'never-in-crm';

/** An invoice of the billing system on its way into the ERP, which knows it by a number of its own, and its status to the CRM. */
function synchronisation(code: string, share: number, course: Course): Journey {
  return {
    name: `patterns/invoice-synchronisation-${course}`,
    share,
    play(number, startsAt) {
      const key = { system: 'chargebee', kind: 'invoice-id', value: `INV-${code}${number}` };
      const invoice = documentOf(
        { legalEntity: 'DE01', customer: 'Lernplattform Nord GmbH' },
        'invoice',
        key,
        '240.00 EUR',
      );
      const inErp = { ...invoice, keys: [key, { ...key, system: 'netsuite', value: `NS-${code}${number}` }] };
      const telling = new Telling(startsAt).says(0, {
        system: 'chargebee',
        what: 'invoice.synchronisation-requested',
        to: invoice,
      });
      const isClosed = course.startsWith('period');
      if (isClosed) {
        telling.fails(6 * MINUTE, {
          system: 'netsuite',
          integration: 'billing-invoice-to-erp',
          what: 'invoice.posting-refused',
          to: invoice,
          problem: {
            code: 'business-control.posting-period-closed',
            discriminators: { period: '2026-08' },
            message: 'Period 2026-08 is closed for receivables',
          },
        });
      }
      if (course === 'period-closed') return telling.signals();
      const postedAt = isClosed ? 2 * HOUR : 6 * MINUTE;
      telling.says(postedAt, {
        system: 'netsuite',
        integration: 'billing-invoice-to-erp',
        what: 'invoice.posted',
        to: { ...invoice, keys: [inErp.keys[0]!, inErp.keys[1]!] },
      });
      if (course === 'never-in-crm') return telling.signals();
      return telling
        .says(postedAt + 14 * MINUTE, {
          system: 'salesforce',
          integration: 'erp-invoice-to-crm',
          what: 'invoice.synchronised',
          to: invoice,
        })
        .signals();
    },
  };
}

const [whole, closed, opened, unseen] = [
  synchronisation('PIW', 25, 'whole'),
  synchronisation('PIC', 2, 'period-closed'),
  synchronisation('PIO', 3, 'period-opened-again'),
  synchronisation('PIU', 2, 'never-in-crm'),
];

const of = (number: string, summary: Pick<TransactionSummary, 'progress' | 'milestones'>) => ({
  [`invoice-synchronisation INV-${number}`]: { members: [`invoice INV-${number}`], hubs: [], ...summary },
});

const requested = { 'synchronisation-requested': '2026-09-28T07:00:00.000Z' };
// A quarter of an hour of any day after 07:00.
const IN_ERP_DUE = '2026-09-28T07:15:00.000Z';

const periodProblem = (number: string, clearedAt: string | null) => ({
  subject: `invoice INV-${number}`,
  hop: 'billing-invoice-to-erp',
  signature: problemSignature('business-control.posting-period-closed', { period: '2026-08' }),
  occurrences: 1,
  lastOccurredAt: '2026-09-28T07:06:00.000Z',
  clearedAt,
});

export const INVOICE_SYNCHRONISATION_JOURNEYS: readonly Journey[] = [whole, closed, opened, unseen];

export const INVOICE_SYNCHRONISATION_STORIES: readonly Story[] = [
  {
    name: 'an invoice is synchronised',
    signals: signalsOf(whole, '0', STORY_START),
    expected: {
      transactions: of('PIW0', {
        progress: 'completed',
        milestones: {
          ...requested,
          'invoice-in-erp': ['2026-09-28T07:06:00.000Z', IN_ERP_DUE],
          'status-in-crm': ['2026-09-28T07:20:00.000Z', '2026-09-28T07:36:00.000Z'],
        },
      }),
      problems: [],
    },
  },
  {
    name: 'an invoice of a closed period',
    signals: signalsOf(closed, '0', STORY_START),
    expected: {
      transactions: of('PIC0', {
        progress: 'running',
        milestones: { ...requested, 'invoice-in-erp': ['pending', IN_ERP_DUE], 'status-in-crm': 'pending' },
      }),
      problems: [periodProblem('PIC0', null)],
    },
    states: [{ at: '2026-09-28T07:30:00.000Z', of: { 'invoice-synchronisation INV-PIC0': 'BLOCKED' } }],
  },
  {
    name: 'an invoice of a period that is opened again',
    signals: signalsOf(opened, '0', STORY_START),
    expected: {
      transactions: of('PIO0', {
        progress: 'completed',
        milestones: {
          ...requested,
          'invoice-in-erp': ['2026-09-28T09:00:00.000Z', IN_ERP_DUE],
          'status-in-crm': ['2026-09-28T09:14:00.000Z', '2026-09-28T09:30:00.000Z'],
        },
      }),
      problems: [periodProblem('PIO0', '2026-09-28T09:00:00.000Z')],
    },
  },
  {
    name: 'an invoice whose status never reaches the CRM',
    signals: signalsOf(unseen, '0', STORY_START),
    expected: {
      transactions: of('PIU0', {
        progress: 'running',
        milestones: {
          ...requested,
          'invoice-in-erp': ['2026-09-28T07:06:00.000Z', IN_ERP_DUE],
          'status-in-crm': ['pending', '2026-09-28T07:36:00.000Z'],
        },
      }),
      problems: [],
    },
    // Nothing failed. A fifth of half an hour is six minutes: at risk from 07:30 on.
    states: [
      { at: '2026-09-28T07:25:00.000Z', of: { 'invoice-synchronisation INV-PIU0': 'RUNNING' } },
      { at: '2026-09-28T07:32:00.000Z', of: { 'invoice-synchronisation INV-PIU0': 'AT_RISK' } },
      { at: '2026-09-28T07:40:00.000Z', of: { 'invoice-synchronisation INV-PIU0': 'LATE' } },
    ],
  },
];
