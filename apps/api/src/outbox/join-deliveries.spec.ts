import { describe, expect, it } from '@jest/globals';
import { joinDeliveries } from './join-deliveries.js';
import type { OutboxEvent, Topic } from './index.js';

const ids = (from: number, count: number) => Array.from({ length: count }, (_, index) => `id-${from + index}`);
const event = (deliveryId: string, payload: object, topic: Topic = 'lineage.projected'): OutboxEvent => ({
  deliveryId,
  topic,
  payload,
});

describe('deliveries that follow one another', () => {
  it('are one where they say the same of different things, each thing once', () => {
    expect(
      joinDeliveries([
        event('1', { objectIds: ['a', 'b'], transactionIds: [], subjectIds: ['s'] }),
        event('2', { objectIds: ['b', 'c'], transactionIds: ['t'] }),
      ]),
    ).toEqual([event('1', { objectIds: ['a', 'b', 'c'], transactionIds: ['t'], subjectIds: ['s'] })]);
  });

  const loud = event('1', { objectIds: ['a'] });
  const cases: [string, OutboxEvent[]][] = [
    ['one tells nobody and the other does', [loud, event('2', { objectIds: ['b'], isSilent: true })]],
    ['they are of two topics', [loud, event('2', { objectIds: ['b'] }, 'lineage.master')]],
    [
      'they name more together than is looked at together',
      [event('1', { objectIds: ids(0, 3_000) }), event('2', { objectIds: ids(3_000, 2_001) })],
    ],
    [
      'each is told for itself',
      [
        event('1', { exceptionIds: ['a'] }, 'exceptions.opened'),
        event('2', { exceptionIds: ['b'] }, 'exceptions.opened'),
      ],
    ],
  ];
  it.each(cases)('stay as they are, and in their order, where %s', (_, events) => {
    expect(joinDeliveries(events)).toEqual(events);
  });

  it('are not joined over one of another kind between them', () => {
    const events = [loud, event('2', { objectIds: ['b'], isSilent: true }), event('3', { objectIds: ['c'] })];
    expect(joinDeliveries(events)).toEqual(events);
  });
});
