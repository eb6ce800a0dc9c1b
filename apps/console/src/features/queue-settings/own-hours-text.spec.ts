import { describe, expect, it } from '@jest/globals';
import { statedHours, typedHours, unreadableDay, windowsOf, windowsText } from './own-hours-text.js';

describe('hours of its own as they are typed', () => {
  it.each([
    ['', ''],
    ['closed', ''],
    ['08:00–12:00, 13:00–17:00', '08:00–12:00, 13:00–17:00'],
    ['8-12; 13:30 to 17', '08:00–12:00, 13:30–17:00'],
    ['0-24', '00:00–24:00'],
    ['0830-1715', '08:30–17:15'],
  ])('%s is read as %s', (typed, read) => {
    expect(windowsText(windowsOf(typed) ?? [{ opens: 'none', closes: 'none' }])).toBe(read);
  });

  it.each(['morning', '8', '8-', '08:00-12:60', '8-12,'])('%s is no time', (typed) => {
    expect(windowsOf(typed)).toBeUndefined();
  });

  it('come back as they were', () => {
    const own = {
      timeZone: 'Asia/Tokyo',
      holidays: 'SG',
      weekly: [
        { weekday: 1, opens: '08:00', closes: '12:00' },
        { weekday: 1, opens: '13:00', closes: '17:00' },
        { weekday: 7, opens: '00:00', closes: '24:00' },
      ],
      days: [
        { date: '2026-12-24', windows: [] },
        { date: '2026-12-31', windows: [{ opens: '08:00', closes: '10:00' }] },
      ],
    };
    expect(statedHours(typedHours(own, 'UTC'))).toEqual(own);
    expect(typedHours(own, 'UTC').days).toBe('2026-12-24 closed\n2026-12-31 08:00–10:00');
  });

  it('name the day that says nothing', () => {
    expect(unreadableDay('2026-12-24 closed\n\nChristmas closed')).toBe('Christmas closed');
    expect(unreadableDay('2026-12-24\n2026-12-31 8-10')).toBeUndefined();
    expect(statedHours({ ...typedHours(null, 'UTC'), days: 'Christmas' })).toBeUndefined();
  });
});
