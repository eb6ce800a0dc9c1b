import { describe, expect, it } from '@jest/globals';
import { pairsText, readPairs } from './attribute-pairs.js';
import { usageBars, usageSentence } from './prepare-usage.js';

const NOW = new Date('2026-11-20T09:30:00.000Z');
const hour = (at: string, items: number, more = {}) => ({
  hour: at,
  requests: 1,
  items,
  duplicates: 0,
  refused: 0,
  bytes: 1000,
  limited: 0,
  ...more,
});

describe('usage of a key', () => {
  it('gathers hours into bars that end with the running one', () => {
    const bars = usageBars(
      [
        hour('2026-11-20T09:00:00.000Z', 5),
        hour('2026-11-20T06:00:00.000Z', 7, { refused: 2 }),
        hour('2026-11-20T05:00:00.000Z', 11),
        hour('2026-10-01T00:00:00.000Z', 99),
      ],
      NOW,
    );
    expect(bars).toHaveLength(28);
    expect(bars.at(-1)).toEqual({
      start: '2026-11-20T06:00:00.000Z',
      items: 12,
      duplicates: 0,
      refused: 2,
      limited: 0,
    });
    expect(bars.at(-2)?.items).toBe(11);
    expect(bars.reduce((sum, bar) => sum + bar.items, 0)).toBe(23);
  });

  it('says the same in a sentence', () => {
    expect(usageSentence([])).toBe('Nothing was sent with it in the last 7 days.');
    expect(usageSentence([hour('2026-11-20T09:00:00.000Z', 1200, { duplicates: 3, refused: 2, limited: 1 })])).toBe(
      '1,200 items in 1 request in the last 7 days, 1.0 kB; 3 of them sent before, 2 refused, 1 request turned away by its limit.',
    );
  });
});

describe('attribute names', () => {
  it('are read as they are written, and the first wrong line is told', () => {
    const pairs = [{ attribute: 'order.no', financeAttribute: 'finance.object.key.value' }];
    expect(readPairs(`\n${pairsText(pairs)}\n`)).toEqual({ pairs });
    expect(readPairs('order.no')).toEqual({ error: 'Line 1 is not “attribute = finance attribute”' });
    expect(readPairs('a = b\na = c')).toEqual({ error: 'Line 2: a stands there twice' });
    expect(readPairs('')).toEqual({ pairs: [] });
  });
});
