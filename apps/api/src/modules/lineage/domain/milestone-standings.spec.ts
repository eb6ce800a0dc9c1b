import { describe, expect, it } from '@jest/globals';
import { loadWorkflows } from '@throughline/lineage';
import { milestoneStandings, type MilestoneFact, type OpenHop } from './milestone-standings.js';
import { workflowClock } from './workflow-clock.js';

const NIL = '00000000-0000-0000-0000-000000000000';
const workflows = loadWorkflows();
const orderToCash = workflows.find(({ name }) => name === 'order-to-cash');
const clock = workflowClock(workflows, [], new Date('2026-09-04T12:00:00Z'));

function fact(name: string, rest: Partial<MilestoneFact> = {}): MilestoneFact {
  return { name, objectId: NIL, legalEntity: null, startedAt: null, dueAt: null, reachedAt: null, ...rest };
}

const APPROVED = fact('contract-approved', { reachedAt: new Date('2026-09-04T10:00:00Z') });

describe('milestone standings', () => {
  it.each<[string, MilestoneFact[], OpenHop[], string[]]>([
    ['nothing wrong', [APPROVED, fact('order-accepted')], [], ['REACHED', 'PENDING']],
    [
      'the hop that proves it has an open exception',
      [APPROVED, fact('order-accepted', { objectId: 'so' }), fact('invoice-posted')],
      [{ objectId: 'so', hop: 'salesforce-contract-to-order' }],
      ['REACHED', 'BLOCKED', 'PENDING'],
    ],
    [
      'the exception is on another object of its kind',
      [APPROVED, fact('order-accepted', { objectId: 'so' })],
      [{ objectId: 'so-2', hop: 'salesforce-contract-to-order' }],
      ['REACHED', 'PENDING'],
    ],
    [
      'what is reached is not blocked',
      [APPROVED, fact('order-accepted', { reachedAt: new Date('2026-09-04T11:00:00Z') })],
      [{ objectId: 'so', hop: 'salesforce-contract-to-order' }],
      ['REACHED', 'REACHED'],
    ],
    [
      'a hop that proves nothing blocks what comes next',
      [APPROVED, fact('order-accepted'), fact('invoice-posted')],
      [{ objectId: 'so', hop: 'unheard-of' }],
      ['REACHED', 'BLOCKED', 'PENDING'],
    ],
    [
      'lateness blocks nothing',
      [APPROVED, fact('order-accepted', { dueAt: new Date('2026-09-04T11:59:59Z') })],
      [{ objectId: 'so', hop: 'order-to-cash/order-accepted' }],
      ['REACHED', 'OVERDUE'],
    ],
  ])('%s', (_name, milestones, openHops, expected) => {
    expect(milestoneStandings(orderToCash, milestones, openHops, clock)).toEqual(expected);
  });
});
