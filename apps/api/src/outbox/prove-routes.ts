import { OUTBOX_ROUTES } from './routes.js';
import type { OutboxConsumer, Topic } from './topic.js';

/** Proves that routes and consumers agree: a delivery to nobody would lie for ever, an unrouted topic never arrive. */
export function proveRoutes(consumers: readonly OutboxConsumer[]): void {
  const routed = (Object.keys(OUTBOX_ROUTES) as Topic[]).flatMap((topic) =>
    OUTBOX_ROUTES[topic].map((name) => `${topic} → ${name}`),
  );
  const taken = consumers.flatMap((consumer) => consumer.topics.map((topic) => `${topic} → ${consumer.name}`));
  const problems = [
    ...routed.filter((route) => !taken.includes(route)).map((route) => `${route} is routed but not composed`),
    ...taken.filter((route) => !routed.includes(route)).map((route) => `${route} is composed but not routed`),
  ];
  if (problems.length > 0) throw new Error(`outbox: ${problems.join('; ')}`);
}
