import type { OutboxEvent } from './topic.js';

/** Ids of one kind that one handling is given at most: about what one projection changes, so that its transactions are looked at once. */
const MOST_IDS = 5_000;

/** Events of these topics name what changed, and their consumers look at present facts: several tell what one of all of them tells. */
const JOINED: ReadonlySet<string> = new Set(['lineage.projected', 'lineage.master', 'validation.changed']);
const ID_LISTS = ['objectIds', 'transactionIds', 'subjectIds'] as const;

type Named = Partial<Record<(typeof ID_LISTS)[number], readonly string[]>> & { isSilent?: boolean };

/**
 * Events that follow one another and say the same of different things as one, under the id of the first: what several of them name is
 * looked at once. The order of all others is kept.
 */
export function joinDeliveries(events: readonly OutboxEvent[]): OutboxEvent[] {
  const joined: OutboxEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    const payload = last === undefined ? null : joinPayloads(last, event);
    if (last === undefined || payload === null) joined.push(event);
    else joined[joined.length - 1] = { ...last, payload };
  }
  return joined;
}

function joinPayloads(one: OutboxEvent, other: OutboxEvent): Named | null {
  if (one.topic !== other.topic || !JOINED.has(one.topic)) return null;
  const [first, second] = [one.payload as Named, other.payload as Named];
  if ((first.isSilent ?? false) !== (second.isSilent ?? false)) return null;
  const lists = ID_LISTS.map(
    (list) => [list, [...new Set([...(first[list] ?? []), ...(second[list] ?? [])])]] as const,
  );
  if (lists.some(([, ids]) => ids.length > MOST_IDS)) return null;
  return { ...first, ...Object.fromEntries(lists) };
}
