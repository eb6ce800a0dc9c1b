import { localDateOf } from '@throughline/sla';

/** What stops the sending of something that moves money, once it has passed, until it is carried forward. */
export type PaymentDates = {
  /** The day on which it is to be executed, 2026-09-30; null = nobody said. */
  executionOn: string | null;
  /** Whose day that is: of its legal entity, else of that of its account, else of its currency. */
  timeZone: string;
  /** Due times that are not kept yet, of ours or of the bank. */
  cutOffs: readonly Date[];
};

/** What is sent of exceptions, where it is an order to pay by its form: the execution date that it states; null = none. */
export type Orders = ReadonlyMap<string, string | null>;

/**
 * Which date has passed, in words; null = none. What had passed by the time that it was carried forward was accepted then, and nothing
 * that passes later. Of what moves no money there are no dates that stop it.
 */
export function passedDateOf(
  dates: PaymentDates | null,
  now: Date,
  carriedForwardAt: Date | null = null,
): string | null {
  if (dates === null) return null;
  const { executionOn, timeZone, cutOffs } = dates;
  const isOver = (day: string, at: Date) => day < localDateOf(at.toISOString(), timeZone);
  const wasAccepted = (hadPassedBy: (at: Date) => boolean) =>
    carriedForwardAt !== null && hadPassedBy(carriedForwardAt);
  if (executionOn !== null && isOver(executionOn, now) && !wasAccepted((at) => isOver(executionOn, at))) {
    return `Its execution date ${executionOn} has passed`;
  }
  const [missed] = cutOffs
    .filter((cutOff) => cutOff <= now && !wasAccepted((at) => cutOff <= at))
    .sort((left, right) => left.getTime() - right.getTime());
  return missed === undefined ? null : `Its cut-off of ${missed.toISOString()} has passed`;
}

/** Execution of transfers and collection of debits in ISO 20022, as XML or JSON; a date or a time of day. */
const EXECUTION_DATE = /(?<!\/(?:\w{1,20}:)?)Reqd(?:Exctn|Colltn)Dt[^0-9/,]{1,40}?(\d{4}-\d{2}-\d{2})/gi;

/** The execution date that an order to pay states; of several the earliest, null = none. */
export function executionDateIn(text: string): string | null {
  const [first = null] = [...text.matchAll(EXECUTION_DATE)].flatMap(([, date]) => date ?? []).sort();
  return first;
}
