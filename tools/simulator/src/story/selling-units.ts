import { seededRandom } from './seeded-random.js';

const LINES_OF_BUSINESS = ['', '-SERVICE', '-SPARES', '-RENTAL', '-PROJECTS', '-RETROFIT'] as const;

/** Names of the mapped units and of those to come: first every new city, then its further lines of business. */
export function sellingUnitsOf(
  entityCode: string,
  mappedCities: readonly string[],
  newCities: readonly string[],
): { mappedUnits: string[]; newUnits: string[] } {
  const named = (city: string, line: string): string => `${entityCode}-${city}${line}`;
  return {
    mappedUnits: mappedCities.map((city) => named(city, '')),
    newUnits: LINES_OF_BUSINESS.flatMap((line) => newCities.map((city) => named(city, line))),
  };
}

/** Name of the n-th unit to come; when all names are used up they come again with a number behind them. */
export function newUnitAt(newUnits: readonly string[], index: number): string {
  const round = Math.floor(index / newUnits.length);
  const name = newUnits[index % newUnits.length] ?? '';
  return round === 0 ? name : `${name}-${String(round + 1)}`;
}

/** How many orders ask for the n-th new unit of an entity before the next one appears. */
export function ordersPerUnit(seed: string, entityCode: string, index: number): number {
  return seededRandom(seed, 'unit-share', entityCode, index).integer(1, 3);
}

/** Where an entity stands in its list of units to come. */
export type UnitCursor = { index: number; used: number };

/**
 * The unit that the next order without a mapping asks for, and the cursor behind it. Units that were mapped meanwhile
 * are passed over: what was mended stays mended.
 */
export function nextMissingUnit(
  seed: string,
  entity: { code: string; newUnits: readonly string[] },
  cursor: UnitCursor,
  isMapped: (unit: string) => boolean,
): { unit: string; cursor: UnitCursor } {
  let { index, used } = cursor;
  while (used >= ordersPerUnit(seed, entity.code, index) || isMapped(newUnitAt(entity.newUnits, index))) {
    index += 1;
    used = 0;
  }
  return { unit: newUnitAt(entity.newUnits, index), cursor: { index, used: used + 1 } };
}
