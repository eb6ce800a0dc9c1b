import { describe, expect, it } from '@jest/globals';
import { parseWorkflow } from '@throughline/lineage';
import { MaintenanceCover, type MaintenanceWindow } from '../../catalog/index.js';
import { identityOf, type ProblemFact } from '../domain/stored-exception.js';
import { partHeld } from './part-held.js';

const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 10, 30, hour, minute));

function window(over: Partial<MaintenanceWindow>, from = 8, to = 12, endedAt: Date | null = null): MaintenanceWindow {
  return {
    id: `${over.sourceSystem ?? over.integration ?? ''} ${from}`,
    sourceSystem: null,
    integration: null,
    reason: 'New release',
    plan: {
      startsAt: at(from).toISOString(),
      endsAt: at(to).toISOString(),
      weekly: null,
      timeZone: 'UTC',
      endedAt: endedAt?.toISOString() ?? null,
    },
    plannedByName: 'Emma',
    plannedAt: at(1),
    endedByName: null,
    ...over,
  };
}

const workflow = parseWorkflow(
  `
name: order-to-cash
title: Order to cash
anchor: sales-order
follows: [{ from: sales-order, as: bills, to: invoice }]
displayKeys: { sales-order: [{ system: erp, kind: number }] }
milestones:
  - { name: ordered, title: Ordered, on: sales-order, reachedBy: [sales-order.created] }
  - { name: billed, title: Billed, on: invoice, after: [ordered], reachedBy: [invoice.posted], bySystems: [netsuite] }
hops: [{ integration: billing, proves: billed }]
`,
  'test.yaml',
);

const coverOf = (...windows: MaintenanceWindow[]) =>
  new MaintenanceCover(
    windows,
    {
      integrations: [
        { name: 'billing', fromSystem: 'erp', toSystem: 'ledger' },
        { name: 'orders', fromSystem: 'crm', toSystem: 'erp' },
      ],
      systemKinds: new Map([['books', 'netsuite']]),
    },
    [workflow],
  );

function problem(over: Partial<ProblemFact> = {}): ProblemFact {
  return {
    objectId: 'O',
    objectType: 'invoice',
    objectKey: 'I-1',
    legalEntity: null,
    counterparty: null,
    amount: null,
    currency: null,
    direction: null,
    hop: 'billing',
    signature: 's',
    taxonomy: 'platform.connectivity',
    discriminators: {},
    headline: null,
    message: 'm',
    integration: 'billing',
    occurrences: 1,
    firstOccurredAt: at(9),
    lastOccurredAt: at(9),
    lastActivityId: null,
    clearedAt: null,
    ...over,
  };
}

const outcome = (cover: MaintenanceCover, one: ProblemFact, now: Date, isOpen = false) => {
  const open = new Set(isOpen ? [identityOf(one.objectId, one.hop, one.signature)] : []);
  const systemsOfRests = new Map([['O', ['erp', 'ledger']]]);
  const { told, held } = partHeld(cover, [one], { open, systemsOfRests }, now);
  return told.length > 0 ? 'told' : held.length > 0 ? 'held' : 'never told';
};

describe('a failure', () => {
  const erp = coverOf(window({ sourceSystem: 'erp' }));
  it.each<[string, MaintenanceCover, ProblemFact, Date, string]>([
    ['in maintenance of its sender', erp, problem(), at(10), 'held'],
    ['in maintenance of its receiver', coverOf(window({ sourceSystem: 'ledger' })), problem(), at(10), 'held'],
    ['in maintenance of its integration', coverOf(window({ integration: 'billing' })), problem(), at(10), 'held'],
    ['in maintenance of another one', coverOf(window({ integration: 'orders' })), problem(), at(10), 'told'],
    ['told by the system itself', erp, problem({ integration: '', hop: 'erp' }), at(10), 'held'],
    ['before it', erp, problem({ lastOccurredAt: at(7, 59) }), at(10), 'told'],
    ['that still fails after it', erp, problem(), at(12), 'told'],
    ['that was overcome in it', erp, problem({ clearedAt: at(11) }), at(11, 30), 'never told'],
    ['that was overcome only after it was over', erp, problem({ clearedAt: at(13) }), at(14), 'never told'],
    ['at the very end of it', erp, problem({ lastOccurredAt: at(12) }), at(12), 'told'],
    [
      'after it was cut short',
      coverOf(window({ sourceSystem: 'erp' }, 8, 12, at(8, 30))),
      problem({ lastOccurredAt: at(9) }),
      at(10),
      'told',
    ],
    [
      'in two that overlap, until the later one is over',
      coverOf(window({ sourceSystem: 'erp' }), window({ integration: 'billing' }, 9, 15)),
      problem(),
      at(13),
      'held',
    ],
  ])('%s', (_name, cover, one, now, expected) => {
    expect(outcome(cover, one, now)).toBe(expected);
  });

  const rest = problem({ integration: '', hop: 'money/balance', lastOccurredAt: at(7) });
  it.each<[string, MaintenanceCover, ProblemFact, Date, string]>([
    ['while one of its systems is under it, whenever it moved', erp, rest, at(10), 'held'],
    ['while what leads from one to the other is', coverOf(window({ integration: 'billing' })), rest, at(10), 'held'],
    ['while what leads elsewhere is', coverOf(window({ integration: 'orders' })), rest, at(10), 'told'],
    ['while another system is', coverOf(window({ sourceSystem: 'crm' })), rest, at(10), 'told'],
    ['after it', erp, { ...rest, lastOccurredAt: at(9) }, at(12), 'told'],
    ['of no known system', erp, { ...rest, objectId: 'stranger' }, at(10), 'told'],
  ])('that is a rest of money, %s', (_name, cover, one, now, expected) => {
    expect(outcome(cover, one, now)).toBe(expected);
  });

  it('of what is open already is followed', () => {
    expect(outcome(erp, problem(), at(10), true)).toBe('told');
  });
});

describe('a milestone', () => {
  const heldBy = (over: Partial<MaintenanceWindow>, hour = 9) => [
    ...coverOf(window(over)).heldMilestones(at(hour)).keys(),
  ];
  it.each<[string, Partial<MaintenanceWindow>, string[]]>([
    ['waits for the integration that proves it', { integration: 'billing' }, ['order-to-cash/billed']],
    ['waits for the systems of that', { sourceSystem: 'erp' }, ['order-to-cash/billed']],
    ['waits for the kind of system that alone reaches it', { sourceSystem: 'books' }, ['order-to-cash/billed']],
    ['waits for no other', { sourceSystem: 'crm' }, []],
  ])('%s', (_name, over, expected) => {
    expect(heldBy(over)).toEqual(expected);
    expect(heldBy(over, 13)).toEqual([]);
  });
});
