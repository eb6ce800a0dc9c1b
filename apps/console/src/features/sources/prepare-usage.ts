import { count, countNumber } from '../../shared/format/words.js';
import { byteWords } from '../../shared/signals/signal-words.js';
import type { IngestKey } from './sources-documents.js';

type Hour = IngestKey['usage'][number];

export type UsageBar = { start: string; items: number; duplicates: number; refused: number; limited: number };

const HOUR = 3_600_000;

/** The hours of the last days gathered into bars of equal length, oldest first; an hour without a row sent nothing. */
export function usageBars(usage: readonly Hour[], now: Date, days = 7, hoursPerBar = 6): UsageBar[] {
  const length = hoursPerBar * HOUR;
  const bars = (days * 24) / hoursPerBar;
  const end = Math.ceil(now.getTime() / length) * length;
  const start = end - bars * length;
  const made = Array.from({ length: bars }, (_, index): UsageBar => ({
    start: new Date(start + index * length).toISOString(),
    items: 0,
    duplicates: 0,
    refused: 0,
    limited: 0,
  }));
  for (const hour of usage) {
    const bar = made[Math.floor((Date.parse(hour.hour) - start) / length)];
    if (!bar) continue;
    bar.items += hour.items;
    bar.duplicates += hour.duplicates;
    bar.refused += hour.refused;
    bar.limited += hour.limited;
  }
  return made;
}

/** What the last days came to. */
export function usageTotals(usage: readonly Hour[]): Omit<Hour, 'hour'> {
  const sum = (name: Exclude<keyof Hour, 'hour'>) => usage.reduce((total, hour) => total + hour[name], 0);
  return {
    requests: sum('requests'),
    items: sum('items'),
    duplicates: sum('duplicates'),
    refused: sum('refused'),
    bytes: sum('bytes'),
    limited: sum('limited'),
  };
}

/** The same in one sentence, for those who cannot see the bars. */
export function usageSentence(usage: readonly Hour[]): string {
  const { requests, items, duplicates, refused, limited, bytes } = usageTotals(usage);
  if (requests === 0) return 'Nothing was sent with it in the last 7 days.';
  const extras = [
    duplicates > 0 ? `${countNumber(duplicates)} of them sent before` : '',
    refused > 0 ? `${countNumber(refused)} refused` : '',
    limited > 0 ? `${count(limited, 'request')} turned away by its limit` : '',
  ].filter(Boolean);
  return `${count(items, 'item')} in ${count(requests, 'request')} in the last 7 days, ${byteWords(bytes)}${extras.length > 0 ? `; ${extras.join(', ')}` : ''}.`;
}
