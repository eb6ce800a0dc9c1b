import { count } from '../format/words.js';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Attributes as name and text; those of finance first, since they say what the step was about. */
export function spanFields(attributes: unknown): [string, string][] {
  if (!isRecord(attributes)) return [];
  const rank = (name: string) => (name.startsWith('finance.') ? 0 : name.startsWith('throughline.') ? 1 : 2);
  return Object.entries(attributes)
    .map(([name, value]): [string, string] => [name, written(value)])
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b));
}

/** Events of a span as one line each: an exception by its type and message, others by their attributes. */
export function spanEvents(events: unknown): { name: string; text: string }[] {
  if (!Array.isArray(events)) return [];
  return events.filter(isRecord).map((event) => {
    const attributes = isRecord(event['attributes']) ? event['attributes'] : {};
    const type = attributes['exception.type'];
    const message = attributes['exception.message'];
    const text =
      message === undefined
        ? Object.entries(attributes)
            .map(([name, value]) => `${name}=${written(value)}`)
            .join(' ')
        : [type, message]
            .filter((part) => part !== undefined)
            .map(written)
            .join(': ');
    return { name: written(event['name'] ?? 'event'), text };
  });
}

/** "12 attributes and 3 links"; undefined when nothing was left out. */
export function droppedWords(dropped: { attributes: number; events: number; links: number }): string | undefined {
  const parts = [
    ...(dropped.attributes > 0 ? [count(dropped.attributes, 'attribute')] : []),
    ...(dropped.events > 0 ? [count(dropped.events, 'event')] : []),
    ...(dropped.links > 0 ? [count(dropped.links, 'link')] : []),
  ];
  const last = parts.pop();
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
