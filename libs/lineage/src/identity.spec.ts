import { describe, expect, it } from '@jest/globals';
import { type Alias, aliasId } from '@throughline/canonical';
import { aliasStatements } from './alias-statements.js';
import { MOST_ALIASES_PER_OBJECT, identifyObjects } from './identity.js';
import { activity, at, named, reference } from './testing/activity-builder.js';

const idOf = (value: string) => {
  const alias: Alias = { system: 'erp', kind: 'sales-order', scope: '', value };
  return aliasId('sales-order', alias);
};

function identitiesOf(...groups: string[][]) {
  const activities = groups.map((values, index) =>
    activity({
      type: 'sales-order.accepted',
      at: at(`0${index}:00`),
      objects: [named('sales-order', ...(values as [string, ...string[]]))],
    }),
  );
  return identifyObjects(activities.flatMap(aliasStatements));
}

const groupsOf = (identities: ReturnType<typeof identitiesOf>) =>
  [...identities.objects.values()]
    .map((object) => [...object.aliases.values()].map((alias) => alias.value).sort())
    .sort();

describe('identity of objects', () => {
  it.each<{ name: string; stated: string[][]; objects: string[][] }>([
    { name: 'one name is one object', stated: [['A']], objects: [['A']] },
    { name: 'names stated together are one object', stated: [['A', 'B']], objects: [['A', 'B']] },
    {
      name: 'statements chain',
      stated: [
        ['A', 'B'],
        ['B', 'C'],
        ['C', 'D'],
      ],
      objects: [['A', 'B', 'C', 'D']],
    },
    {
      name: 'a later statement joins two objects',
      stated: [
        ['A', 'B'],
        ['C', 'D'],
        ['B', 'D'],
      ],
      objects: [['A', 'B', 'C', 'D']],
    },
    { name: 'what nobody joined stays apart', stated: [['A', 'B'], ['C']], objects: [['A', 'B'], ['C']] },
    { name: 'a repeated statement changes nothing', stated: [['A', 'B'], ['A', 'B'], ['A']], objects: [['A', 'B']] },
    {
      name: 'blank and dummy values join nothing',
      stated: [
        ['A', 'N/A'],
        ['B', 'N/A'],
        ['C', '0000'],
        ['D', '0000'],
      ],
      objects: [['A'], ['B'], ['C'], ['D']],
    },
  ])('$name', ({ stated, objects }) => {
    expect(groupsOf(identitiesOf(...stated))).toEqual(objects);
  });

  it('takes the lowest alias id as object id, so that an earlier id is still a name of it', () => {
    const { objectIdOf, objects } = identitiesOf(['A', 'B'], ['B', 'C']);
    const lowest = ['A', 'B', 'C'].map(idOf).sort()[0];
    expect([...objects.keys()]).toEqual([lowest]);
    expect(objectIdOf.get(idOf('C'))).toBe(lowest);
  });

  it('keeps equal numbers of different types apart', () => {
    const spoken = activity({
      type: 'invoice.posted',
      at: at('08:00'),
      objects: [named('invoice', 'erp/number/7'), reference('payment', 'erp/number/7')],
    });
    expect(identifyObjects(aliasStatements(spoken)).objects.size).toBe(2);
  });

  it('flags an object with suspiciously many names', () => {
    const values = Array.from({ length: MOST_ALIASES_PER_OBJECT + 1 }, (_, index) => `K${index}`);
    const [object] = [...identitiesOf(values).objects.values()];
    expect(object?.hasTooManyAliases).toBe(true);
  });
});
