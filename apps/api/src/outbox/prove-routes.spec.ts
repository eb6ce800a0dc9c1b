import { describe, expect, it } from '@jest/globals';
import { OUTBOX_ROUTES, type OutboxConsumer, type Topic, proveRoutes } from './index.js';

const consumer = (name: string, ...topics: Topic[]): OutboxConsumer => ({
  name,
  topics,
  handle: () => Promise.resolve(),
});
const topics = Object.keys(OUTBOX_ROUTES) as Topic[];
const names = [...new Set(Object.values(OUTBOX_ROUTES).flat())];
const complete = names.map((name) => consumer(name, ...topics.filter((topic) => OUTBOX_ROUTES[topic].includes(name))));

describe('outbox routes', () => {
  it('agree with consumers that take exactly what is routed to them', () => {
    expect(() => proveRoutes(complete)).not.toThrow();
  });

  it('do not lead to a consumer that is not there', () => {
    expect(() => proveRoutes(complete.slice(1))).toThrow(/routed but not composed/);
  });

  it('lead to every consumer', () => {
    expect(() => proveRoutes([...complete, consumer('insights', 'lineage.projected')])).toThrow(
      'lineage.projected → insights is composed but not routed',
    );
  });
});
