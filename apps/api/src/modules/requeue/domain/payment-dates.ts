import { localDateOf } from '@throughline/sla';

/** What stops the sending of something that moves money, once it has passed, until it is carried forward. */
export type PaymentDates = {
  /** The day on which it is to be executed, 2026-09-30; null = nobody said. */
  executionOn: string | null;
  /** Whose day that is: of its legal entity, else of that of its account, else of its currency. */
  timeZone: string;
  /** The earliest due time that is not kept yet, of ours or of the bank; null = none. */
  cutOffAt: Date | null;
};

/** What is sent of exceptions, where it is an order to pay by its form: the execution date that it states; null = none. */
export type Orders = ReadonlyMap<string, string | null>;

/** Which date has passed, in words; null = none. Of what moves no money there are no dates that stop it. */
export function passedDateOf(dates: PaymentDates | null, now: Date): string | null {
  if (dates === null) return null;
  const { executionOn, timeZone, cutOffAt } = dates;
  if (executionOn !== null && executionOn < localDateOf(now.toISOString(), timeZone)) {
    return `Its execution date ${executionOn} has passed`;
  }
  return cutOffAt !== null && cutOffAt <= now ? `Its cut-off of ${cutOffAt.toISOString()} has passed` : null;
}

/** Execution of transfers and collection of debits in ISO 20022, as XML or JSON; a date or a time of day. */
const EXECUTION_DATE = /(?<!\/(?:\w{1,20}:)?)Reqd(?:Exctn|Colltn)Dt[^0-9/,]{1,40}?(\d{4}-\d{2}-\d{2})/gi;

/** The execution date that an order to pay states; of several the earliest, null = none. */
export function executionDateIn(text: string): string | null {
  const [first = null] = [...text.matchAll(EXECUTION_DATE)].flatMap(([, date]) => date ?? []).sort();
  return first;
}
