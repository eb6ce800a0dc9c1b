import { describe, expect, it } from '@jest/globals';
import { type Activity, type Alias, type ObjectType } from '@throughline/canonical';
import fc from 'fast-check';
import { loadMasterDataRules } from './load-master-data-rules.js';
import { projectAll } from './projection.js';
import { activity, at, named } from './testing/activity-builder.js';
import { SHORT_WORKFLOW, TEST_CALENDARS } from './testing/short-workflow.js';

const RULES = loadMasterDataRules();

/** An activity about a customer under names such as "crm1" and "erp7"; an ERP customer has one customer number. */
const says = (system: string, time: string, ...names: string[]): Activity => {
  const values = names.map((name) =>
    name.startsWith('erp') ? `sap-s4hana/customer-number/${name}` : `salesforce/account-id/${name}`,
  );
  return {
    ...activity({ type: 'customer.changed', at: at(time), objects: [named('customer', ...(values as [string]))] }),
    system,
  };
};

const project = (activities: readonly Activity[]) => projectAll(activities, [SHORT_WORKFLOW], TEST_CALENDARS, RULES);
const objectsOf = (activities: readonly Activity[]) => {
  const groups = new Map<string, string[]>();
  for (const { objectId, value } of project(activities).aliases)
    groups.set(objectId, [...(groups.get(objectId) ?? []), value].sort());
  return [...groups.values()].map((values) => values.join(' ')).sort();
};

describe('contradicting names', () => {
  it.each<{ name: string; said: Activity[]; objects: string[]; findings: number }>([
    {
      name: 'two CRM accounts of one customer contradict nothing',
      said: [says('salesforce', '09:00', 'crm1', 'erp1'), says('salesforce', '10:00', 'crm2', 'erp1')],
      objects: ['crm1 crm2 erp1'],
      findings: 0,
    },
    {
      name: 'one account under two ERP numbers: the earlier statement applies',
      said: [says('salesforce', '09:00', 'crm1', 'erp1'), says('salesforce', '10:00', 'crm1', 'erp2')],
      objects: ['crm1 erp1', 'erp2'],
      findings: 2,
    },
    {
      name: 'a system of record counts before others, though it speaks later',
      said: [says('stripe', '09:00', 'crm1', 'erp1'), says('sap-s4hana', '10:00', 'crm1', 'erp2')],
      objects: ['crm1 erp2', 'erp1'],
      findings: 2,
    },
    {
      name: 'what people state counts before every system',
      said: [says('sap-s4hana', '09:00', 'crm1', 'erp1'), says('throughline', '10:00', 'crm1', 'erp2')],
      objects: ['crm1 erp2', 'erp1'],
      findings: 2,
    },
    {
      name: 'two systems of record name two objects one by a chain of names',
      said: [
        says('sap-s4hana', '08:00', 'crm1', 'erp1'),
        says('sap-s4hana', '08:30', 'crm2', 'erp2'),
        says('salesforce', '09:00', 'crm1', 'crm2'),
      ],
      objects: ['crm1 erp1', 'crm2 erp2'],
      findings: 2,
    },
    {
      name: 'a statement that contradicts itself joins nothing',
      said: [says('sap-s4hana', '08:00', 'erp1', 'erp2')],
      objects: ['erp1', 'erp2'],
      findings: 2,
    },
    {
      name: 'the same contradiction a thousand times over is one finding an object',
      said: Array.from({ length: 20 }, (_, minute) =>
        says('salesforce', `10:${10 + minute}`, 'crm1', minute % 2 === 0 ? 'erp1' : 'erp2'),
      ),
      objects: ['crm1 erp1', 'erp2'],
      findings: 2,
    },
  ])('$name', ({ said, objects, findings }) => {
    expect(objectsOf(said)).toEqual(objects);
    expect(project(said).findings.map(({ kind }) => kind)).toEqual(
      Array.from({ length: findings }, () => 'contradictory-alias'),
    );
  });

  it('are named with key, values and activities', () => {
    const said = [says('salesforce', '09:00', 'crm1', 'erp1'), says('salesforce', '10:00', 'crm1', 'erp2')];
    expect(project(said).findings[0]).toMatchObject({
      about: 'sap-s4hana / customer-number',
      since: at('10:00'),
      details: { values: ['erp1', 'erp2'], activityIds: [said[1]?.activityId], objectIds: [expect.any(String)] },
    });
  });

  it('do not hide what was said: both objects keep the facts of the statement that was left out', () => {
    const said = [says('salesforce', '09:00', 'crm1', 'erp1'), says('salesforce', '10:00', 'crm1', 'erp2')];
    expect(project(said).objects.map(({ lastOccurredAt }) => lastOccurredAt)).toEqual([at('10:00'), at('10:00')]);
  });

  it('never give an object two values, in any order and with any repetition', () => {
    const anyName = fc.constantFrom('crm1', 'crm2', 'crm3', 'erp1', 'erp2', 'erp3');
    // one activity is said by one system: the same id with two of them is no history
    const anySaid = fc.uniqueArray(
      fc
        .tuple(
          fc.constantFrom('throughline', 'sap-s4hana', 'salesforce', 'stripe'),
          fc.constantFrom('09:00', '10:00', '11:00'),
          fc.uniqueArray(anyName, { minLength: 1, maxLength: 3 }),
        )
        .map(([system, time, names]) => says(system, time, ...names)),
      { maxLength: 10, selector: ({ activityId }) => activityId },
    );
    const disordered = anySaid.chain((said) =>
      fc.tuple(fc.constant(said), fc.shuffledSubarray([...said, ...said], { minLength: said.length * 2 })),
    );
    fc.assert(
      fc.property(disordered, ([said, disorder]) => {
        const projection = project(said);
        expect(project(disorder)).toEqual(projection);
        const numbers = projection.aliases.filter(({ kind }) => kind === 'customer-number');
        expect(new Set(numbers.map(({ objectId }) => objectId)).size).toBe(numbers.length);
        const isContradicted = projection.findings.some(({ kind }) => kind === 'contradictory-alias');
        const joined = projectAll(said, [], TEST_CALENDARS).objects.length;
        expect(projection.objects.length > joined).toBe(isContradicted);
      }),
      { numRuns: 300 },
    );
  });
});

describe('objects known by reference alone', () => {
  it('are placeholders until something happened to them, whatever came first', () => {
    const alias = (type: ObjectType, value: string): Alias => ({ system: 'erp', kind: type, scope: '', value });
    const invoice = (order: Activity['objects'][number]) =>
      activity({ type: 'invoice.posted', at: at('10:00'), objects: [named('invoice', 'I1'), order], links: [[1, 0]] });
    const reference = invoice({ type: 'sales-order', qualifier: 'related', aliases: [alias('sales-order', 'S1')] });
    const order = activity({ type: 'sales-order.accepted', at: at('09:00'), objects: [named('sales-order', 'S1')] });
    const placeholders = (...said: Activity[]) =>
      project(said).objects.flatMap(({ type, isPlaceholder }) => (isPlaceholder ? [type] : []));
    expect(placeholders(reference)).toEqual(['sales-order']);
    expect(placeholders(reference, order)).toEqual([]);
    expect(placeholders(order, reference)).toEqual([]);
  });
});
