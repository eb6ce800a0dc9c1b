import {
  addBusinessDays,
  businessDayOnOrAfter,
  calendarNamed,
  calendarOfCurrency,
  instantOfLocalTime,
  localDateOf,
} from '@throughline/sla';
import { STORY_ENTITIES } from '../../story.js';
import type { BankAccount } from './bank-accounts.js';

/** A day of an account, and when its bank sends the statement: early on the next business day of its currency. */
export type BankDay = { openedOn: string; closingDate: string; receivedAt: string };

/** Local time at which banks send: well before the statement is due. */
const SENT_AT = '06:20';

/** The day of an account in whose course an instant lies, or the next business day; `later` so many business days later. */
export function bankDay(account: BankAccount, at: number, later = 0): BankDay {
  const calendar = calendarOfCurrency(account.currency) ?? calendarNamed('TARGET');
  const timeZone = STORY_ENTITIES.find(({ code }) => code === account.legalEntity)?.timeZone ?? calendar.timeZone;
  const first = businessDayOnOrAfter(calendar, localDateOf(new Date(at).toISOString(), timeZone));
  const closingDate = later === 0 ? first : addBusinessDays(calendar, first, later);
  return {
    openedOn: addBusinessDays(calendar, closingDate, -1),
    closingDate,
    receivedAt: instantOfLocalTime(addBusinessDays(calendar, closingDate, 1), SENT_AT, timeZone),
  };
}
