/** The queues that work waits in, in the order in which they are listed. */
export const QUEUE_NAMES = [
  'payments',
  'cash-application',
  'billing-and-revenue',
  'tax',
  'credit',
  'approval',
  'master-data',
  'data-repair',
  'reconciliation',
  'platform',
  'unreadable',
] as const;

export type QueueName = (typeof QUEUE_NAMES)[number];

/** What can be done with an exception of a queue at all; the state and the rights of the person narrow it further. */
export const QUEUE_ACTS = [
  'requeue',
  'correct',
  'start',
  'put-back',
  'wait',
  'snooze',
  'resolve',
  'accept',
  'mark-duplicate',
  'assign',
  'move',
  'prioritise',
  'note',
] as const;

export type QueueAct = (typeof QUEUE_ACTS)[number];

export type Queue = {
  name: QueueName;
  title: string;
  /** What belongs there, in one sentence. */
  purpose: string;
  acts: readonly QueueAct[];
  /** When it is worked where nobody said otherwise: a calendar of libs/sla. */
  calendar: 'TARGET' | '24x7';
};

const EVERYWHERE: readonly QueueAct[] = [
  'start',
  'put-back',
  'wait',
  'snooze',
  'resolve',
  'mark-duplicate',
  'assign',
  'move',
  'prioritise',
  'note',
];

const QUEUES: Readonly<Record<QueueName, Omit<Queue, 'name'>>> = {
  payments: {
    title: 'Payments',
    purpose: 'Payments that a bank refused, returned or holds, or that miss their day.',
    // money that did not go out is never closed as it stands: it is sent, or cancelled where it was made
    acts: ['requeue', 'correct', ...EVERYWHERE],
    calendar: 'TARGET',
  },
  'cash-application': {
    title: 'Cash application',
    purpose: 'Receipts that pay no known invoice, or pay it with another amount.',
    acts: ['requeue', 'correct', 'accept', ...EVERYWHERE],
    calendar: 'TARGET',
  },
  'billing-and-revenue': {
    title: 'Billing and revenue',
    purpose: 'Invoices, credit memos, subscriptions and schedules that do not get to accounting as they should.',
    acts: ['requeue', 'correct', 'accept', ...EVERYWHERE],
    calendar: 'TARGET',
  },
  tax: {
    title: 'Tax',
    purpose: 'Tax codes and jurisdictions that are missing or contradict each other.',
    acts: ['requeue', 'correct', ...EVERYWHERE],
    calendar: 'TARGET',
  },
  credit: {
    title: 'Credit',
    purpose: 'Blocked accounts and exposures over their limit.',
    acts: ['requeue', 'accept', ...EVERYWHERE],
    calendar: 'TARGET',
  },
  approval: {
    title: 'Approval',
    purpose: 'Approvals that are missing, duties that one person held alone, controls that failed and holds.',
    // a missing approval is given where it belongs, never corrected in a message
    acts: ['requeue', ...EVERYWHERE],
    calendar: 'TARGET',
  },
  'master-data': {
    title: 'Master data',
    purpose: 'Customers, accounts, entities and mappings that one system does not know.',
    acts: ['requeue', 'correct', 'accept', ...EVERYWHERE],
    calendar: 'TARGET',
  },
  'data-repair': {
    title: 'Data repair',
    purpose: 'Documents with fields that are missing, wrong or twice there.',
    acts: ['requeue', 'correct', 'accept', ...EVERYWHERE],
    calendar: 'TARGET',
  },
  reconciliation: {
    title: 'Reconciliation',
    purpose: 'Counts, amounts, balances and statements that do not agree.',
    acts: ['requeue', 'accept', ...EVERYWHERE],
    calendar: 'TARGET',
  },
  platform: {
    title: 'Platform',
    purpose: 'Integrations that do not answer, refuse or come late.',
    acts: ['requeue', 'accept', ...EVERYWHERE],
    calendar: '24x7',
  },
  unreadable: {
    title: 'Unreadable',
    purpose: 'Signals and files that no mapping can read yet.',
    // there is nothing to send again: the mapping is mended, and what was kept is mapped again
    acts: ['accept', ...EVERYWHERE],
    calendar: '24x7',
  },
};

/** All queues, in order. */
export function allQueues(): Queue[] {
  return QUEUE_NAMES.map((name) => ({ name, ...QUEUES[name] }));
}

/** True for the name of a queue. */
export function isQueueName(name: string): name is QueueName {
  return (QUEUE_NAMES as readonly string[]).includes(name);
}

export function actsOfQueue(name: QueueName): readonly QueueAct[] {
  return QUEUES[name].acts;
}

/** Whether the queue knows the act; where an exception is in none, all of them. */
export function isActOfQueue(queue: QueueName | null, act: string): boolean {
  return queue === null || (QUEUES[queue].acts as readonly string[]).includes(act);
}

/** Title of a queue. */
export function queueTitle(name: QueueName): string {
  return QUEUES[name].title;
}
