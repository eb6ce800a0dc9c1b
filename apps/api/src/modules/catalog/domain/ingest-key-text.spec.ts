import { describe, expect, it } from '@jest/globals';
import { ingestKeyHash, newIngestKeyText } from './ingest-key-text.js';

describe('the text of an ingest key', () => {
  it('is tl_ and 40 letters and digits, another one each time', () => {
    const texts = Array.from({ length: 50 }, newIngestKeyText);
    expect(texts.every((text) => /^tl_[0-9A-Za-z]{40}$/.test(text))).toBe(true);
    expect(new Set(texts).size).toBe(50);
  });

  it('is looked up by its SHA-256', () => {
    expect(ingestKeyHash('tl_demo_ingest_key')).toEqual(ingestKeyHash('tl_demo_ingest_key'));
    expect(ingestKeyHash('tl_demo_ingest_key')).toHaveLength(32);
  });
});
