import { type Money, type Uuid, compareMoney, zeroMoney } from '@throughline/canonical';
import { grouped } from './grouped.js';
import { sumByCurrency } from './impact.js';
import type { MoneyBalance } from './money-balances.js';
import type { Reopening } from './reopened.js';

/** How a customer pays: of its settled invoices, days from the due date to the payment, negative when early. */
export type PaymentHabit = {
  payments: number;
  /** The usual delay: the median. */
  medianDays: number;
  /** Half of its payments came within this many days of each other. */
  spreadDays: number;
};

/** What takes an invoice back whole, even where no link says so, until it is posted again. */
export const TAKES_INVOICE_BACK: readonly string[] = ['invoice.cancelled', 'invoice.reversed'];
/** What says that nothing more of an invoice is expected, whatever was seen of it, until a payment of it comes back. */
export const SETTLES_INVOICE: readonly string[] = [
  'invoice.paid',
  'invoice.cleared',
  'invoice.closed',
  'invoice.written-off',
];

/** An invoice that is not paid. */
export type OpenInvoice = {
  objectId: Uuid;
  key: string;
  legalEntity: string | null;
  region: string | null;
  counterparty: string | null;
  /** What is still to come; null = cannot be known. */
  open: Money | null;
  /** Net due date; null = the source said none. */
  dueOn: string | null;
  /** Open exceptions on it, or on what it follows from. */
  openExceptions: number;
  isDisputed: boolean;
  /** What had paid it and counts no more. */
  reopenedBy: readonly Reopening[];
};

/** What speaks against a date. */
export type ReceivableFlag =
  | Reopening
  | 'open-exception'
  | 'disputed'
  | 'overdue'
  | 'beyond-habit'
  | 'no-due-date'
  | 'no-history'
  | 'amount-unknown';

export type Confidence = 'high' | 'medium' | 'low';

/** One invoice with the day on which its money is expected. */
export type ExpectedReceipt = {
  invoice: OpenInvoice;
  /** Null = no due date, so no day. */
  expectedOn: string | null;
  confidence: Confidence;
  flags: ReceivableFlag[];
  habit: PaymentHabit | null;
};

/** Open amount of one entity, region, currency and day. */
export type ReceivableLine = {
  legalEntity: string | null;
  region: string | null;
  currency: string;
  expectedOn: string | null;
  open: Money;
  /** Of the open amount, by confidence. */
  byConfidence: Record<Confidence, Money>;
  flags: { flag: ReceivableFlag; invoices: number }[];
  receipts: ExpectedReceipt[];
};

/** Payments after which a habit is well known, and known at all. */
const WELL_KNOWN = 12;
const KNOWN = 4;
/** Days within which half of the payments fall, of a customer that can be counted on. */
const REGULAR_DAYS = 5;
const IRREGULAR_DAYS = 15;

const MS_PER_DAY = 86_400_000;

/**
 * What a customer still owes of an invoice: nothing once payments, credits and what explains the rest come to its amount within
 * the tolerance, or its source says that it is settled: what is missing then is a break, and no money that is expected, unless what
 * had settled it came back (`isReopened`). Null when it cannot be known.
 */
export function owedOf(balances: readonly MoneyBalance[], isReopened = false): Money | null {
  const own = balances.find(({ amount }) => amount !== null);
  const out = own?.sides.find(({ side }) => side === 'out');
  if (own === undefined || out?.standing === 'unknown' || out?.standing === 'no-rate') return null;
  const isOwed = out?.standing === 'open' || (isReopened && out?.standing === 'short');
  return isOwed ? out.residual : zeroMoney(own.currency);
}

/** The habit that delays in days show; null = none were seen. Depends on their set alone. */
export function paymentHabit(delays: readonly number[]): PaymentHabit | null {
  if (delays.length === 0) return null;
  const sorted = [...delays].sort((left, right) => left - right);
  // Nearest rank, so that every figure is a delay that was seen.
  const at = (share: number) => sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)]!;
  return { payments: sorted.length, medianDays: at(0.5), spreadDays: at(0.75) - at(0.25) };
}

/**
 * When the money of an invoice is expected: its net due date and the customer's usual delay, never before today. High
 * confidence needs a customer that is well known and regular, an open exception or a dispute makes it low.
 */
export function expectReceipt(invoice: OpenInvoice, habit: PaymentHabit | null, today: string): ExpectedReceipt {
  const usual = invoice.dueOn && addDays(invoice.dueOn, habit?.medianDays ?? 0);
  const isBeyondHabit = usual !== null && habit !== null && today > addDays(usual, habit.spreadDays);
  const flags: ReceivableFlag[] = [
    ...(invoice.openExceptions > 0 ? (['open-exception'] as const) : []),
    ...(invoice.isDisputed ? (['disputed'] as const) : []),
    ...invoice.reopenedBy,
    ...(invoice.dueOn !== null && invoice.dueOn < today ? (['overdue'] as const) : []),
    ...(isBeyondHabit ? (['beyond-habit'] as const) : []),
    ...(invoice.dueOn === null ? (['no-due-date'] as const) : []),
    ...(habit === null ? (['no-history'] as const) : []),
    ...(invoice.open === null ? (['amount-unknown'] as const) : []),
  ];
  const isDoubtful = flags.some((flag) => flag !== 'overdue' && flag !== 'no-history');
  return {
    invoice,
    expectedOn: usual === null ? null : usual < today ? today : usual,
    confidence: isDoubtful ? 'low' : confidenceIn(habit),
    flags,
    habit,
  };
}

function confidenceIn(habit: PaymentHabit | null): Confidence {
  if (habit === null || habit.payments < KNOWN || habit.spreadDays > IRREGULAR_DAYS) return 'low';
  return habit.payments >= WELL_KNOWN && habit.spreadDays <= REGULAR_DAYS ? 'high' : 'medium';
}

/** Lines by day, entity, region and currency; what has no day comes last. An unknown amount counts in no sum, and is flagged. */
export function receivableLines(receipts: readonly ExpectedReceipt[]): ReceivableLine[] {
  const groups = grouped(receipts, ({ invoice, expectedOn }) =>
    JSON.stringify([expectedOn ?? '9999-99-99', invoice.legalEntity, invoice.region, invoice.open?.currency ?? '']),
  );
  return [...groups]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, group]) => {
      const { invoice, expectedOn } = group[0]!;
      const currency = invoice.open?.currency;
      // Without an amount there is no currency either: such a line could not be added up.
      if (currency === undefined) return [];
      const sum = (of: readonly ExpectedReceipt[]) =>
        sumByCurrency(of.flatMap((each) => each.invoice.open ?? []))[0] ?? zeroMoney(currency);
      const withConfidence = (confidence: Confidence) => sum(group.filter((each) => each.confidence === confidence));
      return [
        {
          legalEntity: invoice.legalEntity,
          region: invoice.region,
          currency,
          expectedOn,
          open: sum(group),
          byConfidence: { high: withConfidence('high'), medium: withConfidence('medium'), low: withConfidence('low') },
          flags: [
            ...grouped(
              group.flatMap(({ flags }) => flags),
              (flag) => flag,
            ),
          ]
            .map(([flag, all]) => ({ flag: flag as ReceivableFlag, invoices: all.length }))
            .sort((left, right) => right.invoices - left.invoices || (left.flag < right.flag ? -1 : 1)),
          receipts: [...group].sort(largestFirst),
        },
      ];
    });
}

function largestFirst(left: ExpectedReceipt, right: ExpectedReceipt): number {
  return (
    compareMoney(right.invoice.open!, left.invoice.open!) || (left.invoice.objectId < right.invoice.objectId ? -1 : 1)
  );
}

/** Days from one date to another, negative when the second is earlier. */
export function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / MS_PER_DAY);
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10);
}
