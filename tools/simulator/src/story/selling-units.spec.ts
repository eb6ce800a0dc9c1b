import { describe, expect, it } from '@jest/globals';
import { legalEntity } from './legal-entities.js';
import { newUnitAt, nextMissingUnit, ordersPerUnit, type UnitCursor } from './selling-units.js';

const entity = legalEntity('DE01');

function draw(count: number, isMapped: (unit: string) => boolean, from: UnitCursor = { index: 0, used: 0 }): string[] {
  const units: string[] = [];
  let cursor = from;
  for (let one = 0; one < count; one += 1) {
    const next = nextMissingUnit('seed', entity, cursor, isMapped);
    units.push(next.unit);
    cursor = next.cursor;
  }
  return units;
}

describe('selling units without company code', () => {
  it('begin with the first new city and are shared by some orders', () => {
    const units = draw(40, () => false);
    expect(units[0]).toBe('DE01-BREMEN');
    expect(new Set(units).size).toBeLessThan(30);
    expect(units.filter((unit) => unit === 'DE01-BREMEN')).toHaveLength(ordersPerUnit('seed', 'DE01', 0));
  });

  it('never come back once they are mapped', () => {
    expect(draw(30, (unit) => unit === 'DE01-BREMEN' || unit === 'DE01-DRESDEN')).not.toEqual(
      expect.arrayContaining(['DE01-BREMEN', 'DE01-DRESDEN']),
    );
  });

  it('do not run out of names', () => {
    const names = Array.from({ length: 500 }, (_, index) => newUnitAt(entity.newUnits, index));
    expect(new Set(names).size).toBe(500);
    expect(names[60]).toBe('DE01-BREMEN-2');
  });
});
