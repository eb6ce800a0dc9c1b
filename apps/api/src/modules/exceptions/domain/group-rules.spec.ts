import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  groupIdOf,
  NO_RULE,
  mergeObstacle,
  partOf,
  partTitle,
  placeMember,
  type GroupRule,
  type Placement,
  type SplitValues,
} from './group-rules.js';

const NONE = NO_RULE;
const VALUES: SplitValues = { LEGAL_ENTITY: 'DE01', COUNTERPARTY: 'Acme', INTEGRATION: 'sync', OBJECT_TYPE: 'invoice' };
const A = groupIdOf('a');
const B = groupIdOf('b');
const C = groupIdOf('c');
/** Places a member as a reader does that stores no part yet. */
function placeWhole(homeId: string, known: ReadonlyMap<string, GroupRule>): Placement {
  const read = new Map(known);
  for (;;) {
    const placed = placeMember(homeId, VALUES, read);
    if (!('unknown' in placed)) return placed;
    read.set(placed.unknown, NONE);
  }
}

const rules = (entries: Record<string, GroupRule>) => new Map(Object.entries(entries));

describe('where a member belongs', () => {
  const parts = { byEntity: partOf(A, ['LEGAL_ENTITY'], VALUES) };
  it.each<[string, Map<string, GroupRule>, Placement]>([
    ['in the group of its own fingerprint', rules({ [A]: NONE }), { groupId: A, parts: [] }],
    [
      'in the group that this was made part of',
      rules({ [A]: { ...NONE, mergedInto: B }, [B]: NONE }),
      { groupId: B, parts: [] },
    ],
    [
      'through several',
      rules({ [A]: { ...NONE, mergedInto: B }, [B]: { ...NONE, mergedInto: C }, [C]: NONE }),
      { groupId: C, parts: [] },
    ],
    [
      'in its part of a split group',
      rules({ [A]: { ...NONE, splitBy: ['LEGAL_ENTITY'] }, [parts.byEntity.groupId]: NONE }),
      { groupId: parts.byEntity.groupId, parts: [parts.byEntity] },
    ],
    [
      'where the part was made part of',
      rules({
        [A]: { ...NONE, splitBy: ['LEGAL_ENTITY'] },
        [parts.byEntity.groupId]: { ...NONE, mergedInto: C },
        [C]: NONE,
      }),
      { groupId: C, parts: [parts.byEntity] },
    ],
    [
      'in the other one, where a split group was made part of it',
      rules({ [A]: { mergedInto: B, splitBy: ['LEGAL_ENTITY'] }, [B]: NONE }),
      { groupId: B, parts: [] },
    ],
  ])('%s', (_case, known, expected) => {
    expect(placeMember(A, VALUES, known)).toEqual(expected);
  });

  it('is not known before the rule of each group on the way is', () => {
    expect(placeMember(A, VALUES, rules({ [A]: { ...NONE, mergedInto: B } }))).toEqual({ unknown: B });
  });

  it('never goes round for ever', () => {
    const circle = rules({ [A]: { ...NONE, mergedInto: B }, [B]: { ...NONE, mergedInto: A } });
    expect(() => placeMember(A, VALUES, circle)).toThrow('round in a circle');
  });

  it('is one group for equal values and different ones for others, whatever the order of the dimensions', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const of = (entity: string, by: GroupRule['splitBy']) => partOf(A, by, { ...VALUES, LEGAL_ENTITY: entity });
        const first = of(one, ['LEGAL_ENTITY', 'OBJECT_TYPE']);
        expect(of(one, ['OBJECT_TYPE', 'LEGAL_ENTITY'])).toEqual(first);
        expect(of(other, ['LEGAL_ENTITY', 'OBJECT_TYPE']).groupId === first.groupId).toBe(one === other);
      }),
    );
  });

  it('says what tells a part apart', () => {
    expect(partTitle('Account is blocked', ['DE01', ''])).toBe('Account is blocked · DE01, none');
  });
});

describe('one group made part of another', () => {
  const split: GroupRule = { ...NONE, splitBy: ['LEGAL_ENTITY'] };
  const merged: GroupRule = { ...NONE, mergedInto: C };
  it.each<[string, string, GroupRule, GroupRule, string | null]>([
    ['is allowed', B, NONE, NONE, null],
    ['is allowed for a split one', B, split, NONE, null],
    ['is not its own part', A, NONE, NONE, 'A group cannot be made part of itself.'],
    ['is part of one only', B, merged, NONE, 'It is part of another group already.'],
    ['joins none that is part of another', B, NONE, merged, 'The group that it should join is part of another one.'],
    ['joins no split one', B, NONE, split, 'The group that it should join is split: choose one of its parts.'],
  ])('%s', (_case, sourceId, source, target, expected) => {
    expect(mergeObstacle(sourceId, { groupId: A, rule: target }, { rule: source })).toBe(expected);
  });

  it('cannot lead round in a circle, whatever people do one after another', () => {
    const ids = ['a', 'b', 'c', 'd'].map(groupIdOf);
    const act = fc.record({ source: fc.nat(3), target: fc.nat(3), isUndo: fc.boolean(), split: fc.boolean() });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const known = new Map(ids.map((id) => [id, NONE]));
        for (const { source, target, isUndo, split: isSplit } of acts) {
          const [sourceId, targetId] = [ids[source]!, ids[target]!];
          const [from, to] = [known.get(sourceId)!, known.get(targetId)!];
          if (isUndo) known.set(sourceId, { ...from, mergedInto: null });
          else if (isSplit) known.set(sourceId, { ...from, splitBy: ['LEGAL_ENTITY'] });
          else if (mergeObstacle(sourceId, { groupId: targetId, rule: to }, { rule: from }) === null)
            known.set(sourceId, { ...from, mergedInto: targetId });
        }
        for (const id of ids) expect(() => placeWhole(id, known)).not.toThrow();
      }),
    );
  });
});
