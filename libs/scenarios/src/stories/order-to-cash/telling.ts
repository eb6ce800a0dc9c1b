import type { TimedSignal } from '../../journey.js';
import type { StoryOrder } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { DAY } from '../../time-units.js';

export { DAY, HOUR, MINUTE } from '../../time-units.js';

/** Milliseconds after the start of the telling, and what happens then; a run that is told as spans is sent once it has ended. */
export type Step = readonly [after: number, told: (at: string) => ScenarioSignal | readonly ScenarioSignal[]];

/** Steps from a start, in the order in which they are sent. */
export function tell(startsAt: number, steps: readonly Step[]): TimedSignal[] {
  return steps
    .flatMap(([after, told]): TimedSignal[] => {
      const at = startsAt + after;
      const signals = told(instantOf(at));
      if ('protocol' in signals) return [{ at, signal: signals }];
      return signals.map((signal) => ({ at: Math.max(at, endOf(signal, at)), signal }));
    })
    .sort((left, right) => left.at - right.at);
}

/** An instant of a telling as it is sent. */
export function instantOf(at: number): string {
  return new Date(at).toISOString();
}

/** The day, so many days after an instant, e.g. "2026-09-17". */
export function dayAfter(at: string, days: number): string {
  return instantOf(Date.parse(at) + days * DAY).slice(0, 10);
}

const ENTITIES = [
  { legalEntity: 'DE01', currency: 'EUR', sellingUnit: 'DE01-HAMBURG', customer: 'Stahlwerk Saale GmbH' },
  { legalEntity: 'US01', currency: 'USD', sellingUnit: 'US01-AUSTIN', customer: 'Delta Hydraulics Inc.' },
  { legalEntity: 'SG01', currency: 'SGD', sellingUnit: 'SG01-JURONG', customer: 'Straits Packaging Pte. Ltd.' },
] as const;

/** The order of a telling: the entity goes by its number, so that every third is of Germany, the next of the US, then Singapore. */
export function saleOf(number: string, amount = '48200.00'): StoryOrder {
  const entity = ENTITIES[Number(number) % ENTITIES.length] ?? ENTITIES[0];
  return { ...entity, number, amount };
}

/** A part of an order with documents of its own: one of its deliveries, invoices or payments. */
export function partOf(order: StoryOrder, part: number, amount: string): StoryOrder {
  return { ...order, number: `${order.number}-${part}`, amount };
}

/** Spans tell when they end; an event is sent when it happens. */
function endOf({ protocol, body }: ScenarioSignal, at: number): number {
  if (protocol === 'cloudevents') return Date.parse((JSON.parse(body) as { time: string }).time);
  const ends = [...body.matchAll(/"endTimeUnixNano":"(\d+)"/g)].map(([, nanos]) =>
    Number(BigInt(nanos ?? '0') / 1_000_000n),
  );
  return Math.max(at, ...ends);
}
