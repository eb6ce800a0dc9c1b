import { type BusinessCalendar, MONDAY_TO_FRIDAY } from '../business-calendar.js';

/**
 * National bank holidays of Brazil (as ANBIMA counts business days): none is moved, Carnival Monday and Tuesday and
 * Corpus Christi are closed though they are no national holidays by law; Black Consciousness Day by law since 2024.
 */
export const BRAZIL: BusinessCalendar = {
  name: 'BR',
  title: 'Brazil, real',
  timeZone: 'America/Sao_Paulo',
  hours: [{ validFrom: '2002-01-01', weekdays: MONDAY_TO_FRIDAY, opens: '09:00', closes: '18:00' }],
  holidays: [
    { kind: 'fixed', name: 'Confraternização Universal', month: 1, day: 1, observance: 'as-is' },
    { kind: 'easter', name: 'Carnival Monday', offsetDays: -48 },
    { kind: 'easter', name: 'Carnival Tuesday', offsetDays: -47 },
    { kind: 'easter', name: 'Good Friday', offsetDays: -2 },
    { kind: 'fixed', name: 'Tiradentes', month: 4, day: 21, observance: 'as-is' },
    { kind: 'fixed', name: 'Labour Day', month: 5, day: 1, observance: 'as-is' },
    { kind: 'easter', name: 'Corpus Christi', offsetDays: 60 },
    { kind: 'fixed', name: 'Independence Day', month: 9, day: 7, observance: 'as-is' },
    { kind: 'fixed', name: 'Our Lady of Aparecida', month: 10, day: 12, observance: 'as-is' },
    { kind: 'fixed', name: "All Souls' Day", month: 11, day: 2, observance: 'as-is' },
    { kind: 'fixed', name: 'Republic Day', month: 11, day: 15, observance: 'as-is' },
    { kind: 'fixed', name: 'Black Consciousness Day', month: 11, day: 20, observance: 'as-is', since: 2024 },
    { kind: 'fixed', name: 'Christmas Day', month: 12, day: 25, observance: 'as-is' },
  ],
};
