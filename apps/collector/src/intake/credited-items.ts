import type { NewSignal } from './new-signal.js';

/** Items by the source system that sent them, '' where none is known; `earliestMs` is when the first of them happened. */
export type CreditedItems = Map<string, { items: number; earliestMs: number }>;

/** To whom signals of one request are credited: the system they are stored for, else one that is named as who sent them. */
export function creditedSignals(signals: readonly NewSignal[], configured: ReadonlySet<string>): CreditedItems {
  const credited: CreditedItems = new Map();
  for (const { sourceSystem, source, occurredAt } of signals) {
    const name = sourceSystem !== '' ? sourceSystem : configured.has(source) ? source : '';
    const known = credited.get(name) ?? { items: 0, earliestMs: Infinity };
    known.items += 1;
    if (occurredAt !== null) known.earliestMs = Math.min(known.earliestMs, Date.parse(occurredAt));
    credited.set(name, known);
  }
  return credited;
}

/** To whom spans are credited: services that have the name of a configured source system. */
export function creditedServices(
  services: ReadonlyMap<string, number>,
  configured: ReadonlySet<string>,
  earliestMs: number,
): CreditedItems {
  const credited: CreditedItems = new Map();
  for (const [service, items] of services) {
    const name = configured.has(service) ? service : '';
    credited.set(name, { items: items + (credited.get(name)?.items ?? 0), earliestMs });
  }
  return credited;
}
