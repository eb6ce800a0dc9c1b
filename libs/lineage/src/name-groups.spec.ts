import { describe, expect, it } from '@jest/globals';
import type { Alias } from '@throughline/canonical';
import fc from 'fast-check';
import type { AliasStatement } from './alias-statements.js';
import { identifyObjects } from './identity.js';
import { groupNames } from './name-groups.js';

/** The names that one place of an activity states. Their ids are in the order of the alphabet, "a" the lowest. */
function placeOf(activityId: string, names: string, position = 0): AliasStatement[] {
  const distinct = [...new Set(names)];
  return distinct.map((name) => ({
    activityId,
    position,
    aliasId: name,
    objectType: 'invoice',
    alias: aliasOf(name),
    isSubject: true,
    isAlone: distinct.length === 1,
  }));
}

function aliasOf(value: string): Alias {
  return { system: 'erp', kind: 'number', scope: '', value };
}

/** Places as words, one an activity. */
const stated = (...places: string[]) => places.flatMap((names, index) => placeOf(`activity ${index}`, names));

/** Known objects as words: all their names, whose lowest is the object's id. */
const known = (...objects: string[]) =>
  new Map(objects.flatMap((names) => [...names].map((name) => [name, [...names].sort()[0]!])));

describe('names of new statements', () => {
  it.each<{
    name: string;
    known: string[];
    stated: string[];
    /** Object → names that it did not have. */
    groups: Record<string, string>;
    regrouped?: string;
  }>([
    { name: 'make a new object', known: [], stated: ['bca'], groups: { a: 'abc' } },
    {
      name: 'that each stand alone make an object each',
      known: [],
      stated: ['a', 'b', 'a'],
      groups: { a: 'a', b: 'b' },
    },
    { name: 'that are known and alone add nothing', known: ['ab'], stated: ['b'], groups: { a: '' } },
    { name: 'that are known together add nothing', known: ['abc'], stated: ['bc'], groups: { a: '' } },
    { name: 'extend a known object by a higher name', known: ['b'], stated: ['bc'], groups: { b: 'c' } },
    {
      name: 'extend a known object by way of a name that is not its lowest',
      known: ['ac'],
      stated: ['cb'],
      groups: { a: 'b' },
    },
    { name: 'give a known object a lower id', known: ['b'], stated: ['ab'], groups: {}, regrouped: 'ab' },
    { name: 'join two known objects', known: ['ab', 'cd'], stated: ['bd'], groups: {}, regrouped: 'bd' },
    {
      name: 'join two known objects by way of a new name',
      known: ['a', 'c'],
      stated: ['ab', 'bc'],
      groups: {},
      regrouped: 'abc',
    },
    { name: 'of several activities chain', known: [], stated: ['de', 'bc', 'ab', 'cd'], groups: { a: 'abcde' } },
    {
      name: 'of several activities chain to a known object',
      known: ['a'],
      stated: ['cd', 'bc', 'ab'],
      groups: { a: 'bcd' },
    },
    {
      name: 'of several activities meet in a known object without having a name in common',
      known: ['abc'],
      stated: ['bx', 'cy'],
      groups: { a: 'xy' },
    },
    {
      name: 'leave apart what has nothing to do with a merge',
      known: ['a', 'c', 'e'],
      stated: ['ac', 'ef', 'g'],
      groups: { e: 'f', g: 'g' },
      regrouped: 'ac',
    },
  ])('$name', ({ known: objects, stated: places, groups, regrouped = '' }) => {
    for (const order of [places, places.toReversed()]) {
      const named = groupNames(stated(...order), known(...objects));
      const added = [...named.groups].map(([objectId, group]) => [objectId, [...group.added.keys()].sort().join('')]);
      expect(Object.fromEntries(added)).toEqual(groups);
      expect(named.regrouped.sort().join('')).toBe(regrouped);
    }
  });

  it('tell whether the object is new, and of each name which object it is of', () => {
    const { groups, objectIdOf } = groupNames(stated('ax', 'bc'), known('a'));
    expect([...groups.values()]).toEqual([
      { objectId: 'a', type: 'invoice', isKnown: true, added: new Map([['x', aliasOf('x')]]) },
      {
        objectId: 'b',
        type: 'invoice',
        isKnown: false,
        added: new Map([
          ['b', aliasOf('b')],
          ['c', aliasOf('c')],
        ]),
      },
    ]);
    expect(Object.fromEntries(objectIdOf)).toEqual({ a: 'a', x: 'a', b: 'b', c: 'b' });
  });

  it('of two places of one activity are of two objects', () => {
    const statements = [...placeOf('one', 'ab', 0), ...placeOf('one', 'cd', 1)];
    expect([...groupNames(statements, new Map()).groups.keys()]).toEqual(['a', 'c']);
  });
});

describe('names grouped batch by batch', () => {
  const anyPlace = fc
    .uniqueArray(fc.constantFrom(...'abcdefghi'), { minLength: 1, maxLength: 3 })
    .map((names) => names.join(''));
  const anyBatches = fc.array(fc.array(anyPlace, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

  it('are those of the objects that all statements together make, where they are not to be computed from them', () => {
    let told = 0;
    fc.assert(
      fc.property(anyBatches, (batches) => {
        const said: AliasStatement[] = [];
        let objectIdOf = new Map<string, string>();
        for (const [number, batch] of batches.entries()) {
          const statements = batch.flatMap((names, index) => placeOf(`${number}/${index}`, names));
          said.push(...statements);
          const named = groupNames(statements, objectIdOf);
          const whole = identifyObjects(said);

          // Every name is decided in exactly one way.
          expect([...named.objectIdOf.keys(), ...named.regrouped].sort()).toEqual([...new Set(batch.join(''))].sort());
          for (const [aliasId, objectId] of named.objectIdOf) expect(objectId).toBe(whole.objectIdOf.get(aliasId));
          for (const { objectId, isKnown, added } of named.groups.values()) {
            told += 1;
            const before = [...objectIdOf].flatMap(([aliasId, id]) => (id === objectId ? [aliasId] : []));
            expect(isKnown).toBe(before.length > 0);
            expect([...before, ...added.keys()].sort()).toEqual(
              [...whole.objects.get(objectId)!.aliases.keys()].sort(),
            );
          }
          // Nothing is computed whole without need: each of these names changes its object or joins one that does.
          const moved = new Set(
            [...objectIdOf].flatMap(([aliasId, id]) => {
              const now = whole.objectIdOf.get(aliasId);
              return now === undefined || now === id ? [] : [now];
            }),
          );
          for (const aliasId of named.regrouped) expect(moved).toContain(whole.objectIdOf.get(aliasId));
          objectIdOf = new Map(whole.objectIdOf);
        }
      }),
      { numRuns: 300 },
    );
    expect(told).toBeGreaterThan(300);
  });
});
