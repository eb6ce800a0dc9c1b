import { describe, expect, it } from '@jest/globals';
import { applicationOf, meetsMissingMapping } from './faults.js';

const sequences = Array.from({ length: 2_800 }, (_, index) => index);

describe('faults', () => {
  it('are met by exactly one order in each ten', () => {
    for (let block = 0; block < 280; block += 1) {
      const failing = sequences
        .slice(block * 10, block * 10 + 10)
        .filter((sequence) => meetsMissingMapping('seed', sequence));
      expect(failing).toHaveLength(1);
    }
  });

  it('do not always fall on the same place', () => {
    const places = sequences
      .filter((sequence) => meetsMissingMapping('seed', sequence))
      .map((sequence) => sequence % 10);
    expect(new Set(places).size).toBe(10);
  });

  it('leave 2 to 4 % of the payments late or unapplied, by turns', () => {
    const applications = sequences.map((sequence) => applicationOf('seed', sequence));
    expect(applications.filter((application) => application === 'late')).toHaveLength(50);
    expect(applications.filter((application) => application === 'never')).toHaveLength(50);
  });
});
