import type { Direction, ObjectType } from '@throughline/canonical';
import { FINDING_HOPS, directionOf, type MoneyProgress, type Residual, type ResidualKind } from '@throughline/lineage';
import type { StatedProblem } from '../stated-problem.js';

/** The object of a rest. */
export type ResidualSubject = {
  objectId: string;
  type: ObjectType;
  key: string;
  legalEntity: string | null;
  counterparty: string | null;
  direction: Direction | null;
  firstOccurredAt: Date;
  progress: MoneyProgress;
};

const TAXONOMY: Readonly<Record<ResidualKind, string>> = {
  'short-payment': 'cash-and-payment.short-payment',
  'over-payment': 'cash-and-payment.over-payment',
  'duplicate-payment': 'cash-and-payment.duplicate-payment',
  'amount-mismatch': 'data-quality.amount-mismatch',
};

const DIFFERS_FROM: Readonly<Record<Residual['side'], string>> = {
  in: 'Amount differs from what it follows from',
  out: 'Amount differs from what follows from it',
  pair: 'Amount differs from the document of the other side',
};

/** Problems that say themselves which money is wrong: what they leave is not told once more. */
export const TELLING: readonly string[] = [
  ...Object.values(TAXONOMY),
  'cash-and-payment.unidentified-receipt',
  'data-quality.duplicate',
  'data-quality.price-mismatch',
  'mapping-and-master-data.currency-mismatch',
];

/** Problems without the rests of objects at which a rule tells which money is wrong, whichever of the two was looked at first. */
export function withoutToldRests<T extends { objectId: string; hop: string }>(
  problems: readonly T[],
  violations: readonly { objectId: string; taxonomy: string }[],
): T[] {
  const told = new Set(violations.filter(({ taxonomy }) => TELLING.includes(taxonomy)).map(({ objectId }) => objectId));
  return problems.filter(({ objectId, hop }) => hop !== FINDING_HOPS.money || !told.has(objectId));
}

/** A rest of money as an engine states it. */
export function residualProblem(residual: Residual, subject: ResidualSubject): StatedProblem {
  const since = residual.since === null ? subject.firstOccurredAt : new Date(residual.since);
  return {
    subject: { subjectId: subject.objectId, type: subject.type, key: subject.key },
    hop: FINDING_HOPS.money,
    taxonomy: TAXONOMY[residual.kind],
    // an object can differ on both of its sides
    discriminators: residual.kind === 'amount-mismatch' ? { side: residual.side } : {},
    headline: residual.kind === 'amount-mismatch' ? DIFFERS_FROM[residual.side] : null,
    message: messageOf(residual),
    amount: residual.amount,
    direction: directionOf(subject.type, subject.direction),
    legalEntity: subject.legalEntity,
    counterparty: subject.counterparty,
    occurrences: 1,
    since,
    lastOccurredAt: since,
  };
}

function messageOf({ kind, standing, amount, whole, flows }: Residual): string {
  const [rest, all, moved] = [amount, whole, flows].map((money) => `${money.amount} ${money.currency}`);
  if (kind === 'duplicate-payment') return `More than one payment pays the whole of it: ${rest} came once too often.`;
  switch (standing) {
    case 'open':
    case 'short':
      return `Of ${all} only ${moved} went on; ${rest} are missing, and nothing explains them.${
        standing === 'short' ? ' Its source says that nothing more is to come.' : ''
      }`;
    case 'over':
      return `Of ${all} there went on ${moved}: ${rest} too much.`;
    case 'unapplied':
      return `Documents explain ${moved} of ${all}; ${rest} are left.`;
    case 'overdrawn':
      return `It comes to ${all}, and ${moved} were taken for it: ${rest} too little.`;
    case 'unfounded':
      return `It says ${all}, and what it follows from ${moved}: ${rest} differ.`;
    default:
      return `It says ${all}, and the document of the other side ${moved}: ${rest} differ.`;
  }
}
