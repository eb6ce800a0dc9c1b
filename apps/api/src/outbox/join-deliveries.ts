import type { OutboxEvent } from './topic.js';

/** Ids of one kind that one handling is given at most: about what one projection changes, so that its transactions are looked at once. */
const MOST_IDS = 5_000;

/** Events of these topics name what changed, and their consumers look at present facts: several tell what one of all of them tells. */
const JOINED: ReadonlySet<string> = new Set(['lineage.projected', 'lineage.master', 'validation.changed']);
const ID_LISTS = ['objectIds', 'transactionIds', 'subjectIds'] as const;

type Named = Partial<Record<(typeof ID_LISTS)[number], readonly string[]>> & { isSilent?: boolean };

/** An event and what those that were joined to it name, in the order of the lists; null = none was. */
type Joined = { first: OutboxEvent; ids: Set<string>[] | null };

/**
 * Events that follow one another and say the same of different things as one, under the id of the first: what several of them name is
 * looked at once. The order of all others is kept.
 */
export function joinDeliveries(events: readonly OutboxEvent[]): OutboxEvent[] {
  const joined: Joined[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (last === undefined || !isAlike(last.first, event) || !join(last, event))
      joined.push({ first: event, ids: null });
  }
  return joined.map(({ first, ids }) => (ids === null ? first : { ...first, payload: withIds(first.payload, ids) }));
}

function isAlike(one: OutboxEvent, other: OutboxEvent): boolean {
  if (one.topic !== other.topic || !JOINED.has(one.topic)) return false;
  const [first, second] = [one.payload as Named, other.payload as Named];
  return (first.isSilent ?? false) === (second.isSilent ?? false);
}

/** Adds what an event names; false, and nothing added, where that is too much for one handling. */
function join(to: Joined, event: OutboxEvent): boolean {
  const known = to.ids ?? idsOf(to.first);
  const added = idsOf(event).map((ids, list) => [...ids].filter((id) => known[list]?.has(id) !== true));
  if (added.some((ids, list) => ids.length + (known[list]?.size ?? 0) > MOST_IDS)) return false;
  for (const [list, ids] of added.entries()) for (const id of ids) known[list]?.add(id);
  to.ids = known;
  return true;
}

function idsOf({ payload }: OutboxEvent): Set<string>[] {
  return ID_LISTS.map((list) => new Set((payload as Named)[list]));
}

function withIds(payload: OutboxEvent['payload'], ids: readonly Set<string>[]): Named {
  return {
    ...(payload as Named),
    ...Object.fromEntries(ID_LISTS.map((list, index) => [list, [...(ids[index] ?? [])]])),
  };
}
