import type { SendingHoursInput } from '../../../gql/graphql.js';
import { limitsIn, onlyLimits, type LimitsDraft } from '../../../shared/sending/limits-draft.js';
import type { Settings } from './sending-documents.js';

export type WindowDraft = { id: number; weekdays: number[]; from: string; to: string };
export type CutOffDraft = { id: number; weekdays: number[]; at: string };

/** Settings as they stand in the fields. */
export type SendingDraft = {
  limits: LimitsDraft;
  verifyWithinMinutes: number | '';
  /** Empty = it is sent to at any time. */
  calendar: string;
  windows: WindowDraft[];
  cutOffs: CutOffDraft[];
};

const WORKING_DAYS = [1, 2, 3, 4, 5];

export const MOST_VERIFY_MINUTES = 129_600;

/** What is saved, as fields. */
export function draftOf({ target }: Settings): SendingDraft {
  const { hours, limits, verifyWithinMinutes } = target;
  return {
    limits: onlyLimits(limits),
    verifyWithinMinutes,
    calendar: hours?.calendar ?? '',
    windows: (hours?.windows ?? []).map((window, id) => ({ ...window, weekdays: [...window.weekdays], id })),
    cutOffs: (hours?.cutOffs ?? []).map((cutOff, id) => ({ ...cutOff, weekdays: [...cutOff.weekdays], id })),
  };
}

const nextId = (rows: readonly { id: number }[]) => Math.max(-1, ...rows.map(({ id }) => id)) + 1;

export function withWindow(draft: SendingDraft): SendingDraft {
  const row = { id: nextId(draft.windows), weekdays: WORKING_DAYS, from: '08:00', to: '18:00' };
  return { ...draft, windows: [...draft.windows, row] };
}

export function withCutOff(draft: SendingDraft): SendingDraft {
  const row = { id: nextId(draft.cutOffs), weekdays: WORKING_DAYS, at: '17:00' };
  return { ...draft, cutOffs: [...draft.cutOffs, row] };
}

const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** What is wrong with a time of day; undefined = nothing. */
export function timeFault(time: string): string | undefined {
  return TIME_OF_DAY.test(time) ? undefined : 'Such as 08:00';
}

type Wish = {
  limits: ReturnType<typeof onlyLimits>;
  verifyWithinMinutes: number;
  hours: SendingHoursInput | null;
};

/** What would be saved; undefined = some field has a fault. */
export function wishIn({ limits, verifyWithinMinutes, calendar, windows, cutOffs }: SendingDraft): Wish | undefined {
  const whole = limitsIn(limits);
  const minutes = verifyWithinMinutes;
  if (!whole || minutes === '' || minutes < 1 || minutes > MOST_VERIFY_MINUTES) return undefined;
  if (calendar === '') return { limits: whole, verifyWithinMinutes: minutes, hours: null };
  const times = [...windows.flatMap(({ from, to }) => [from, to]), ...cutOffs.map(({ at }) => at)];
  const hasDays = [...windows, ...cutOffs].every(({ weekdays }) => weekdays.length > 0);
  if (!hasDays || times.some((time) => timeFault(time) !== undefined)) return undefined;
  return {
    limits: whole,
    verifyWithinMinutes: minutes,
    hours: {
      calendar,
      windows: windows.map(({ weekdays, from, to }) => ({ weekdays, from, to })),
      cutOffs: cutOffs.map(({ weekdays, at }) => ({ weekdays, at })),
    },
  };
}
