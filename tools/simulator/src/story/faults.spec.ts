import { describe, expect, it } from '@jest/globals';
import { applicationOf, meetsMissingMapping, USUAL_FAULT_PERCENT } from './faults.js';

const usual = { seed: 'seed', percent: USUAL_FAULT_PERCENT };
const sequences = Array.from({ length: 13_300 }, (_, index) => index);
const isFault = (rate: { seed: string; percent: number }, sequence: number) =>
  meetsMissingMapping(rate, sequence) || applicationOf(rate, sequence) !== 'on-time';
const shareOf = (rate: { seed: string; percent: number }) =>
  (sequences.filter((sequence) => isFault(rate, sequence)).length / sequences.length) * 100;

describe('faults', () => {
  it.each([USUAL_FAULT_PERCENT, 2, 4, 14, 50])('are met by the stated share of the orders: %d %%', (percent) => {
    expect(Math.abs(shareOf({ seed: 'seed', percent }) - percent)).toBeLessThan(0.3);
  });

  it.each([
    [0, 0],
    [100, 100],
  ])('can be turned off, or met by all: %d %%', (percent, share) => {
    expect(shareOf({ seed: 'seed', percent })).toBe(share);
  });

  it('come in bursts, between which nothing fails', () => {
    const faults = sequences.filter((sequence) => isFault(usual, sequence));
    const gaps = faults.slice(1).map((sequence, index) => sequence - (faults[index] ?? 0));
    expect(gaps.filter((gap) => gap < 10).length / gaps.length).toBeGreaterThan(0.7);
    expect(Math.max(...gaps)).toBeGreaterThan(100);
  });

  it('do not always fall on the same place', () => {
    const places = sequences.filter((sequence) => isFault(usual, sequence)).map((sequence) => sequence % 133);
    expect(new Set(places).size).toBeGreaterThan(60);
  });

  it('are one in four a payment that is late or never applied, by turns', () => {
    const applications = sequences.map((sequence) => applicationOf(usual, sequence));
    const missing = sequences.filter((sequence) => meetsMissingMapping(usual, sequence)).length;
    const [late, never] = ['late', 'never'].map((kind) => applications.filter((one) => one === kind).length);
    expect([missing, late, never]).toEqual([300, 50, 50]);
  });
});
