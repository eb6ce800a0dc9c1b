import { describe, expect, it } from '@jest/globals';
import { reportWindow } from './report-window.js';

describe('the window of a report', () => {
  it.each([
    ['one day', '2026-09-04T12:00:00Z', [], 1, '2026-09-04', '2026-09-04'],
    ['days across a month', '2026-09-04T12:00:00Z', ['Europe/Berlin'], 14, '2026-08-22', '2026-09-04'],
    [
      'where it is tomorrow already',
      '2026-09-04T17:00:00Z',
      ['America/New_York', 'Asia/Singapore'],
      2,
      '2026-09-04',
      '2026-09-05',
    ],
    ['across a change of clocks', '2026-10-26T12:00:00Z', ['Europe/Berlin'], 3, '2026-10-24', '2026-10-26'],
  ])('%s', (_name, now, zones, days, from, to) => {
    expect(reportWindow(new Date(now), zones, days)).toEqual({ from, to });
  });
});
