export {
  type BusinessCalendar,
  EVERY_DAY,
  MONDAY_TO_FRIDAY,
  type OpeningHours,
  type OpenWindow,
} from './business-calendar.js';
export {
  addBusinessDays,
  addBusinessDuration,
  businessDayOnOrAfter,
  businessMinutesBetween,
  businessMsBetween,
  holidaysOf,
  instantOfLocalTime,
  isBusinessDay,
  isOpen,
  localDateOf,
  nextBusinessDay,
  nthBusinessDayOfMonth,
} from './business-time.js';
export {
  type BusinessDurationRule,
  type CloseDayRule,
  type Commitment,
  type DueContext,
  type DueRule,
  LATEST_CLOSE_DAY,
  type LocalCutOffRule,
  type StatedDateRule,
  describeDueRule,
  allowedFrom,
  dueAt,
  isStatedDate,
  whyInvalidDueRule,
} from './due-rules.js';
export { durationInWords, durationMs } from './durations.js';
export { type Holiday, type HolidayRule, type IsoWeekday, type Observance } from './holiday-rules.js';
export { KNOWN_CALENDARS, calendarNamed, calendarOfCurrency, findCalendar } from './known-calendars.js';
export {
  MILESTONE_STATES,
  type MilestoneFacts,
  type MilestoneStanding,
  type MilestoneState,
  TRANSACTION_STATES,
  type TransactionState,
  milestoneState,
  transactionState,
} from './milestone-state.js';
export { type Month, monthAfter, monthOfPeriod } from './posting-periods.js';
export { type CalendarStretch, openStretches } from './open-stretches.js';
export {
  nextOpenDays,
  OWN_HOURS,
  ownCalendar,
  ownHoursProblems,
  type OpenDay,
  type OtherDay,
  type OwnHours,
  type WeeklyWindow,
} from './own-hours.js';
export {
  NO_LEGAL_ENTITY,
  type SlaReport,
  type SlaReportRow,
  type SlaRow,
  type SlaStanding,
  lateByMinutes,
  onTimeShare,
  slaReport,
  slaStanding,
} from './sla-report.js';
export {
  type MaintenancePlan,
  maintenanceAt,
  maintenanceTimes,
  mergedStretches,
  nextMaintenance,
  type Stretch,
  withoutStretches,
} from './maintenance-windows.js';
export { minutesOfDay } from './time-zones.js';
