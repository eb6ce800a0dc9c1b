import { type ActivityProblem, type Money } from '@throughline/canonical';
import type { DraftActivity, DraftKey, DraftObject } from './record-draft.js';

/** What takes a payment back: the payment, the entry that did it, and by which of its transactions. */
export type TakenBack = {
  payment: DraftObject;
  entry: DraftObject;
  amount: Money | undefined;
  /** The same as of a payment that is known by this entry alone. */
  key: DraftKey;
  problem: ActivityProblem;
};

/** Somebody has to look at it. */
export function paymentFailed({
  payment,
  entry,
  problem,
}: Pick<TakenBack, 'payment' | 'entry' | 'problem'>): DraftActivity {
  return { type: 'payment.failed', objects: [payment, { ...entry, qualifier: 'related' }], problem };
}

/** The money came back: what the payment had settled is open again, and the entry books the return, not the payment. */
export function paymentReturned({ payment, entry, amount, key }: TakenBack): DraftActivity {
  const taken: DraftObject = {
    ref: 'return',
    type: 'return',
    qualifier: 'downstream',
    keys: [key],
    amount,
    direction: entry.direction,
  };
  const from = payment.ref ?? 'payment';
  return {
    type: 'payment.returned',
    objects: [{ ...payment, ref: from }, taken, { ...entry, qualifier: 'related' }],
    links: [
      { from, to: 'return', qualifier: 'returns', amount },
      { from: 'return', to: 'entry', qualifier: 'books', amount },
    ],
  };
}

/** All that is said of payments that were taken back, after what is said of the entry itself. */
export function takenBackActivities(all: readonly TakenBack[]): DraftActivity[] {
  return [...all.map(paymentFailed), ...all.map(paymentReturned)];
}
