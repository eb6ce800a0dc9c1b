import type { HolidayRule, IsoWeekday } from './holiday-rules.js';

/** Local opening hours from a day on: "07:00" to "18:00" on these weekdays. A `closes` of "24:00" is midnight. */
export type OpeningHours = { validFrom: string; weekdays: readonly IsoWeekday[]; opens: string; closes: string };

/** Open from one local time to a later one of the same day; a `closes` of "24:00" is midnight. */
export type OpenWindow = { opens: string; closes: string };

/**
 * A business calendar as data: time zone, dated opening hours and dated holiday rules. `coveredFrom` and `coveredUntil`
 * bound the years whose announced (not computable) holidays are known; outside them only the rules apply.
 */
export type BusinessCalendar = {
  name: string;
  title: string;
  timeZone: string;
  hours: readonly OpeningHours[];
  holidays: readonly HolidayRule[];
  coveredFrom?: number;
  coveredUntil?: number;
  /** In place of `hours` where the week is not one of equal days: windows in order, by weekday. */
  windows?: ReadonlyMap<IsoWeekday, readonly OpenWindow[]>;
  /** Days with hours other than those of their weekday, also where they are holidays; without windows they are closed. */
  otherDays?: ReadonlyMap<string, readonly OpenWindow[]>;
};

const MONDAY_TO_FRIDAY: readonly IsoWeekday[] = [1, 2, 3, 4, 5];
const EVERY_DAY: readonly IsoWeekday[] = [1, 2, 3, 4, 5, 6, 7];

/** Weekdays of a Monday-to-Friday calendar, for calendars of one's own. */
export { EVERY_DAY, MONDAY_TO_FRIDAY };
