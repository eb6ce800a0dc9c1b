import { signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
import { signalsUntil } from '../../telling.js';
import { ownApproval } from './contract-journeys.js';
import { START, completed, membersOf, untilPlanned } from './contract-story.js';
import { payeeChange } from './payee-change.js';

/** The day before the directory speaks: two ids that nobody knows to be of one person. */
const twoUserIds: Story = {
  name: 'an approval by a user id of which nobody knows whose it is',
  signals: signalsUntil(ownApproval, '36000', START, '2026-08-24T12:00:00Z'),
  expected: {
    transactions: {
      'global-order-to-cash GC-36000': {
        progress: 'running',
        members: membersOf('36000', []),
        hubs: [],
        milestones: {
          ...untilPlanned('36000'),
          'invoice-posted 47360001/10': ['pending', '2026-08-25T16:00:00.000Z'],
          'invoice-posted 47360001/20': ['pending', '2026-09-22T16:00:00.000Z'],
          'invoice-posted 47360002/10': ['pending', '2026-09-01T10:00:00.000Z'],
          'evidence-captured': 'pending',
        },
      },
    },
    problems: [],
  },
};

/** Requested and approved by one person, whom two systems know under different user ids. */
const approverIsRequester: Story = {
  name: 'an approver who is the requester under another user id',
  signals: signalsOf(ownApproval, '36003', START),
  // It stops nothing: the contract goes its way.
  expected: { transactions: { 'global-order-to-cash GC-36003': completed('36003') }, problems: [] },
  findings: ['segregation-of-duties of contract GC-36003: request and approval'],
};

/** The bank details of a payee are changed, and the payment to it released, by one person. */
const payeeChangedAndPaid: Story = {
  name: 'a change of bank details and the release of the payment by one person',
  signals: signalsOf(payeeChange, '36100', START),
  expected: {
    transactions: {
      'procure-to-pay PO-SOD-36100': {
        progress: 'completed',
        members: ['payment PAY-SOD-36100', 'purchase-order PO-SOD-36100', 'supplier-invoice SI-SOD-36100'],
        hubs: [],
        milestones: {
          'order-approved': '2026-08-24T08:30:00.000Z',
          'supplier-invoice-posted SI-SOD-36100': '2026-08-26T07:30:00.000Z',
          // The invoice states no due date, so that nothing is due; sent an hour after the release of the fourth day.
          'payment-sent SI-SOD-36100': '2026-08-28T08:30:00.000Z',
        },
      },
    },
    problems: [],
  },
  lineage: [
    'purchase-order PO-SOD-36100 ─bills 18400.00 EUR→ supplier-invoice SI-SOD-36100',
    'supplier-invoice SI-SOD-36100 ─settles 18400.00 EUR→ payment PAY-SOD-36100',
    'bank-account PAYEE-36100 ─paid-to→ payment PAY-SOD-36100',
    // One person, called by the name that comes first in the order of the systems.
    'person sod.36100 ─released-by→ payment PAY-SOD-36100',
    'person sod.36100 ─bank-details-changed-by→ bank-account PAYEE-36100',
  ],
  findings: ['segregation-of-duties of payment PAY-SOD-36100: bank details and release'],
};

/** Duties that should be of two people and were of one. */
export const DUTY_STORIES: readonly Story[] = [twoUserIds, approverIsRequester, payeeChangedAndPaid];
