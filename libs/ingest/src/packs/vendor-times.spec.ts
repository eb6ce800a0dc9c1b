import { describe, expect, it } from '@jest/globals';
import { readAnyDate, readAnyInstant } from './vendor-times.js';

describe('instants as vendors write them', () => {
  it.each<[unknown, string | undefined, string]>([
    ['2024-05-02T09:12:44Z', undefined, '2024-05-02T09:12:44.000Z'],
    ['2024-05-02T09:12:44.123456789+02:00', undefined, '2024-05-02T07:12:44.123Z'],
    ['2024-05-02T09:12:44.000+0000', undefined, '2024-05-02T09:12:44.000Z'],
    ['2024-05-02 09:12:44Z', undefined, '2024-05-02T09:12:44.000Z'],
    ['2024-05-02T09:15:00.4437291Z', undefined, '2024-05-02T09:15:00.443Z'],
    ['2024-05-02 09:12:44 UTC', undefined, '2024-05-02T09:12:44.000Z'],
    ['2024-05-02 09:12:44 GMT', undefined, '2024-05-02T09:12:44.000Z'],
    ['2024-05-02 11:12:44 +0200', undefined, '2024-05-02T09:12:44.000Z'],
    ['2024-05-02T11:12:44.5+02:00[Europe/Berlin]', undefined, '2024-05-02T09:12:44.500Z'],
    ['2024-05-02T09:12:44Z[UTC]', undefined, '2024-05-02T09:12:44.000Z'],
    ['2024-05-02T09:12:44,123Z', undefined, '2024-05-02T09:12:44.123Z'],
    ['2024-05-02 09:12:44,123', 'Europe/Berlin', '2024-05-02T07:12:44.123Z'],
    [1714641164, undefined, '2024-05-02T09:12:44.000Z'],
    ['1714641164', undefined, '2024-05-02T09:12:44.000Z'],
    [1714641164000, undefined, '2024-05-02T09:12:44.000Z'],
    [1714641164000123, undefined, '2024-05-02T09:12:44.000Z'],
    ['1714641164999999999', undefined, '2024-05-02T09:12:44.999Z'],
    ['/Date(1714641164000)/', undefined, '2024-05-02T09:12:44.000Z'],
    ['\\/Date(1714641164000+0000)\\/', undefined, '2024-05-02T09:12:44.000Z'],
    ['/Date(-1000)/', undefined, '1969-12-31T23:59:59.000Z'],
    ['20240502091244', undefined, '2024-05-02T09:12:44.000Z'],
    [20240502091244, undefined, '2024-05-02T09:12:44.000Z'],
    ['20240502T091244', undefined, '2024-05-02T09:12:44.000Z'],
    ['20240502', undefined, '2024-05-02T00:00:00.000Z'],
    ['2024-05-02', 'America/Sao_Paulo', '2024-05-02T03:00:00.000Z'],
    ['2024-05-02 09:12', 'Europe/Berlin', '2024-05-02T07:12:00.000Z'],
    ['2024-01-02T09:12:44.5', 'Europe/Berlin', '2024-01-02T08:12:44.500Z'],
    // The hour that daylight saving leaves out is moved forward, the one that it repeats is the first.
    ['2024-03-31 02:30', 'Europe/Berlin', '2024-03-31T01:30:00.000Z'],
    ['2024-10-27 02:30', 'Europe/Berlin', '2024-10-27T00:30:00.000Z'],
  ])('%j in %s is %s', (value, zone, expected) => {
    expect(readAnyInstant(value, zone ?? 'UTC')).toBe(expected);
  });

  it.each<[unknown]>([
    [undefined],
    [null],
    [''],
    [0],
    ['0'],
    ['00000000'],
    ['0001-01-01T00:00:00Z'],
    ['1900-01-01T00:00:00Z'],
    ['/Date(-2208988800000)/'],
    ['/Date(0)/'],
    ['1970-01-01'],
    ['9999-12-31T00:00:00Z'],
    ['2024-02-30'],
    ['2024-05-02 25:00'],
    ['yesterday'],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [{}],
  ])('%j is none', (value) => {
    expect(readAnyInstant(value, 'UTC')).toBeUndefined();
  });

  it('does not guess when the zone is none', () => {
    expect(readAnyInstant('2024-05-02 09:12', 'Mars/Olympus')).toBeUndefined();
  });
});

describe('dates as vendors write them', () => {
  it.each<[unknown, string | undefined, string]>([
    ['2024-05-02', undefined, '2024-05-02'],
    ['2024-05-02T23:59:00-05:00', undefined, '2024-05-02'],
    ['20240502', undefined, '2024-05-02'],
    [20240502, undefined, '2024-05-02'],
    ['/Date(1714608000000)/', undefined, '2024-05-02'],
    ['2/6/2023', 'MM/DD/YYYY', '2023-02-06'],
    ['13.02.2023', 'DD.MM.YYYY', '2023-02-13'],
    ['31/12/2023', 'DD/MM/YYYY', '2023-12-31'],
    ['240502', 'YYMMDD', '2024-05-02'],
    ['991231', 'YYMMDD', '1999-12-31'],
  ])('%j as %s is %s', (value, form, expected) => {
    expect(readAnyDate(value, form)).toBe(expected);
  });

  it.each<[unknown, string | undefined]>([
    [undefined, undefined],
    ['00000000', undefined],
    ['1900-01-01', undefined],
    ['30.02.2023', 'DD.MM.YYYY'],
    ['2/6', 'MM/DD/YYYY'],
    ['990230', 'YYMMDD'],
    ['soon', undefined],
  ])('%j as %s is none', (value, form) => {
    expect(readAnyDate(value, form)).toBeUndefined();
  });
});
